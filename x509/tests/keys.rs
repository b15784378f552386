//! Keys in their files: what OpenSSL wrote is read and written back, what is wrong is refused for the right reason.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
use asn1::{Any, Decode as _, Encode as _, Oid, oid};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use x509::key::{AlgorithmIdentifier, KeyError, SignError, SignatureError};
use x509::pem::{self, Label};
use x509::{KeyKind, PrivateKey, PublicKey, SignatureAlgorithm};

const ALGORITHMS: [SignatureAlgorithm; 10] = [
    SignatureAlgorithm::RsaPkcs1Sha256,
    SignatureAlgorithm::RsaPkcs1Sha384,
    SignatureAlgorithm::RsaPkcs1Sha512,
    SignatureAlgorithm::RsaPssSha256,
    SignatureAlgorithm::RsaPssSha384,
    SignatureAlgorithm::RsaPssSha512,
    SignatureAlgorithm::EcdsaSha256,
    SignatureAlgorithm::EcdsaSha384,
    SignatureAlgorithm::EcdsaSha512,
    SignatureAlgorithm::Ed25519,
];
const RSA: Oid<'_> = oid!(1.2.840.113549.1.1.1);
const EC: Oid<'_> = oid!(1.2.840.10045.2.1);
const P256: Any<'_> = Any::constant(b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07");
const P384: Any<'_> = Any::constant(b"\x06\x05\x2b\x81\x04\x00\x22");

fn file(name: &str) -> String {
    test_vectors::text(&format!("made/keys/{name}.pem"))
}
/// The DER in a file of one block.
fn der(name: &str) -> Vec<u8> {
    let block = pem::Blocks::new(file(name).as_bytes()).next().unwrap().unwrap();
    block.der.to_vec()
}
fn public(name: &str) -> Result<PublicKey, KeyError> {
    PublicKey::from_spki_der(&der(&format!("{name}.spki")))
}
fn private(name: &str) -> Result<PrivateKey, KeyError> {
    PrivateKey::from_pem(file(name))
}
fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(20)
}

#[test]
fn openssls_keys_are_read_and_written_back_byte_for_byte() {
    let kinds = [
        ("rsa2048", KeyKind::Rsa),
        ("rsa3072", KeyKind::Rsa),
        ("rsa4096", KeyKind::Rsa),
        ("p256", KeyKind::EcdsaP256),
        ("ed25519", KeyKind::Ed25519),
    ];
    for (name, kind) in kinds {
        let key = private(&format!("{name}.pkcs8")).unwrap();
        assert_eq!(*key.to_pkcs8_pem(), file(&format!("{name}.pkcs8")), "{name}");
        assert_eq!(key.kind(), kind);
        assert_eq!(key.public_key().kind(), kind);
        assert_eq!(key.public_key(), public(name).unwrap());
        assert_eq!(key.public_key().to_spki_der(), der(&format!("{name}.spki")));
    }
    assert_eq!(public("p384").unwrap().kind(), KeyKind::EcdsaP384);
    assert_eq!(public("p384").unwrap().to_spki_der(), der("p384.spki"));
}

#[test]
fn the_older_forms_hold_the_same_keys() {
    assert_eq!(private("rsa2048.pkcs1").unwrap().public_key(), public("rsa2048").unwrap());
    assert_eq!(private("p256.sec1").unwrap().public_key(), public("p256").unwrap());
    assert_eq!(private("p256-after-parameters.sec1").unwrap().kind(), KeyKind::EcdsaP256);
    assert_eq!(public("p256-compressed").unwrap(), public("p256").unwrap());
    // Each reader reads its own form.
    assert!(PrivateKey::from_pkcs8_der(&der("rsa2048.pkcs1")).is_err());
    assert!(PrivateKey::from_pkcs1_der(&der("rsa2048.pkcs8")).is_err());
    assert!(PrivateKey::from_sec1_der(&der("rsa2048.pkcs1")).is_err());
    assert!(PrivateKey::from_pkcs8_der(&der("p256.sec1")).is_err());
}

