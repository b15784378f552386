//! Certificates made here are those that are asked for, and are accepted here and elsewhere.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use std::process::Command;
use x509::builder::{BuildError, CertificateBuilder};
use x509::certificate::extension::usage::{ExtendedKeyUsage, KeyUsage};
use x509::certificate::{Validity, Version};
use x509::pem::{self, Label};
use x509::{
    Certificate, KeyKind, PathErrorKind, PrivateKey, Purpose, ServerName, SignatureAlgorithm, Time,
    TrustAnchor, Verifier,
};

const NOW: Time = Time(1_795_000_000);
const YEAR: Validity = Validity { not_before: Time(NOW.0 - 1000), not_after: Time(NOW.0 + 31_536_000) };

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(5280)
}
fn key(kind: KeyKind, rng: &mut ChaCha20Rng) -> PrivateKey {
    match kind {
        // One that is there already, because making one takes a while.
        KeyKind::Rsa => PrivateKey::from_pem(test_vectors::text("made/keys/rsa2048.pkcs8.pem")).unwrap(),
        KeyKind::EcdsaP256 | KeyKind::EcdsaP384 | KeyKind::Ed25519 => {
            PrivateKey::generate(kind, rng).unwrap()
        }
    }
}

#[test]
fn an_authority_says_what_it_is() {
    let mut rng = rng();
    for (kind, algorithm) in [
        (KeyKind::Rsa, SignatureAlgorithm::RsaPkcs1Sha256),
        (KeyKind::EcdsaP256, SignatureAlgorithm::EcdsaSha256),
        (KeyKind::Ed25519, SignatureAlgorithm::Ed25519),
    ] {
        let key = key(kind, &mut rng);
        let builder = CertificateBuilder::authority("Root of tests", YEAR).path_length(2);
        let der = builder.self_signed(&key, &mut rng).unwrap();
        let ca = Certificate::from_der(&der).unwrap();
        assert_eq!(ca.version(), Version::V3);
        assert_eq!(ca.subject().to_string(), "CN=Root of tests");
        assert!(ca.is_self_issued() && ca.is_ca());
        assert_eq!(ca.path_length(), Some(2));
        assert_eq!(ca.validity(), YEAR);
        assert_eq!(*ca.public_key(), key.public_key());
        assert_eq!(ca.serial().as_bytes().len(), 16);
        assert_eq!(ca.signature_algorithm(), Some(algorithm));
        assert_eq!(key.public_key().verify(algorithm, ca.signed_bytes(), ca.signature()), Ok(()));

        let extensions = ca.extensions();
        let usage = extensions.key_usage.as_ref().unwrap();
        assert!(usage.critical && usage.value.allows(KeyUsage::KEY_CERT_SIGN));
        assert!(usage.value.allows(KeyUsage::CRL_SIGN) && !usage.value.allows(KeyUsage::DIGITAL_SIGNATURE));
        assert!(extensions.basic_constraints.as_ref().unwrap().critical);
        assert!(extensions.subject_alt_name.is_none() && extensions.extended_key_usage.is_none());
        let own = extensions.subject_key_identifier.as_ref().unwrap().value;
        let by = extensions.authority_key_identifier.as_ref().unwrap().value.clone();
        assert_eq!(own.as_bytes().len(), 20);
        assert_eq!(by.key_identifier.unwrap().0.as_bytes(), own.as_bytes());
    }
}

