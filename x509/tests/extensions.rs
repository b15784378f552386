//! Each extension of RFC 5280 §4.2: read, and its rules broken.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod recipe;

use asn1::{Encode as _, ErrorKind, Oid, oid};
use core::slice::from_ref;
use recipe::*;
use x509::certificate::error::ExtensionId;
use x509::certificate::extension::distribution::DistributionPointName;
use x509::certificate::extension::policy::{DisplayText, Qualifier};
use x509::certificate::extension::usage::{ExtendedKeyUsage, KeyUsage};
use x509::name::general::{GeneralName, NameForm};
use x509::{Certificate, Error};

fn ca() -> Recipe {
    Recipe::ca("ca", &Key::new(2), "root", &Key::new(1))
}
fn with(extension: &[u8]) -> Vec<u8> {
    ca().with(extension.to_vec()).unsigned()
}
fn refusal(extension: &[u8]) -> Error {
    Certificate::from_der(&with(extension)).unwrap_err()
}
fn refusal_of(id: Oid<'_>, critical: bool, value: &[u8]) -> Error {
    refusal(&extension(id, critical, value))
}
fn is_der(error: Error, id: ExtensionId, kind: ErrorKind) -> bool {
    matches!(error, Error::Extension(found, error) if found == id && error.kind == kind)
}

#[test]
fn every_list_must_have_something_in_it() {
    let empty = sequence(&[]);
    for (id, critical, name) in [
        (CERTIFICATE_POLICIES, false, ExtensionId::CertificatePolicies),
        (POLICY_MAPPINGS, true, ExtensionId::PolicyMappings),
        (SUBJECT_ALT_NAME, false, ExtensionId::SubjectAltName),
        (ISSUER_ALT_NAME, false, ExtensionId::IssuerAltName),
        (SUBJECT_DIRECTORY_ATTRIBUTES, false, ExtensionId::SubjectDirectoryAttributes),
        (EXTENDED_KEY_USAGE, false, ExtensionId::ExtendedKeyUsage),
        (CRL_DISTRIBUTION_POINTS, false, ExtensionId::CrlDistributionPoints),
        (FRESHEST_CRL, false, ExtensionId::FreshestCrl),
        (AUTHORITY_INFO_ACCESS, false, ExtensionId::AuthorityInfoAccess),
        (SUBJECT_INFO_ACCESS, false, ExtensionId::SubjectInfoAccess),
    ] {
        assert!(is_der(refusal_of(id, critical, &empty), name, ErrorKind::TooFew), "{name:?}");
    }
    for (id, name) in [
        (NAME_CONSTRAINTS, ExtensionId::NameConstraints),
        (POLICY_CONSTRAINTS, ExtensionId::PolicyConstraints),
    ] {
        assert_eq!(refusal_of(id, true, &empty), Error::ExtensionValue(name));
    }
    let permitted_nothing = sequence(&[tlv(0xa0, &[])]);
    let error = refusal_of(NAME_CONSTRAINTS, true, &permitted_nothing);
    assert!(is_der(error, ExtensionId::NameConstraints, ErrorKind::TooFew));
    let none = Recipe { extensions: Vec::new(), ..ca() };
    // `extensions [3]` with an empty list: put by hand, because the recipe leaves it out.
    let none = Recipe { unique_ids: explicit(3, &sequence(&[])), ..none };
    assert!(
        matches!(Certificate::from_der(&none.unsigned()), Err(Error::Der(e)) if e.kind == ErrorKind::TooFew)
    );
}