/// RFC 8410 §10.3: one key in both versions; the second has an attribute and the public key.
#[test]
fn the_keys_of_rfc_8410_are_read() {
    let (one, two, spki) = (
        "302e020100300506032b657004220420d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842",
        "3072020101300506032b657004220420d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842\
         a01f301d060a2a864886f70d01090914310f0c0d437572646c6520436861697273\
         81210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1",
        "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1",
    );
    let [one, two, spki] = [one, two, spki].map(|hex| hex::decode(hex).unwrap());
    let key = PrivateKey::from_pkcs8_der(&two).unwrap();
    assert_eq!(key.public_key(), PublicKey::from_spki_der(&spki).unwrap());
    assert_eq!(*key.to_pkcs8_der(), one);

    let with = |at: usize, byte: u8| {
        let mut spoilt = two.clone();
        spoilt[at] = byte;
        PrivateKey::from_pkcs8_der(&spoilt).unwrap_err()
    };
    assert_eq!(with(4, 0), KeyError::Version, "version 1 has no public key");
    assert_eq!(with(4, 2), KeyError::Version);
    assert_eq!(with(two.len() - 1, 0), KeyError::Mismatch);
    assert_eq!(with(20, 0), KeyError::Mismatch);
    assert!(matches!(with(4, 0x80), KeyError::Der(_)));
    let mut alone = one;
    alone[4] = 1;
    assert_eq!(PrivateKey::from_pkcs8_der(&alone).unwrap_err(), KeyError::Version, "version 2 has one");
}

#[test]
fn keys_that_are_not_supported_are_refused_by_their_reason() {
    for (name, reason) in [
        ("p521", KeyError::UnsupportedCurve),
        ("secp256k1", KeyError::UnsupportedCurve),
        ("p256-explicit", KeyError::UnsupportedCurve),
        ("rsa1024", KeyError::Invalid),
        ("rsa-pss", KeyError::UnsupportedAlgorithm),
        ("x25519", KeyError::UnsupportedAlgorithm),
    ] {
        assert_eq!(public(name), Err(reason), "{name}");
        assert_eq!(private(&format!("{name}.pkcs8")).unwrap_err(), reason, "{name}");
    }
    assert_eq!(private("p384.pkcs8").unwrap_err(), KeyError::UnsupportedAlgorithm);
    assert_eq!(private("encrypted.pkcs8").unwrap_err(), KeyError::Encrypted);
    let headers = pem::PemError { line: 2, kind: pem::PemErrorKind::Headers };
    assert_eq!(private("encrypted.pkcs1").unwrap_err(), KeyError::Pem(headers));
    assert!(matches!(private("rsa2048-three-primes.pkcs8"), Err(KeyError::Der(_))));
    let generated = PrivateKey::generate(KeyKind::EcdsaP384, &mut rng());
    assert_eq!(generated.unwrap_err(), KeyError::UnsupportedAlgorithm);
}

/// The element `tag` with these contents.
fn element(tag: u8, contents: &[&[u8]]) -> Vec<u8> {
    asn1::generate::element(asn1::Tag::from_octet(tag).unwrap(), &contents.concat())
}
fn spki(algorithm: Oid<'_>, parameters: Option<Any<'_>>, key: &[u8]) -> Result<KeyKind, KeyError> {
    let algorithm = AlgorithmIdentifier { algorithm, parameters }.to_der();
    let spki = element(0x30, &[&algorithm, &element(0x03, &[&[0], key])]);
    PublicKey::from_spki_der(&spki).map(|key| key.kind())
}
/// The contents of the subjectPublicKey of a file.
fn bits(name: &str) -> Vec<u8> {
    let der = der(&format!("{name}.spki"));
    let mut reader = Any::from_der(&der).unwrap().contents();
    Any::decode(&mut reader).unwrap();
    reader.rest()[if reader.rest()[1] < 0x80 { 3 } else { 5 }..].to_vec()
}