#[test]
fn an_end_entity_says_who_it_is_and_what_for() {
    let mut rng = rng();
    let ca_key = key(KeyKind::Ed25519, &mut rng);
    let ca = CertificateBuilder::authority("CA", YEAR).self_signed(&ca_key, &mut rng).unwrap();
    let ca = Certificate::from_der(&ca).unwrap();
    let key = key(KeyKind::EcdsaP256, &mut rng);
    let addresses = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
    let builder = CertificateBuilder::end_entity("", YEAR)
        .dns("a.example")
        .dns("*.b.example")
        .ip(addresses[0])
        .ip(addresses[1])
        .server()
        .client();
    let der = builder.signed_by(&key.public_key(), &ca, &ca_key, &mut rng).unwrap();
    let leaf = Certificate::from_der(&der).unwrap();
    assert!(leaf.subject().is_empty() && !leaf.is_ca());
    assert!(leaf.issuer().is_same_as(ca.subject()));
    let names = leaf.extensions().subject_alt_name.as_ref().unwrap();
    assert!(names.critical, "because the subject is empty");
    assert_eq!(names.value.dns.len(), 2);
    assert_eq!(names.value.addresses, addresses);
    let purposes = &leaf.extensions().extended_key_usage.as_ref().unwrap().value;
    assert_eq!(purposes.purposes(), [ExtendedKeyUsage::SERVER_AUTH, ExtendedKeyUsage::CLIENT_AUTH]);
    assert!(leaf.extensions().key_usage.as_ref().unwrap().value.allows(KeyUsage::DIGITAL_SIGNATURE));
    let by = leaf.extensions().authority_key_identifier.as_ref().unwrap().value.clone();
    let id = ca.extensions().subject_key_identifier.as_ref().unwrap().value;
    assert_eq!(by.key_identifier.unwrap().0, id);

    let again = builder.signed_by(&key.public_key(), &ca, &ca_key, &mut rng).unwrap();
    assert_ne!(Certificate::from_der(&again).unwrap().serial(), leaf.serial());
    let named = CertificateBuilder::end_entity("named", YEAR).dns("a.example");
    let named = named.signed_by(&key.public_key(), &ca, &ca_key, &mut rng).unwrap();
    let named = Certificate::from_der(&named).unwrap();
    assert!(!named.extensions().subject_alt_name.as_ref().unwrap().critical);
}

#[test]
fn a_path_of_three_is_valid_for_its_purpose_and_names_alone() {
    let mut rng = rng();
    let keys = [KeyKind::Rsa, KeyKind::EcdsaP256, KeyKind::Ed25519].map(|kind| key(kind, &mut rng));
    let root = CertificateBuilder::authority("Root", YEAR).path_length(1).self_signed(&keys[0], &mut rng);
    let root = root.unwrap();
    let root = Certificate::from_der(&root).unwrap();
    let middle = CertificateBuilder::authority("Middle", YEAR).path_length(0);
    let middle = middle.signed_by(&keys[1].public_key(), &root, &keys[0], &mut rng).unwrap();
    let middle = Certificate::from_der(&middle).unwrap();
    let leaf = CertificateBuilder::end_entity("leaf", YEAR).dns("a.example").ip(Ipv4Addr::LOCALHOST).server();
    let leaf = leaf.signed_by(&keys[2].public_key(), &middle, &keys[1], &mut rng).unwrap();
    let leaf = Certificate::from_der(&leaf).unwrap();

    let anchors = [TrustAnchor::from_certificate(root)];
    let verifier = Verifier::new(&anchors);
    let intermediates = [middle];
    let ask = |purpose: Purpose<'_>, now| {
        let path = verifier.verify(&leaf, &intermediates, purpose, now);
        path.map(drop).map_err(|error| error.kind())
    };
    let name = |text: &'static str| ServerName::try_from(text).unwrap();
    assert_eq!(ask(Purpose::Server(&name("a.example")), NOW), Ok(()));
    assert_eq!(ask(Purpose::Server(&name("127.0.0.1")), NOW), Ok(()));
    assert_eq!(ask(Purpose::Server(&name("b.example")), NOW), Err(PathErrorKind::NameMismatch));
    assert_eq!(ask(Purpose::Client, NOW), Err(PathErrorKind::WrongUsage));
    let late = Time(YEAR.not_after.0 + 1);
    assert_eq!(ask(Purpose::Server(&name("a.example")), late), Err(PathErrorKind::Expired));
}

