//! What a certificate may be (RFC 5280 §4.1): each rule broken once.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod recipe;

use asn1::{Encode as _, ErrorKind, oid};
use recipe::*;
use x509::certificate::Version;
use x509::certificate::error::ExtensionId;
use x509::{Certificate, Error, Time};

fn good() -> Recipe {
    Recipe::server("a.example", &Key::new(2), "root", &Key::new(1))
}
fn refusal(recipe: &Recipe) -> Error {
    Certificate::from_der(&recipe.unsigned()).unwrap_err()
}

#[test]
fn everything_in_a_certificate_can_be_read() {
    let (root, key) = (Key::new(1), Key::new(2));
    let der = good().sign(&root);
    let certificate = Certificate::from_der(&der).unwrap();
    assert_eq!(certificate.der(), der);
    assert_eq!(certificate.version(), Version::V3);
    assert_eq!(certificate.serial().to_string(), "2a");
    assert_eq!(certificate.issuer().to_string(), "CN=root");
    assert_eq!(certificate.subject().to_string(), "CN=server");
    assert_eq!(certificate.validity().not_before, Time(NOW.0 - 86_400));
    assert_eq!(certificate.validity().not_after, Time(NOW.0 + 86_400));
    assert_eq!(certificate.public_key().to_spki_der(), key.spki());
    let extensions = certificate.extensions();
    assert_eq!(extensions.subject_key_identifier.as_ref().unwrap().value.as_bytes(), key.id());
    let authority = &extensions.authority_key_identifier.as_ref().unwrap().value;
    assert_eq!(authority.key_identifier.as_ref().unwrap().0.as_bytes(), root.id());
    assert_eq!(extensions.subject_alt_name.as_ref().unwrap().value.dns[0].to_string(), "a.example");
    assert!(!certificate.is_ca() && !certificate.is_self_issued() && certificate.path_length().is_none());
    // The outer header and the length of the signed part are four octets each.
    assert_eq!(certificate.signed_bytes(), &der[4..][..certificate.signed_bytes().len()]);
    let by = Recipe::root("root", &root).sign(&root);
    let by = Certificate::from_der(&by).unwrap();
    assert!(by.is_ca() && by.is_self_issued());
    let algorithm = certificate.signature_algorithm().unwrap();
    let verified = by.public_key().verify(algorithm, certificate.signed_bytes(), certificate.signature());
    assert_eq!(verified, Ok(()));
}

#[test]
fn version_decides_what_may_be_there() {
    let (v1, v2, v3, v4) =
        (Vec::new(), explicit(0, &1u8.to_der()), explicit(0, &2u8.to_der()), explicit(0, &3u8.to_der()));
    let v1_said = explicit(0, &0u8.to_der());
    let ids = tlv(0x81, &[0, 1]);
    let der = |kind: ErrorKind| move |error: Error| matches!(error, Error::Der(error) if error.kind == kind);
    let recipe = |version: &Vec<u8>, unique_ids: &[u8], extensions: bool| {
        let mut recipe = Recipe { version: version.clone(), unique_ids: unique_ids.to_vec(), ..good() };
        if !extensions {
            recipe.extensions.clear();
        }
        recipe
    };
    for (version, ids, extensions) in [
        (&v1, [].as_slice(), false),
        (&v2, &[], false),
        (&v2, &ids, false),
        (&v3, &ids, true),
        (&v3, &[], false),
    ] {
        let der = recipe(version, ids, extensions).unsigned();
        assert!(Certificate::from_der(&der).is_ok(), "{version:?} {ids:?} {extensions}");
    }
    assert_eq!(refusal(&recipe(&v1, &[], true)), Error::ExtensionsBeforeVersion3);
    assert_eq!(refusal(&recipe(&v2, &[], true)), Error::ExtensionsBeforeVersion3);
    assert_eq!(refusal(&recipe(&v1, &ids, false)), Error::UniqueIdInVersion1);
    assert_eq!(refusal(&recipe(&v4, &[], true)), Error::Version);
    assert!(der(ErrorKind::DefaultEncoded)(refusal(&recipe(&v1_said, &[], false))));
}

#[test]
fn a_serial_number_is_not_negative_and_has_twenty_octets_at_most() {
    let serial = |contents: &[u8]| Recipe { serial: tlv(0x02, contents), ..good() };
    let longest = [&[0], [0xff; 20].as_slice()].concat();
    for contents in [[0].as_slice(), &[1], &[0x7f; 20], &longest] {
        let der = serial(contents).unsigned();
        let certificate = Certificate::from_der(&der).unwrap();
        assert_eq!(certificate.serial().is_zero(), contents == [0]);
    }
    assert_eq!(refusal(&serial(&[0xff])), Error::Serial);
    assert_eq!(refusal(&serial(&[0x80; 20])), Error::Serial);
    assert_eq!(refusal(&serial(&[0x7f; 21])), Error::Serial);
    assert!(matches!(refusal(&serial(&[0x7f; 22])), Error::Der(error) if error.kind == ErrorKind::TooLong));
    assert!(matches!(refusal(&serial(&[])), Error::Der(error) if error.kind == ErrorKind::EmptyInteger));
    assert!(matches!(refusal(&serial(&[0, 1])), Error::Der(e) if e.kind == ErrorKind::NonMinimalInteger));
}

#[test]
fn the_algorithm_that_is_signed_is_the_algorithm_of_the_signature() {
    let null = sequence(&[ECDSA_WITH_SHA256.to_der(), vec![5, 0]]);
    let sha384 = sequence(&[oid!(1.2.840.10045.4.3.3).to_der()]);
    for other in [null, sha384] {
        assert_eq!(refusal(&Recipe { signature_algorithm: other, ..good() }), Error::AlgorithmMismatch);
    }
}