#[test]
fn public_keys_have_exactly_their_parameters() {
    let (rsa, p256, p384, ed25519) = (bits("rsa2048"), bits("p256"), bits("p384"), bits("ed25519"));
    let ed = oid!(1.3.101.112);
    assert_eq!(spki(RSA, Some(Any::NULL), &rsa), Ok(KeyKind::Rsa));
    assert_eq!(spki(EC, Some(P256), &p256), Ok(KeyKind::EcdsaP256));
    assert_eq!(spki(EC, Some(P384), &p384), Ok(KeyKind::EcdsaP384));
    assert_eq!(spki(ed, None, &ed25519), Ok(KeyKind::Ed25519));

    assert_eq!(spki(RSA, None, &rsa), Err(KeyError::Parameters));
    assert_eq!(spki(RSA, Some(P256), &rsa), Err(KeyError::Parameters));
    assert_eq!(spki(EC, None, &p256), Err(KeyError::Parameters));
    assert_eq!(spki(EC, Some(Any::NULL), &p256), Err(KeyError::UnsupportedCurve), "implicitCurve");
    assert_eq!(spki(ed, Some(Any::NULL), &ed25519), Err(KeyError::Parameters));
    assert_eq!(spki(oid!(1.3.132.1.12), Some(P256), &p256), Err(KeyError::UnsupportedAlgorithm), "id-ecDH");

    assert_eq!(spki(EC, Some(P384), &p256), Err(KeyError::Invalid));
    assert_eq!(spki(EC, Some(P256), &p384), Err(KeyError::Invalid));
    assert_eq!(spki(EC, Some(P256), &[0]), Err(KeyError::Invalid), "the point at infinity");
    assert_eq!(spki(EC, Some(P256), &[]), Err(KeyError::Invalid));
    assert_eq!(spki(EC, Some(P256), &[&[6], &p256[1..]].concat()), Err(KeyError::Invalid), "hybrid");
    assert_eq!(spki(ed, None, &ed25519[1..]), Err(KeyError::Invalid));
    assert_eq!(spki(ed, None, &[&*ed25519, &[0]].concat()), Err(KeyError::Invalid));
    assert!(matches!(spki(RSA, Some(Any::NULL), &[&*rsa, &[0]].concat()), Err(KeyError::Der(_))));

    // A bit that does not count, though it is zero as it must be.
    let (mut rng, mut even) = (rng(), ed25519);
    while even[31] % 2 != 0 {
        let key = PrivateKey::generate(KeyKind::Ed25519, &mut rng).unwrap();
        even = key.public_key().to_spki_der()[12..].to_vec();
    }
    let algorithm = AlgorithmIdentifier { algorithm: ed, parameters: None }.to_der();
    let info = |unused: u8| element(0x30, &[&algorithm, &element(0x03, &[&[unused], &even])]);
    assert!(PublicKey::from_spki_der(&info(0)).is_ok());
    assert_eq!(PublicKey::from_spki_der(&info(1)), Err(KeyError::Invalid));
}

#[test]
fn rsa_keys_have_positive_numbers_of_sane_size() {
    let key = |n: &[u8], e: &[u8]| {
        let numbers = [element(0x02, &[n]), element(0x02, &[e])];
        spki(RSA, Some(Any::NULL), &element(0x30, &[&numbers[0], &numbers[1]]))
    };
    let modulus = |bytes: usize| [&[0, 0x80][..], &vec![0; bytes - 2], &[1]].concat();
    let e = [1, 0, 1];
    assert_eq!(key(&modulus(256), &e), Ok(KeyKind::Rsa));
    assert_eq!(key(&modulus(512), &e), Ok(KeyKind::Rsa));
    assert_eq!(key(&modulus(255), &e), Err(KeyError::Invalid));
    assert_eq!(key(&modulus(513), &e), Err(KeyError::Invalid));
    assert_eq!(key(&modulus(256), &[1]), Err(KeyError::Invalid));
    assert_eq!(key(&modulus(256), &[4]), Err(KeyError::Invalid));
    assert_eq!(key(&modulus(256), &[2, 0, 0, 0, 1]), Err(KeyError::Invalid), "2^33 + 1");
    assert!(matches!(key(&modulus(2100), &e), Err(KeyError::Der(_))));
    assert!(matches!(key(&modulus(256)[1..], &e), Err(KeyError::Der(_))), "a negative modulus");
    assert!(matches!(key(&modulus(256), &[0, 1, 0, 1]), Err(KeyError::Der(_))), "not minimal");
}

