//! Chains that OpenSSL made: of each signature algorithm, and with most of the extensions.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
use asn1::oid;
use x509::path::error::Reason;
use x509::pem::certificates;
use x509::{
    Certificate, KeyKind, PathError, PathErrorKind, Purpose, ServerName, SignatureAlgorithm, Time,
    TrustAnchor, Verifier,
};

/// In 2033, when all of them are valid.
const NOW: Time = Time(2_000_000_000);

/// The end entity, its CA and its root.
fn chain(name: &str) -> Vec<Vec<u8>> {
    let ders = certificates(test_vectors::text(&format!("made/chains/{name}.pem")).as_bytes()).unwrap();
    assert_eq!(ders.len(), 3);
    ders
}
/// How many certificates the path has.
fn verify(chain: &[Vec<u8>], purpose: Purpose<'_>) -> Result<usize, PathError> {
    let [leaf, ca, root] = [0, 1, 2].map(|index: usize| Certificate::from_der(&chain[index]).unwrap());
    let (anchors, intermediates) = ([TrustAnchor::from_certificate(root)], [ca]);
    let verifier = Verifier::new(&anchors);
    verifier.verify(&leaf, &intermediates, purpose, NOW).map(|path| path.certificates().count())
}
fn server(chain: &[Vec<u8>], name: &str) -> Result<usize, PathErrorKind> {
    let name = ServerName::try_from(name).unwrap();
    verify(chain, Purpose::Server(&name)).map_err(|error| error.kind())
}

#[test]
fn every_algorithm_verifies() {
    use SignatureAlgorithm as A;
    for (name, algorithm, kind) in [
        ("rsa-sha256", A::RsaPkcs1Sha256, KeyKind::Rsa),
        ("rsa-sha384", A::RsaPkcs1Sha384, KeyKind::Rsa),
        ("rsa-sha512", A::RsaPkcs1Sha512, KeyKind::Rsa),
        ("pss-sha256", A::RsaPssSha256, KeyKind::Rsa),
        ("pss-sha384", A::RsaPssSha384, KeyKind::Rsa),
        ("pss-sha512", A::RsaPssSha512, KeyKind::Rsa),
        ("p256-sha256", A::EcdsaSha256, KeyKind::EcdsaP256),
        ("p256-sha512", A::EcdsaSha512, KeyKind::EcdsaP256),
        ("p384-sha384", A::EcdsaSha384, KeyKind::EcdsaP384),
        ("p384-sha256", A::EcdsaSha256, KeyKind::EcdsaP384),
        ("ed25519", A::Ed25519, KeyKind::Ed25519),
    ] {
        let mut chain = chain(name);
        let leaf = Certificate::from_der(&chain[0]).unwrap();
        assert_eq!((leaf.signature_algorithm(), leaf.public_key().kind()), (Some(algorithm), kind), "{name}");
        assert_eq!(server(&chain, "a.example"), Ok(2), "{name}");
        let digits = leaf.serial().as_bytes();
        let serial = digits.len() - 1 + leaf.der().windows(digits.len()).position(|at| at == digits).unwrap();
        // The last octet of a signature, and one of what is signed: each spoils it.
        let last = chain[0].len() - 1;
        chain[0][last] ^= 1;
        assert_eq!(server(&chain, "a.example"), Err(PathErrorKind::BadSignature), "{name}");
        chain[0][last] ^= 1;
        chain[0][serial] ^= 1;
        let spoilt = server(&chain, "a.example");
        assert_eq!(spoilt, Err(PathErrorKind::BadSignature), "{name}");
    }
}

#[test]
fn weak_algorithms_are_refused_though_their_certificates_can_be_read() {
    for name in ["weak-rsa-sha1", "weak-rsa-md5", "weak-p256-sha1", "weak-pss-salt", "weak-pss-sha1"] {
        let chain = chain(name);
        assert_eq!(Certificate::from_der(&chain[0]).unwrap().signature_algorithm(), None, "{name}");
        assert_eq!(server(&chain, "a.example"), Err(PathErrorKind::UnsupportedAlgorithm), "{name}");
    }
}

#[test]
fn the_names_of_the_end_entity_are_found_and_others_not() {
    let chain = chain("p256-sha256");
    for name in ["a.example", "A.Example.", "x.b.example", "192.0.2.1"] {
        assert_eq!(server(&chain, name), Ok(2), "{name}");
    }
    for name in ["b.example", "x.y.b.example", "192.0.2.2", "mail.example", "example", "leaf"] {
        assert_eq!(server(&chain, name), Err(PathErrorKind::NameMismatch), "{name}");
    }
    let error = verify(&chain, Purpose::Client).unwrap_err();
    assert_eq!(error.reason(), Reason::WrongPurpose);
}

#[test]
fn extensions_say_what_openssl_was_told() {
    let chain = chain("rsa-sha256");
    let [leaf, ca, root] = [0, 1, 2].map(|index: usize| Certificate::from_der(&chain[index]).unwrap());
    let names = &leaf.extensions().subject_alt_name.as_ref().unwrap().value;
    assert_eq!(names.directories[0].to_string(), "CN=me,O=we");
    assert_eq!(names.mailboxes[0].to_string(), "me@mail.example");
    assert_eq!(names.uris[0].host().unwrap().as_str(), "a.example");
    assert_eq!((names.dns.len(), names.addresses.len(), names.others.len()), (2, 1, 2));
    let policies = &leaf.extensions().certificate_policies.as_ref().unwrap().value;
    assert_eq!([policies[0].policy, policies[1].policy], [oid!(1.2.3.4), oid!(1.2.3.5)]);
    assert_eq!(policies[1].qualifiers.as_ref().unwrap().len(), 2);
    assert!(leaf.extensions().freshest_crl.is_some() && leaf.extensions().subject_info_access.is_some());
    let authority = &leaf.extensions().authority_key_identifier.as_ref().unwrap().value;
    assert_eq!(authority.serial.unwrap().0.as_bytes(), ca.serial().as_bytes());
    assert_eq!((ca.path_length(), root.path_length(), leaf.path_length()), (Some(0), None, None));
    let constraints = ca.name_constraints().unwrap();
    assert_eq!((constraints.permitted.dns.len(), constraints.excluded.dns.len()), (1, 1));
    assert_eq!((constraints.permitted.addresses.len(), constraints.excluded.addresses.len()), (1, 1));
    assert!(ca.extensions().authority_info_access.is_some());
    assert!(ca.extensions().crl_distribution_points.is_some());
    assert_eq!(leaf.issuer().to_string(), "CN=ca rsa-sha256,O=nqsb");
    assert!(root.is_self_issued() && !ca.is_self_issued());
    assert!([leaf, ca, root].iter().all(|certificate| certificate.extensions().unknown.is_empty()));
}