#[test]
fn what_would_be_no_certificate_is_not_made() {
    let mut rng = rng();
    let (ca_key, other) = (key(KeyKind::Ed25519, &mut rng), key(KeyKind::Ed25519, &mut rng));
    let ca = CertificateBuilder::authority("CA", YEAR).self_signed(&ca_key, &mut rng).unwrap();
    let leaf = CertificateBuilder::end_entity("leaf", YEAR).self_signed(&other, &mut rng).unwrap();
    let (ca, leaf) = (Certificate::from_der(&ca).unwrap(), Certificate::from_der(&leaf).unwrap());
    let builder = CertificateBuilder::end_entity("x", YEAR);
    let signed = builder.signed_by(&other.public_key(), &leaf, &other, &mut rng);
    assert_eq!(signed, Err(BuildError::NotCa));
    let signed = builder.signed_by(&other.public_key(), &ca, &other, &mut rng);
    assert_eq!(signed, Err(BuildError::IssuerKey));

    let mut refused = |builder: CertificateBuilder| builder.self_signed(&ca_key, &mut rng).unwrap_err();
    let entity = |name: &str| CertificateBuilder::end_entity(name, YEAR);
    assert_eq!(refused(entity("")), BuildError::Name);
    assert_eq!(refused(CertificateBuilder::authority("", YEAR)), BuildError::Name);
    assert_eq!(refused(CertificateBuilder::authority("", YEAR).dns("a.example")), BuildError::Name);
    assert_eq!(refused(entity("").dns("a.example")), BuildError::Name, "an issuer has a name");
    assert_eq!(refused(entity("x").dns("a b")), BuildError::Name);
    assert_eq!(refused(entity("x").dns("a.*.example")), BuildError::Name);
    assert_eq!(refused(entity("x").dns("")), BuildError::Name);
    assert_eq!(refused(entity(&"x".repeat(65))), BuildError::Limit(asn1::ErrorKind::TooLong));
    assert_eq!(refused(entity("x").path_length(0)), BuildError::NotCa);
    let validity = |from, to| Validity { not_before: Time(from), not_after: Time(to) };
    for never in [validity(1, 0), validity(i64::MIN, 0), validity(0, i64::MAX)] {
        assert_eq!(refused(CertificateBuilder::end_entity("x", never)), BuildError::Validity);
    }
}

#[test]
fn years_from_2050_on_are_written_with_four_digits() {
    let mut rng = rng();
    let key = key(KeyKind::Ed25519, &mut rng);
    let long = Validity { not_before: Time(0), not_after: Time(253_402_300_799) };
    let der = CertificateBuilder::authority("CA", long).self_signed(&key, &mut rng).unwrap();
    assert_eq!(Certificate::from_der(&der).unwrap().validity(), long);
    let contains = |text: &[u8]| der.windows(text.len()).any(|window| window == text);
    assert!(contains(b"\x17\x0d700101000000Z\x18\x0f99991231235959Z"));
}

/// The command line of OpenSSL, if there is one, thinks so too.
#[test]
fn openssl_accepts_a_path_made_here() {
    let mut rng = rng();
    if Command::new("openssl").arg("version").output().is_err() {
        println!("passed over: there is no openssl");
        return;
    }
    let folder = std::env::temp_dir().join(format!("nqsb-x509-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for kind in [KeyKind::Rsa, KeyKind::EcdsaP256, KeyKind::Ed25519] {
        let (ca_key, leaf_key) = (key(kind, &mut rng), key(kind, &mut rng));
        let ca =
            CertificateBuilder::authority("CA", YEAR).path_length(0).self_signed(&ca_key, &mut rng).unwrap();
        let builder =
            CertificateBuilder::end_entity("leaf", YEAR).dns("*.a.example").ip(Ipv6Addr::LOCALHOST).server();
        let issuer = Certificate::from_der(&ca).unwrap();
        let leaf = builder.signed_by(&leaf_key.public_key(), &issuer, &ca_key, &mut rng).unwrap();
        for (name, der) in [("ca.pem", &ca), ("leaf.pem", &leaf)] {
            std::fs::write(folder.join(name), pem::encode(Label::Certificate, der)).unwrap();
        }
        let at = NOW.0.to_string();
        let verified = Command::new("openssl")
            .current_dir(&folder)
            .args([
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-attime",
                &at,
                "-verify_hostname",
                "www.a.example",
            ])
            .args(["-CAfile", "ca.pem", "leaf.pem"])
            .output()
            .unwrap();
        assert!(verified.status.success(), "{kind:?}: {}", String::from_utf8_lossy(&verified.stderr));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