fn sec1(version: u8, scalar: &[u8], curve: Option<Any<'_>>, public: Option<&[u8]>) -> Vec<u8> {
    let curve = curve.map(|curve| element(0xa0, &[curve.der()])).unwrap_or_default();
    let public = public.map(|bits| element(0xa1, &[&element(0x03, &[bits])])).unwrap_or_default();
    element(0x30, &[&element(0x02, &[&[version]]), &element(0x04, &[scalar]), &curve, &public])
}
fn pkcs8(algorithm: Oid<'_>, parameters: Option<Any<'_>>, key: &[u8]) -> Vec<u8> {
    let algorithm = AlgorithmIdentifier { algorithm, parameters }.to_der();
    element(0x30, &[&element(0x02, &[&[0]]), &algorithm, &element(0x04, &[key])])
}

#[test]
fn ecdsa_keys_agree_with_what_is_said_around_them() {
    let (file, point) = (der("p256.sec1"), bits("p256"));
    let scalar = &file[7..39];
    let right = [&[0], &*point].concat();
    let refused = |der: Vec<u8>| PrivateKey::from_sec1_der(&der).unwrap_err();

    assert_eq!(sec1(1, scalar, Some(P256), Some(&right)), file);
    assert!(PrivateKey::from_sec1_der(&sec1(1, scalar, Some(P256), None)).is_ok());
    assert_eq!(refused(sec1(1, scalar, None, Some(&right))), KeyError::Parameters);
    assert_eq!(refused(sec1(1, scalar, Some(P384), None)), KeyError::UnsupportedCurve);
    assert_eq!(refused(sec1(0, scalar, Some(P256), None)), KeyError::Version);
    assert_eq!(refused(sec1(2, scalar, Some(P256), None)), KeyError::Version);
    assert_eq!(refused(sec1(1, &scalar[1..], Some(P256), None)), KeyError::Invalid, "RFC 5915 §3: 32 bytes");
    assert_eq!(refused(sec1(1, &[&[0], scalar].concat(), Some(P256), None)), KeyError::Invalid);
    assert_eq!(refused(sec1(1, &[0; 32], Some(P256), None)), KeyError::Invalid);
    assert_eq!(refused(sec1(1, &[0xff; 32], Some(P256), None)), KeyError::Invalid);
    let other = PrivateKey::generate(KeyKind::EcdsaP256, &mut rng()).unwrap().public_key().to_spki_der();
    let wrong = [&[0], &other[26..]].concat();
    assert_eq!(refused(sec1(1, scalar, Some(P256), Some(&wrong))), KeyError::Mismatch);
    assert_eq!(refused(sec1(1, scalar, Some(P256), Some(&[0]))), KeyError::Invalid);
    assert_eq!(refused(sec1(1, scalar, Some(P256), Some(&right[..1]))), KeyError::Invalid);

    let within = |parameters, key: &[u8]| PrivateKey::from_pkcs8_der(&pkcs8(EC, parameters, key)).map(drop);
    assert_eq!(within(Some(P256), &sec1(1, scalar, None, None)), Ok(()));
    assert_eq!(within(Some(P256), &sec1(1, scalar, Some(P256), Some(&right))), Ok(()));
    assert_eq!(within(Some(P256), &sec1(1, scalar, Some(P384), None)), Err(KeyError::UnsupportedCurve));
    assert_eq!(within(Some(P384), &sec1(1, scalar, Some(P256), None)), Err(KeyError::UnsupportedAlgorithm));
    assert_eq!(within(None, &sec1(1, scalar, Some(P256), None)), Err(KeyError::Parameters));
    assert!(matches!(within(Some(P256), scalar), Err(KeyError::Der(_))));
}