#[test]
fn issuer_and_subject_have_names() {
    assert_eq!(refusal(&Recipe { issuer: name(""), ..good() }), Error::EmptyIssuer);
    let nameless = Recipe { subject: name(""), ..good() };
    assert_eq!(refusal(&nameless), Error::EmptySubject);
    let names = extension(SUBJECT_ALT_NAME, true, &sequence(&[dns("a.example")]));
    let elsewhere = nameless.with(names);
    assert!(Certificate::from_der(&elsewhere.unsigned()).is_ok());
    assert_eq!(refusal(&elsewhere.with(basic_constraints(true, None))), Error::EmptySubject);
}

#[test]
fn only_a_ca_signs_and_only_who_signs_limits() {
    const CERT_SIGN: u8 = 5;
    let signs = key_usage(&[CERT_SIGN]);
    let limits = name_constraints(&[dns("example")], &[]);
    assert_eq!(refusal(&good().with(signs.clone())), Error::CertSignMismatch);
    assert_eq!(
        refusal(&good().with(signs.clone()).with(basic_constraints(false, None))),
        Error::CertSignMismatch
    );
    assert_eq!(refusal(&good().with(limits.clone())), Error::ExtensionValue(ExtensionId::NameConstraints));
    let ca = good().with(basic_constraints(true, Some(0)));
    assert!(Certificate::from_der(&ca.unsigned()).is_ok());
    assert!(Certificate::from_der(&ca.clone().with(signs).with(limits).unsigned()).is_ok());
    assert_eq!(refusal(&ca.with(key_usage(&[0]))), Error::CertSignMismatch);
}

#[test]
fn a_key_that_is_none_is_refused() {
    let algorithm = sequence(&[oid!(1.2.840.10045.2.1).to_der(), oid!(1.2.840.10045.3.1.7).to_der()]);
    let off_curve = sequence(&[algorithm, bits(&[&[4], [1; 64].as_slice()].concat())]);
    assert!(matches!(refusal(&Recipe { public_key: off_curve, ..good() }), Error::PublicKey(_)));
    let unknown = sequence(&[sequence(&[oid!(1.2.3).to_der()]), bits(&[0])]);
    assert!(matches!(refusal(&Recipe { public_key: unknown, ..good() }), Error::PublicKey(_)));
}

#[test]
fn a_signature_is_whole_octets() {
    let mut der = good().unsigned();
    let unused = der.len() - 9;
    assert_eq!(der[unused], 0);
    der[unused] = 1;
    assert_eq!(Certificate::from_der(&der).unwrap_err(), Error::SignatureBits);
}

#[test]
fn times_are_to_the_second_and_in_utc() {
    let time = |tag, text: &str| tlv(tag, text.as_bytes());
    let valid =
        |from: &[u8], until: &[u8]| Recipe { validity: sequence(&[from.to_vec(), until.to_vec()]), ..good() };
    let until = time(0x18, "20500101000000Z");
    for (from, seconds) in [("500101000000Z", -631_152_000), ("491231235959Z", 2_524_607_999)] {
        let der = valid(&time(0x17, from), &until).unsigned();
        assert_eq!(Certificate::from_der(&der).unwrap().validity().not_before, Time(seconds));
    }
    for (tag, text) in [
        (0x17, "2601010000Z"),
        (0x17, "260101000000"),
        (0x17, "260101000000+0000"),
        (0x17, "260230000000Z"),
        (0x17, "261301000000Z"),
        (0x17, "260101240000Z"),
        (0x17, "260101000060Z"),
        (0x18, "20260101000000.5Z"),
        (0x18, "20260101000000"),
        (0x18, "20250229000000Z"),
    ] {
        assert!(matches!(refusal(&valid(&time(tag, text), &until)), Error::Der(_)), "{text}");
    }
}

#[test]
fn nothing_may_follow_and_nothing_may_be_missing() {
    let der = good().unsigned();
    for length in 0..der.len() {
        assert!(matches!(Certificate::from_der(&der[..length]), Err(Error::Der(_))), "{length}");
    }
    let longer = [der.as_slice(), &[0]].concat();
    let error = Certificate::from_der(&longer).unwrap_err();
    assert!(
        matches!(error, Error::Der(error) if error.kind == ErrorKind::TrailingData && error.at == der.len())
    );
}

#[test]
fn no_octet_changed_makes_it_panic() {
    let root = Key::new(1);
    let der = good()
        .with(name_constraints(&[dns("example"), ip(&[10, 0, 0, 0, 255, 0, 0, 0])], &[mail("a.example")]));
    let der = der.with(basic_constraints(true, Some(3))).sign(&root);
    let mut changed = der.clone();
    let mut refused = 0;
    for at in 0..der.len() {
        for value in [0x00, 0x01, 0x7f, 0x80, 0xff, der[at] ^ 0x01, der[at] ^ 0x20, der[at].wrapping_add(1)] {
            changed[at] = value;
            refused += usize::from(Certificate::from_der(&changed).is_err());
        }
        changed[at] = der[at];
    }
    assert!(refused > der.len(), "{refused}");
}

#[test]
fn every_error_says_what_is_wrong() {
    for (recipe, text) in [
        (Recipe { issuer: name(""), ..good() }, "the issuer has no name"),
        (
            good().with(alt_names(&[dns("a_b.example")])),
            "SubjectAltName has a malformed name of the form Dns",
        ),
    ] {
        assert_eq!(refusal(&recipe).to_string(), text);
    }
}