#[test]
fn criticality_is_as_the_rules_have_it() {
    let access = sequence(&[sequence(&[oid!(1.3.6.1.5.5.7.48.1).to_der(), uri("http://ocsp.example/")])]);
    let points = sequence(&[sequence(&[explicit(0, &tlv(0xa0, &uri("http://crl.example/")))])]);
    let attributes = sequence(&[sequence(&[oid!(1.3.6.1.5.5.7.9.4).to_der(), tlv(0x31, &tlv(0x13, b"DE"))])]);
    let never: [(Oid<'_>, ExtensionId, Vec<u8>); 6] = [
        (AKI, ExtensionId::AuthorityKeyIdentifier, sequence(&[tlv(0x80, &[1])])),
        (SKI, ExtensionId::SubjectKeyIdentifier, tlv(0x04, &[1])),
        (SUBJECT_DIRECTORY_ATTRIBUTES, ExtensionId::SubjectDirectoryAttributes, attributes),
        (FRESHEST_CRL, ExtensionId::FreshestCrl, points),
        (AUTHORITY_INFO_ACCESS, ExtensionId::AuthorityInfoAccess, access.clone()),
        (SUBJECT_INFO_ACCESS, ExtensionId::SubjectInfoAccess, access),
    ];
    for (id, name, value) in never {
        assert!(Certificate::from_der(&with(&extension(id, false, &value))).is_ok(), "{name:?}");
        assert_eq!(refusal_of(id, true, &value), Error::Criticality(name));
    }
    let always: [(Oid<'_>, ExtensionId, Vec<u8>); 2] = [
        (POLICY_CONSTRAINTS, ExtensionId::PolicyConstraints, sequence(&[tlv(0x80, &[0])])),
        (INHIBIT_ANY_POLICY, ExtensionId::InhibitAnyPolicy, 0u8.to_der()),
    ];
    for (id, name, value) in always {
        assert!(Certificate::from_der(&with(&extension(id, true, &value))).is_ok(), "{name:?}");
        assert_eq!(refusal_of(id, false, &value), Error::Criticality(name));
    }
}

#[test]
fn no_extension_is_there_twice() {
    let mut known = ca();
    known.extensions.push(known.extensions[0].clone());
    assert_eq!(Certificate::from_der(&known.unsigned()).unwrap_err(), Error::DuplicateExtension);
    let mut unknown = ca();
    unknown.extensions.extend([extension(oid!(1.2.3), false, &[]), extension(oid!(1.2.3), true, &[1])]);
    assert_eq!(Certificate::from_der(&unknown.unsigned()).unwrap_err(), Error::DuplicateExtension);
}

#[test]
fn an_unknown_extension_is_kept_as_it_came() {
    let der = with(&extension(oid!(1.2.3), true, b"anything"));
    let certificate = Certificate::from_der(&der).unwrap();
    let unknown = &certificate.extensions().unknown;
    assert_eq!((unknown[0].id, unknown[0].critical), (oid!(1.2.3), true));
    assert_eq!(unknown[0].value.as_bytes(), b"anything");
    assert!(certificate.extensions().has_unknown_critical());
    let der = with(&extension(oid!(1.2.3), false, b"anything"));
    assert!(!Certificate::from_der(&der).unwrap().extensions().has_unknown_critical());
}

#[test]
fn a_false_critical_is_not_written() {
    let value = tlv(0x04, &tlv(0x04, &[1]));
    let extension = sequence(&[SKI.to_der(), false.to_der(), value]);
    let error = refusal(&extension);
    assert!(matches!(error, Error::Der(error) if error.kind == ErrorKind::DefaultEncoded));
}

#[test]
fn the_issuers_certificate_is_named_by_issuer_and_serial_number_together() {
    let issuer = tlv(0xa1, &directory(&name("up")));
    let serial = tlv(0x82, &[7]);
    let both = with(&extension(AKI, false, &sequence(&[issuer.clone(), serial.clone()])));
    let certificate = Certificate::from_der(&both).unwrap();
    let authority = &certificate.extensions().authority_key_identifier.as_ref().unwrap().value;
    assert!(matches!(authority.issuer.as_ref().unwrap().0[0], GeneralName::Directory(_)));
    assert_eq!(authority.serial.unwrap().0.as_bytes(), [7]);
    for half in [issuer, serial] {
        let error = refusal_of(AKI, false, &sequence(&[half]));
        assert_eq!(error, Error::ExtensionValue(ExtensionId::AuthorityKeyIdentifier));
    }
    let error = refusal_of(SKI, false, &tlv(0x04, &[]));
    assert_eq!(error, Error::ExtensionValue(ExtensionId::SubjectKeyIdentifier));
}

#[test]
fn key_usage_is_named_bits_at_least_one() {
    let der = with(&key_usage(&[5, 6]));
    let certificate = Certificate::from_der(&der).unwrap();
    let usage = certificate.extensions().key_usage.as_ref().unwrap().value;
    assert!(usage.allows(KeyUsage::KEY_CERT_SIGN) && usage.allows(KeyUsage::CRL_SIGN));
    assert!(!usage.allows(KeyUsage::DIGITAL_SIGNATURE) && !usage.allows(KeyUsage::DECIPHER_ONLY));
    let usage_of_a_ca = usage;
    let decipher_only = extension(KEY_USAGE, true, &tlv(0x03, &[7, 0x04, 0x80]));
    let der = with(&decipher_only);
    let usage = Certificate::from_der(&der).unwrap().extensions().key_usage.clone().unwrap().value;
    assert!(usage.allows(KeyUsage::DECIPHER_ONLY));
    let zeros_at_the_end = extension(KEY_USAGE, true, &tlv(0x03, &[7, 0x06, 0x00]));
    let der = with(&zeros_at_the_end);
    assert_eq!(
        Certificate::from_der(&der).unwrap().extensions().key_usage.as_ref().unwrap().value,
        usage_of_a_ca
    );
    for none in [[0].as_slice(), &[7, 0]] {
        let error = refusal_of(KEY_USAGE, true, &tlv(0x03, none));
        assert_eq!(error, Error::ExtensionValue(ExtensionId::KeyUsage));
    }
    let padded = refusal_of(KEY_USAGE, true, &tlv(0x03, &[1, 0x07]));
    assert!(is_der(padded, ExtensionId::KeyUsage, ErrorKind::BitPadding));
    let longer = refusal_of(KEY_USAGE, true, &tlv(0x03, &[0, 1, 1, 1]));
    assert!(is_der(longer, ExtensionId::KeyUsage, ErrorKind::TooLong));
}

#[test]
fn purposes_are_listed() {
    let der = with(&purposes(&[SERVER_AUTH, oid!(1.2.3)]));
    let certificate = Certificate::from_der(&der).unwrap();
    let usage = &certificate.extensions().extended_key_usage.as_ref().unwrap().value;
    assert_eq!(usage.purposes(), [SERVER_AUTH, oid!(1.2.3)]);
    assert!(usage.lists(ExtendedKeyUsage::SERVER_AUTH) && !usage.lists(ExtendedKeyUsage::CLIENT_AUTH));
}

#[test]
fn basic_constraints_have_a_path_length_only_of_a_ca() {
    let der = with(&basic_constraints(true, Some(3)));
    assert_eq!(Certificate::from_der(&der).unwrap().path_length(), Some(3));
    assert_eq!(
        refusal(&basic_constraints(false, Some(3))),
        Error::ExtensionValue(ExtensionId::BasicConstraints)
    );
    let negative = sequence(&[true.to_der(), vec![2, 1, 0xff]]);
    let error = refusal_of(BASIC_CONSTRAINTS, true, &negative);
    assert!(is_der(error, ExtensionId::BasicConstraints, ErrorKind::NegativeInteger));
    let said_false = sequence(&[false.to_der()]);
    let error = refusal_of(BASIC_CONSTRAINTS, true, &said_false);
    assert!(is_der(error, ExtensionId::BasicConstraints, ErrorKind::DefaultEncoded));
}

#[test]
fn names_are_sorted_by_form_and_each_is_what_its_form_says() {
    let names = [
        dns("*.a.example"),
        ip(&[192, 0, 2, 1]),
        mail("me@a.example"),
        uri("https://a.example/"),
        directory(&name("me")),
        other("me"),
        tlv(0x88, oid!(1.2.3).to_der().get(2..).unwrap()),
        dns("b.example"),
    ];
    for id in [SUBJECT_ALT_NAME, ISSUER_ALT_NAME] {
        let der = with(&extension(id, false, &sequence(&names)));
        let certificate = Certificate::from_der(&der).unwrap();
        let extensions = certificate.extensions();
        let names = extensions.subject_alt_name.as_ref().or(extensions.issuer_alt_name.as_ref());
        let names = &names.unwrap().value;
        assert_eq!(
            names.dns.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["*.a.example", "b.example"]
        );
        assert_eq!(names.addresses[0].to_string(), "192.0.2.1");
        assert_eq!(names.mailboxes[0].to_string(), "me@a.example");
        assert_eq!(names.uris[0].as_str(), "https://a.example/");
        assert_eq!(names.directories[0].to_string(), "CN=me");
        assert_eq!(names.others.len(), 2);
    }
    for (malformed, form) in [
        (dns(""), NameForm::Dns),
        (dns(" "), NameForm::Dns),
        (dns("a.example\0.b.example"), NameForm::Dns),
        (dns("foo_bar.example"), NameForm::Dns),
        (ip(&[192, 0, 2]), NameForm::Ip),
        (ip(&[192, 0, 2, 0, 255, 255, 255, 0]), NameForm::Ip),
        (mail("a@b@c"), NameForm::Rfc822),
        (uri("/relative"), NameForm::Uri),
        (
            directory(&sequence(&[tlv(0x31, &sequence(&[oid!(2.5.4.3).to_der(), tlv(0x13, b"*")]))])),
            NameForm::Directory,
        ),
    ] {
        let error = refusal(&alt_names(&[dns("good.example"), malformed]));
        assert_eq!(error, Error::MalformedName(ExtensionId::SubjectAltName, form));
    }
    let error = refusal(&alt_names(&[tlv(0x82, b"\xff.example")]));
    assert!(is_der(error, ExtensionId::SubjectAltName, ErrorKind::Character));
    let error = refusal(&alt_names(&[tlv(0x89, b"")]));
    assert!(is_der(error, ExtensionId::SubjectAltName, ErrorKind::UnexpectedTag));
}

#[test]
fn bases_of_constraints_are_what_their_forms_say() {
    let good = [
        dns("example.com"),
        dns(""),
        mail("root@example.com"),
        mail("example.com"),
        mail(".example.com"),
        uri("example.com"),
        uri(".example.com"),
        ip(&[10, 0, 0, 0, 255, 0, 0, 0]),
        ip(&[0; 8]),
        ip(&[[0x20; 16], [0xff; 16]].concat()),
        directory(&name("up")),
        other("x"),
    ];
    let der = with(&name_constraints(&good, &good));
    let certificate = Certificate::from_der(&der).unwrap();
    let constraints = certificate.name_constraints().unwrap();
    for subtrees in [&constraints.permitted, &constraints.excluded] {
        assert_eq!((subtrees.dns.len(), subtrees.mailboxes.len(), subtrees.uris.len()), (2, 3, 2));
        assert_eq!((subtrees.addresses.len(), subtrees.directories.len()), (3, 1));
        assert_eq!(subtrees.others, [NameForm::Other]);
    }
    for (malformed, form) in [
        (dns("*.example.com"), NameForm::Dns),
        (dns(".example.com"), NameForm::Dns),
        (dns("example.com."), NameForm::Dns),
        (mail(""), NameForm::Rfc822),
        (mail("@example.com"), NameForm::Rfc822),
        (uri("http://example.com"), NameForm::Uri),
        (ip(&[10, 0, 0, 0]), NameForm::Ip),
        (ip(&[10, 0, 0, 0, 255, 0, 255, 0]), NameForm::Ip),
        (ip(&[0; 32][..31]), NameForm::Ip),
        (ip(&[0; 16]), NameForm::Ip),
        ([dns("example.com"), tlv(0x80, &[1])].concat(), NameForm::Dns),
        ([dns("example.com"), tlv(0x81, &[1])].concat(), NameForm::Dns),
    ] {
        for constraints in
            [name_constraints(from_ref(&malformed), &[]), name_constraints(&[], from_ref(&malformed))]
        {
            assert_eq!(refusal(&constraints), Error::MalformedName(ExtensionId::NameConstraints, form));
        }
    }
    let zero_said = [dns("example.com"), tlv(0x80, &[0])].concat();
    let error = refusal(&name_constraints(&[zero_said], &[]));
    assert!(is_der(error, ExtensionId::NameConstraints, ErrorKind::DefaultEncoded));
}

#[test]
fn policies_and_their_qualifiers_are_read() {
    let cps = sequence(&[oid!(1.3.6.1.5.5.7.2.1).to_der(), tlv(0x16, b"http://cps.example/")]);
    let reference = sequence(&[tlv(0x0c, b"we"), sequence(&[7u8.to_der()])]);
    let notice = sequence(&[oid!(1.3.6.1.5.5.7.2.2).to_der(), sequence(&[reference, tlv(0x0c, b"beware")])]);
    let unknown = sequence(&[oid!(1.2.3).to_der(), vec![5, 0]]);
    let policy = sequence(&[oid!(1.2.4).to_der(), sequence(&[cps, notice, unknown])]);
    let der = with(&extension(CERTIFICATE_POLICIES, false, &sequence(from_ref(&policy))));
    let certificate = Certificate::from_der(&der).unwrap();
    let policies = &certificate.extensions().certificate_policies.as_ref().unwrap().value;
    assert_eq!(policies[0].policy, oid!(1.2.4));
    let qualifiers: Vec<_> =
        policies[0].qualifiers.as_ref().unwrap().iter().map(|q| q.qualifier().unwrap()).collect();
    assert!(
        matches!(&qualifiers[0], Some(Qualifier::CpsPointer(uri)) if uri.as_str() == "http://cps.example/")
    );
    let Some(Qualifier::UserNotice(notice)) = &qualifiers[1] else { panic!("{:?}", qualifiers[1]) };
    assert_eq!(notice.reference.as_ref().unwrap().numbers[..], [7]);
    assert!(matches!(notice.text, Some(DisplayText::Utf8(text)) if text.as_str() == "beware"));
    assert_eq!(qualifiers[2], None);

    let twice = extension(CERTIFICATE_POLICIES, false, &sequence(&[policy.clone(), policy]));
    assert_eq!(refusal(&twice), Error::ExtensionValue(ExtensionId::CertificatePolicies));
    let wrong = sequence(&[oid!(1.3.6.1.5.5.7.2.1).to_der(), vec![5, 0]]);
    let wrong = sequence(&[sequence(&[oid!(1.2.4).to_der(), sequence(&[wrong])])]);
    let error = refusal_of(CERTIFICATE_POLICIES, false, &wrong);
    assert!(is_der(error, ExtensionId::CertificatePolicies, ErrorKind::UnexpectedTag));
}

#[test]
fn policies_are_mapped_constrained_and_inhibited() {
    let mapping = |one: Oid<'_>, another: Oid<'_>| {
        extension(POLICY_MAPPINGS, true, &sequence(&[sequence(&[one.to_der(), another.to_der()])]))
    };
    let any = oid!(2.5.29.32.0);
    let der = with(&mapping(oid!(1.2.3), oid!(1.2.4)));
    let certificate = Certificate::from_der(&der).unwrap();
    let mappings = &certificate.extensions().policy_mappings.as_ref().unwrap().value;
    assert_eq!((mappings[0].issuer_domain, mappings[0].subject_domain), (oid!(1.2.3), oid!(1.2.4)));
    for wrong in [mapping(any, oid!(1.2.4)), mapping(oid!(1.2.3), any)] {
        assert_eq!(refusal(&wrong), Error::ExtensionValue(ExtensionId::PolicyMappings));
    }
    let constraints = sequence(&[tlv(0x80, &[1]), tlv(0x81, &[2])]);
    let der = ca()
        .with(extension(POLICY_CONSTRAINTS, true, &constraints))
        .with(extension(INHIBIT_ANY_POLICY, true, &3u8.to_der()))
        .unsigned();
    let certificate = Certificate::from_der(&der).unwrap();
    let constraints = &certificate.extensions().policy_constraints.as_ref().unwrap().value;
    assert_eq!(constraints.require_explicit_policy.unwrap().0, 1);
    assert_eq!(constraints.inhibit_policy_mapping.unwrap().0, 2);
    assert_eq!(certificate.extensions().inhibit_any_policy.as_ref().unwrap().value, 3);
}

#[test]
fn distribution_points_lead_somewhere() {
    let full = explicit(0, &tlv(0xa0, &uri("http://crl.example/")));
    let attribute = sequence(&[oid!(2.5.4.3).to_der(), tlv(0x0c, b"crl 1")]);
    let relative = explicit(0, &tlv(0xa1, &attribute));
    let reasons = tlv(0x81, &[1, 0x40 | 0x02]);
    let crl_issuer = tlv(0xa2, &directory(&name("crls")));
    let points = sequence(&[
        sequence(&[full, reasons.clone()]),
        sequence(&[relative, crl_issuer.clone()]),
        sequence(&[crl_issuer]),
    ]);
    for id in [CRL_DISTRIBUTION_POINTS, FRESHEST_CRL] {
        let der = with(&extension(id, false, &points));
        let certificate = Certificate::from_der(&der).unwrap();
        let extensions = certificate.extensions();
        let points = extensions.crl_distribution_points.as_ref().or(extensions.freshest_crl.as_ref());
        let points = &points.unwrap().value;
        assert!(matches!(points[0].name.as_ref().unwrap().0, DistributionPointName::Full(_)));
        assert!(points[0].reasons.unwrap().0.contains(1));
        assert!(matches!(points[1].name.as_ref().unwrap().0, DistributionPointName::Relative(_)));
        assert!(points[2].name.is_none() && points[2].crl_issuer.is_some());
    }
    let nowhere = sequence(&[sequence(&[reasons])]);
    for (id, name) in [
        (CRL_DISTRIBUTION_POINTS, ExtensionId::CrlDistributionPoints),
        (FRESHEST_CRL, ExtensionId::FreshestCrl),
    ] {
        assert_eq!(refusal_of(id, false, &nowhere), Error::ExtensionValue(name));
    }
}

#[test]
fn access_and_directory_attributes_are_read() {
    let ocsp = oid!(1.3.6.1.5.5.7.48.1);
    let access = sequence(&[sequence(&[ocsp.to_der(), uri("http://ocsp.example/")])]);
    let country = oid!(1.3.6.1.5.5.7.9.4);
    let attributes = sequence(&[sequence(&[country.to_der(), tlv(0x31, &tlv(0x13, b"DE"))])]);
    let der = ca()
        .with(extension(AUTHORITY_INFO_ACCESS, false, &access))
        .with(extension(SUBJECT_INFO_ACCESS, false, &access))
        .with(extension(SUBJECT_DIRECTORY_ATTRIBUTES, false, &attributes))
        .unsigned();
    let certificate = Certificate::from_der(&der).unwrap();
    let extensions = certificate.extensions();
    for access in [&extensions.authority_info_access, &extensions.subject_info_access] {
        let access = &access.as_ref().unwrap().value[0];
        assert_eq!(access.method, ocsp);
        assert!(
            matches!(&access.location, GeneralName::Uri(uri) if uri.0.as_str() == "http://ocsp.example/")
        );
    }
    let attribute = &extensions.subject_directory_attributes.as_ref().unwrap().value[0];
    assert_eq!((attribute.kind, attribute.values[0].der()), (country, [0x13, 2, b'D', b'E'].as_slice()));
    let no_value = sequence(&[sequence(&[country.to_der(), tlv(0x31, &[])])]);
    let error = refusal_of(SUBJECT_DIRECTORY_ATTRIBUTES, false, &no_value);
    assert!(is_der(error, ExtensionId::SubjectDirectoryAttributes, ErrorKind::TooFew));
}

#[test]
fn nothing_may_follow_inside_an_extension() {
    let longer = [tlv(0x04, &[1]), vec![5, 0]].concat();
    assert!(is_der(
        refusal_of(SKI, false, &longer),
        ExtensionId::SubjectKeyIdentifier,
        ErrorKind::TrailingData
    ));
}