#[test]
fn rsa_keys_whose_numbers_do_not_belong_together_are_refused() {
    let der = der("rsa2048.pkcs1");
    // The last byte of each number, counted by the reader itself.
    let mut reader = Any::from_der(&der).unwrap().contents();
    let mut ends = Vec::new();
    while !reader.is_empty() {
        Any::decode(&mut reader).unwrap();
        ends.push(reader.position() - 1);
    }
    assert_eq!(ends.len(), 9);
    for (number, end) in ends.into_iter().enumerate() {
        let mut spoilt = der.clone();
        spoilt[end] ^= 2;
        let reason = if number == 0 { KeyError::Version } else { KeyError::Invalid };
        assert_eq!(PrivateKey::from_pkcs1_der(&spoilt).unwrap_err(), reason, "number {number}");
    }
    let with_parameters = |p| PrivateKey::from_pkcs8_der(&pkcs8(RSA, p, &der)).map(drop);
    assert_eq!(with_parameters(Some(Any::NULL)), Ok(()));
    assert_eq!(with_parameters(None), Err(KeyError::Parameters));
}

/// A spoilt byte makes no key, or a key that is written with the spoilt byte.
#[test]
fn spoilt_keys_are_refused_or_other_keys() {
    let mut accepted = 0;
    let mut spoil = |name: &str, stride: usize, again: &dyn Fn(&[u8]) -> Option<Vec<u8>>| {
        let mut der = der(name);
        assert_eq!(again(&der).as_ref(), Some(&der));
        let all = (0..der.len()).flat_map(|at| (1..=0xff_u8).map(move |flip| (at, flip)));
        for (at, flip) in all.step_by(stride) {
            der[at] ^= flip;
            if let Some(encoded) = again(&der) {
                assert_eq!(encoded, der, "{name}, byte {at}");
                accepted += 1;
            }
            der[at] ^= flip;
        }
    };
    let private = |der: &[u8]| PrivateKey::from_pkcs8_der(der).ok().map(|key| key.to_pkcs8_der().to_vec());
    let public = |der: &[u8]| PublicKey::from_spki_der(der).ok().map(|key| key.to_spki_der());
    spoil("p256.pkcs8", 7, &private);
    spoil("ed25519.pkcs8", 7, &private);
    spoil("rsa2048.pkcs8", 997, &private);
    spoil("p256.spki", 1, &public);
    spoil("p384.spki", 3, &public);
    spoil("ed25519.spki", 1, &public);
    spoil("rsa2048.spki", 23, &public);
    assert!(accepted > 1000, "other points and moduli are keys too: {accepted}");
}

#[test]
fn openssls_signatures_hold_for_their_message_key_and_algorithm_alone() {
    let message = b"a message that is signed";
    let records = test_vectors::records(&test_vectors::text("made/keys/signatures.txt"));
    assert_eq!(records.len(), 13);
    for record in &records {
        let named = |algorithm: &&SignatureAlgorithm| format!("{algorithm:?}") == record.text("algorithm");
        let algorithm = *ALGORITHMS.iter().find(named).unwrap();
        let key = public(record.text("key")).unwrap();
        let signature = record.bytes("signature");
        assert_eq!(key.verify(algorithm, message, &signature), Ok(()), "{algorithm:?}");
        for other in ALGORITHMS.into_iter().filter(|other| *other != algorithm) {
            assert!(key.verify(other, message, &signature).is_err(), "{algorithm:?} as {other:?}");
        }
        let bad = Err(SignatureError::BadSignature);
        assert_eq!(key.verify(algorithm, b"another message", &signature), bad);
        assert_eq!(key.verify(algorithm, message, &signature[1..]), bad);
        assert_eq!(key.verify(algorithm, message, &[&*signature, &[0]].concat()), bad);
        assert_eq!(key.verify(algorithm, message, &[]), bad);
    }
}

#[test]
fn a_key_signs_with_its_own_algorithms_alone() {
    let mut rng = rng();
    for (name, own) in [
        ("rsa2048.pkcs8", &ALGORITHMS[..6]),
        ("p256.pkcs8", &ALGORITHMS[6..9]),
        ("ed25519.pkcs8", &ALGORITHMS[9..]),
    ] {
        let key = private(name).unwrap();
        for algorithm in ALGORITHMS {
            let signature = key.sign(algorithm, b"message", &mut rng);
            if own.contains(&algorithm) {
                let signature = signature.unwrap();
                assert_eq!(key.public_key().verify(algorithm, b"message", &signature), Ok(()));
                assert!(key.public_key().verify(algorithm, b"massage", &signature).is_err());
            } else {
                assert_eq!(signature, Err(SignError::WrongKey), "{name} {algorithm:?}");
                let refused = key.public_key().verify(algorithm, b"message", &[0; 64]);
                assert_eq!(refused, Err(SignatureError::WrongKey));
            }
        }
    }
}

#[test]
fn fresh_keys_survive_a_file() {
    let mut rng = rng();
    for kind in [KeyKind::Rsa, KeyKind::EcdsaP256, KeyKind::Ed25519] {
        let key = PrivateKey::generate(kind, &mut rng).unwrap();
        let again = PrivateKey::from_pem(&*key.to_pkcs8_pem()).unwrap();
        assert_eq!(again.public_key(), key.public_key());
        assert_eq!(again.to_pkcs8_der(), key.to_pkcs8_der());
        assert_eq!(again.kind(), kind);
    }
}

#[test]
fn a_file_has_one_private_key() {
    let certificate = pem::encode(Label::Certificate, &[0x30, 0]);
    let combined = format!("{certificate}{}{certificate}", file("p256.pkcs8"));
    assert!(PrivateKey::from_pem(&combined).is_ok());
    let twice = format!("{combined}{}", file("ed25519.pkcs8"));
    assert_eq!(PrivateKey::from_pem(&twice).unwrap_err(), KeyError::SeveralKeys);
    let missing = pem::PemErrorKind::Missing { wanted: Label::PrivateKey, found: Some(Label::Certificate) };
    assert!(matches!(PrivateKey::from_pem(&certificate), Err(KeyError::Pem(error)) if error.kind == missing));
}

#[test]
fn a_private_key_is_not_printed() {
    for name in ["rsa2048.pkcs8", "p256.pkcs8", "ed25519.pkcs8"] {
        let key = private(name).unwrap();
        let printed = format!("{key:?}");
        let secret = key.to_pkcs8_der();
        let secret = &secret[secret.len() - 32..];
        let decimal = secret.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        assert!(!printed.contains(&decimal) && !printed.contains(&hex::encode(secret)), "{printed}");
    }
}

#[test]
fn the_identifiers_of_signature_algorithms_come_back() {
    for algorithm in ALGORITHMS {
        let der = algorithm.to_identifier_der();
        let identifier = AlgorithmIdentifier::from_der(&der).unwrap();
        assert_eq!(SignatureAlgorithm::from_identifier(&identifier), Some(algorithm));
        // The other choice of parameters: nothing for NULL, NULL for nothing.
        let changed = match identifier.parameters {
            None => Some(Any::NULL),
            Some(_) => None,
        };
        let identifier = AlgorithmIdentifier { parameters: changed, ..identifier };
        let pkcs1 = ALGORITHMS[..3].contains(&algorithm);
        let expected = pkcs1.then_some(algorithm);
        assert_eq!(SignatureAlgorithm::from_identifier(&identifier), expected, "{algorithm:?}");
        let identifier = AlgorithmIdentifier { parameters: Some(P256), ..identifier };
        assert_eq!(SignatureAlgorithm::from_identifier(&identifier), None, "{algorithm:?}");
    }
}

#[test]
fn other_signature_algorithms_are_not_supported() {
    for algorithm in [
        oid!(1.2.840.113549.1.1.5),
        oid!(1.2.840.113549.1.1.4),
        RSA,
        oid!(1.2.840.10045.4.1),
        oid!(1.3.101.113),
    ] {
        for parameters in [None, Some(Any::NULL)] {
            let identifier = AlgorithmIdentifier { algorithm, parameters };
            assert_eq!(SignatureAlgorithm::from_identifier(&identifier), None, "{algorithm}");
        }
    }
}

#[test]
fn pss_has_one_hash_and_a_salt_of_its_length() {
    let (sha1, sha256, sha384) =
        (oid!(1.3.14.3.2.26), oid!(2.16.840.1.101.3.4.2.1), oid!(2.16.840.1.101.3.4.2.2));
    let (mgf1, other_mgf) = (oid!(1.2.840.113549.1.1.8), oid!(1.2.840.113549.1.1.9));
    let hash = |algorithm, null: bool| {
        AlgorithmIdentifier { algorithm, parameters: null.then_some(Any::NULL) }.to_der()
    };
    let judged = |parameters: &[&[u8]]| {
        let parameters = element(0x30, parameters);
        let algorithm = oid!(1.2.840.113549.1.1.10);
        let parameters = Some(Any::from_der(&parameters).unwrap());
        SignatureAlgorithm::from_identifier(&AlgorithmIdentifier { algorithm, parameters })
    };
    let first = |algorithm, null| element(0xa0, &[&hash(algorithm, null)]);
    let mask = |function: Oid<'_>, algorithm, null| {
        element(0xa1, &[&element(0x30, &[&function.to_der(), &hash(algorithm, null)])])
    };
    let salt = |length: u8| element(0xa2, &[&element(0x02, &[&[length]])]);
    let trailer = |field: u8| element(0xa3, &[&element(0x02, &[&[field]])]);

    let right = Some(SignatureAlgorithm::RsaPssSha256);
    let odd = AlgorithmIdentifier { algorithm: sha256, parameters: Some(P256) };
    let odd = element(0xa0, &[&odd.to_der()]);
    for (null, other) in [(true, true), (true, false), (false, true), (false, false)] {
        assert_eq!(judged(&[&first(sha256, null), &mask(mgf1, sha256, other), &salt(32)]), right);
    }
    for wrong in [
        &[&*first(sha256, true), &mask(mgf1, sha256, true)][..],
        &[&first(sha256, true), &mask(mgf1, sha256, true), &salt(20)],
        &[&first(sha256, true), &mask(mgf1, sha256, true), &salt(33)],
        &[&first(sha256, true), &mask(mgf1, sha384, true), &salt(32)],
        &[&first(sha384, true), &mask(mgf1, sha384, true), &salt(32)],
        &[&first(sha1, true), &mask(mgf1, sha1, true), &salt(20)],
        &[&first(sha256, true), &mask(other_mgf, sha256, true), &salt(32)],
        &[&first(sha256, true), &mask(mgf1, sha256, true), &salt(32), &trailer(1)],
        &[&first(sha256, true), &mask(mgf1, sha256, true), &salt(32), &trailer(2)],
        &[&odd, &mask(mgf1, sha256, true), &salt(32)],
        &[&mask(mgf1, sha256, true), &salt(32)],
        &[&first(sha256, true), &salt(32)],
        &[],
    ] {
        assert_eq!(judged(wrong), None);
    }
}
