//! Paths (RFC 5280 §6): each rule kept and broken, each kind of error shown.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod recipe;

use asn1::{Encode as _, Oid, oid};
use core::slice::from_ref;
use recipe::line::Line;
use recipe::verify::Question;
use recipe::*;
use std::collections::BTreeSet;
use x509::path::error::{Candidate, Reason};
use x509::path::profile::Breach;
use x509::{Certificate, PathErrorKind as Kind, Time, TrustAnchor};

#[test]
fn a_line_from_a_root_to_a_server_is_a_path() {
    assert_eq!(Line::new().question().ask(), Ok((2, 0)));
    let mut direct = Line::new().question();
    direct.roots = vec![direct.chain.remove(1)];
    assert_eq!(direct.ask(), Ok((1, 0)), "an anchor need not be self-signed");
}

#[test]
fn without_the_issuer_there_is_no_path() {
    let mut question = Line::new().question();
    question.chain.truncate(1);
    let error = question.ask().unwrap_err();
    assert_eq!((error.kind(), error.reason()), (Kind::UnknownIssuer, Reason::NoIssuer));
    assert_eq!(error.trail()[0].candidate, Candidate::EndEntity);
    question.roots.clear();
    assert_eq!(question.kind(), Kind::UnknownIssuer);
}

#[test]
fn the_name_that_was_asked_for_must_be_there() {
    let mut question = Line::new().question();
    question.host = Some("b.example");
    assert_eq!(question.kind(), Kind::NameMismatch);
    question.host = Some("192.0.2.1");
    assert_eq!(question.kind(), Kind::NameMismatch);
    let line = Line::new();
    let nameless =
        Line { leaf: Recipe { subject: name("a.example"), ..line.leaf.without(SUBJECT_ALT_NAME) }, ..line };
    assert_eq!(nameless.kind(), Kind::NameMismatch, "a common name is no name");
    assert!(Line::new().leaf(alt_names(&[dns("b.example"), dns("*.example"), dns("a.example")])).is_good());
}

#[test]
fn validity_has_both_its_ends() {
    let (from, until) = (NOW.0 - 10, NOW.0 + 10);
    let at = |line: Line, now| Question { now: Time(now), ..line.question() };
    let lines = || {
        let good = Line::new;
        [
            Line { root: good().root.valid(from, until), ..good() },
            Line { ca: good().ca.valid(from, until), ..good() },
            Line { leaf: good().leaf.valid(from, until), ..good() },
        ]
    };
    for line in lines() {
        assert_eq!(at(line, from - 1).kind(), Kind::NotYetValid);
    }
    for line in lines() {
        let error = at(line, until + 1).ask().unwrap_err();
        let (now, not_after) = (Time(until + 1), Time(until));
        assert_eq!((error.kind(), error.reason()), (Kind::Expired, Reason::Expired { now, not_after }));
    }
    for now in [from, until] {
        lines().into_iter().for_each(|line| assert_eq!(at(line, now).ask(), Ok((2, 0))));
    }
    let never = Line { leaf: Line::new().leaf.valid(until, from), ..Line::new() };
    assert_eq!(never.kind(), Kind::NotYetValid);
}

#[test]
fn every_signature_counts() {
    let [root, ca, other] = [1, 2, 9].map(Key::new);
    let line = Line::new();
    let mut question = line.question();
    question.chain[0] = line.leaf.sign(&other);
    assert_eq!(question.kind(), Kind::BadSignature);
    let mut question = line.question();
    question.chain[1] = line.ca.sign(&other);
    assert_eq!(question.kind(), Kind::BadSignature);
    let trail: Vec<_> = question.ask().unwrap_err().trail().iter().map(|d| (d.candidate, d.below)).collect();
    assert_eq!(trail, [(Candidate::Anchor(0), 2)], "somebody was tried, so nobody is missing");
    let mut question = line.question();
    question.roots[0] = line.root.sign(&other);
    assert_eq!(question.ask(), Ok((2, 0)), "the root's own signature proves nothing");
    let last = question.chain[0].len() - 1;
    question.chain[0][last] ^= 1;
    assert_eq!(question.kind(), Kind::BadSignature);
    let _ = (root, ca);
}

#[test]
fn weak_and_unknown_algorithms_are_refused() {
    for algorithm in [
        oid!(1.2.840.10045.4.1),    // ecdsa-with-SHA1
        oid!(1.2.840.113549.1.1.5), // sha1WithRSAEncryption
        oid!(1.2.840.113549.1.1.4), // md5WithRSAEncryption
        oid!(1.2.840.10045.4.3.1),  // ecdsa-with-SHA224
        oid!(1.2.3),
    ] {
        let identifier = sequence(&[algorithm.to_der()]);
        let weak = |recipe: Recipe| Recipe {
            signature: identifier.clone(),
            signature_algorithm: identifier.clone(),
            ..recipe
        };
        let good = Line::new;
        assert_eq!(Line { leaf: weak(good().leaf), ..good() }.kind(), Kind::UnsupportedAlgorithm);
        assert_eq!(Line { ca: weak(good().ca), ..good() }.kind(), Kind::UnsupportedAlgorithm);
        assert!(Line { root: weak(good().root), ..good() }.is_good(), "nobody looks at a root's signature");
    }
}

#[test]
fn an_algorithm_of_another_kind_of_key_is_no_signature() {
    let identifier = sequence(&[oid!(1.2.840.113549.1.1.11).to_der(), vec![5, 0]]);
    let leaf = Recipe { signature: identifier.clone(), signature_algorithm: identifier, ..Line::new().leaf };
    assert_eq!(Line { leaf, ..Line::new() }.kind(), Kind::BadSignature);
}

#[test]
fn an_issuer_is_a_ca_that_may_sign() {
    let no_constraints = |recipe: Recipe| recipe.without(BASIC_CONSTRAINTS);
    let good = Line::new;
    assert_eq!(Line { ca: no_constraints(good().ca), ..good() }.kind(), Kind::NotCa);
    assert_eq!(Line { root: no_constraints(good().root), ..good() }.kind(), Kind::NotCa);
    assert_eq!(good().ca(basic_constraints(false, None)).kind(), Kind::NotCa);
    assert_eq!(good().ca(key_usage(&[0, 6])).kind(), Kind::NotCa);
    assert_eq!(good().root(key_usage(&[0, 6])).kind(), Kind::NotCa);
    assert!(good().ca(key_usage(&[5])).root(key_usage(&[5, 6])).is_good());
    let v1 = Recipe { version: Vec::new(), extensions: Vec::new(), ..good().ca };
    assert_eq!(Line { ca: v1, ..good() }.kind(), Kind::NotCa);
}

#[test]
fn an_end_entity_is_no_ca() {
    assert_eq!(Line::new().leaf(basic_constraints(true, None)).kind(), Kind::EndEntityIsCa);
    assert!(Line::new().leaf(basic_constraints(false, None)).is_good());
    let mut root = Line::new().question();
    root.chain = vec![root.roots[0].clone()];
    assert_eq!(root.kind(), Kind::EndEntityIsCa);
}

#[test]
fn path_length_counts_intermediates_that_are_not_self_issued() {
    let keys: Vec<_> = (0..6).map(Key::new).collect();
    let root = |length| Recipe::root("root", &keys[0]).with(basic_constraints(true, length)).sign(&keys[0]);
    let first = |length| {
        Recipe::ca("first", &keys[1], "root", &keys[0]).with(basic_constraints(true, length)).sign(&keys[0])
    };
    let rolled = Recipe::ca("first", &keys[2], "first", &keys[1]).sign(&keys[1]);
    let second = Recipe::ca("second", &keys[3], "first", &keys[2]).sign(&keys[2]);
    let leaf = Recipe::server("a.example", &keys[4], "second", &keys[3]).sign(&keys[3]);
    let ask = |root_length, first_length| {
        let chain = [leaf.clone(), second.clone(), rolled.clone(), first(first_length)];
        Question::new(&[root(root_length)], &chain).ask().map_err(|error| error.reason())
    };
    assert_eq!(ask(None, None), Ok((4, 0)));
    assert_eq!(ask(Some(2), Some(1)), Ok((4, 0)));
    assert_eq!(ask(Some(1), None), Err(Reason::PathLength { allowed: 1 }));
    assert_eq!(ask(None, Some(0)), Err(Reason::PathLength { allowed: 0 }));
    let direct = Recipe::server("a.example", &keys[4], "root", &keys[0]).sign(&keys[0]);
    assert_eq!(Question::new(&[root(Some(0))], &[direct]).ask(), Ok((1, 0)), "an end entity doesn't count");
}

#[test]
fn purposes_bind_the_end_entity_and_every_ca() {
    let line = Line::new;
    for good in [
        line().leaf(purposes(&[SERVER_AUTH])),
        line().leaf(purposes(&[CLIENT_AUTH, SERVER_AUTH])),
        line().ca(purposes(&[SERVER_AUTH])),
        line().ca(purposes(&[ANY_PURPOSE])),
    ] {
        assert!(good.is_good());
    }
    for wrong in [
        line().leaf(purposes(&[CLIENT_AUTH])),
        line().leaf(purposes(&[ANY_PURPOSE])),
        line().leaf(purposes(&[oid!(1.2.3)])),
        line().ca(purposes(&[CLIENT_AUTH])),
        line().ca(purposes(&[oid!(1.2.3)])),
        line().root(purposes(&[CLIENT_AUTH])),
    ] {
        assert_eq!(wrong.kind(), Kind::WrongUsage);
    }
}

#[test]
fn a_client_is_asked_for_its_purpose_and_not_for_a_name() {
    let client = |line: Line| Question { host: None, ..line.question() };
    assert_eq!(client(Line::new()).ask(), Ok((2, 0)));
    assert_eq!(client(Line::new().leaf(purposes(&[CLIENT_AUTH]))).ask(), Ok((2, 0)));
    assert_eq!(client(Line::new().leaf(purposes(&[SERVER_AUTH]))).kind(), Kind::WrongUsage);
    assert_eq!(client(Line::new().ca(purposes(&[SERVER_AUTH]))).kind(), Kind::WrongUsage);
    let line = Line::new();
    assert_eq!(client(Line { leaf: line.leaf.without(SUBJECT_ALT_NAME), ..line }).ask(), Ok((2, 0)));
}

#[test]
fn the_key_of_an_end_entity_must_sign() {
    assert!(Line::new().leaf(key_usage(&[0, 2])).is_good());
    assert_eq!(Line::new().leaf(key_usage(&[2])).kind(), Kind::WrongUsage);
    assert_eq!(Line::new().leaf(key_usage(&[4])).kind(), Kind::WrongUsage);
}

#[test]
fn a_critical_extension_that_is_unknown_is_refused_wherever_it_is() {
    let unknown = |critical| extension(oid!(1.2.3), critical, &[]);
    for line in
        [Line::new().leaf(unknown(true)), Line::new().ca(unknown(true)), Line::new().root(unknown(true))]
    {
        assert_eq!(line.kind(), Kind::UnknownCritical);
    }
    assert!(Line::new().leaf(unknown(false)).ca(unknown(false)).root(unknown(false)).is_good());
    let mut bystander = Line::new().question();
    let other = Key::new(7);
    bystander.chain.push(Recipe::root("other", &other).with(unknown(true)).sign(&other));
    bystander.roots.push(bystander.chain[2].clone());
    assert_eq!(bystander.ask(), Ok((2, 0)), "what is not in the path doesn't matter");
}

#[test]
fn where_a_policy_is_required_one_is_common_to_all() {
    let required = || extension(POLICY_CONSTRAINTS, true, &sequence(&[tlv(0x80, &[0])]));
    let policies = |ids: &[Oid<'_>]| {
        let ids: Vec<_> = ids.iter().map(|id| sequence(&[id.to_der()])).collect();
        extension(CERTIFICATE_POLICIES, false, &sequence(&ids))
    };
    let (one, two, any) = (oid!(1.2.4), oid!(1.2.5), oid!(2.5.29.32.0));
    let line = || Line::new().ca(required());
    assert_eq!(line().kind(), Kind::Policy);
    assert_eq!(line().leaf(policies(&[one])).kind(), Kind::Policy);
    assert_eq!(line().leaf(policies(&[one])).ca(policies(&[two])).kind(), Kind::Policy);
    assert_eq!(line().leaf(policies(&[any])).ca(policies(&[any])).kind(), Kind::Policy);
    assert!(line().leaf(policies(&[one])).ca(policies(&[two, one])).is_good());
    let mapping = extension(POLICY_MAPPINGS, true, &sequence(&[sequence(&[one.to_der(), two.to_der()])]));
    let mapped = line().leaf(policies(&[one])).ca(policies(&[one])).ca(mapping.clone());
    assert_eq!(mapped.kind(), Kind::Policy);
    assert!(Line::new().ca(mapping).is_good(), "nobody requires a policy");
    let inhibited = extension(POLICY_CONSTRAINTS, true, &sequence(&[tlv(0x81, &[0])]));
    assert!(Line::new().ca(inhibited).ca(extension(INHIBIT_ANY_POLICY, true, &0u8.to_der())).is_good());
    assert_eq!(Line::new().root(required()).kind(), Kind::Policy);
}

#[test]
fn the_strict_profile_asks_for_what_conforming_cas_do() {
    let line = Line::new;
    let again = |recipe: Recipe, id: Oid<'_>, critical: bool, value: Vec<u8>| {
        recipe.with(extension(id, critical, &value))
    };
    let ca_constraints = sequence(&[true.to_der()]);
    let subtrees = sequence(&[tlv(0xa0, &sequence(&[dns("example")]))]);
    let names = sequence(&[dns("a.example")]);
    let zero = vec![2, 1, 0];
    let keyless = sequence(&[]);
    let foreign = sequence(&[tlv(0x80, &[9])]);
    let by_certificate =
        sequence(&[tlv(0x80, &Key::new(1).id()), tlv(0xa1, &directory(&name("root"))), tlv(0x82, &[42])]);
    let [root, ca, leaf] = [line().root, line().ca, line().leaf];
    #[rustfmt::skip]
    let table = [
        (Line { leaf: Recipe { serial: zero.clone(), ..line().leaf }, ..line() }, Breach::ZeroSerial),
        (Line { ca: Recipe { serial: zero.clone(), ..line().ca }, ..line() }, Breach::ZeroSerial),
        (Line { leaf: Recipe { public_key: rsa_spki(2052), ..line().leaf }, ..line() }, Breach::OddModulus),
        (Line { leaf: line().leaf.without(AKI), ..line() }, Breach::NoAuthorityKeyIdentifier),
        (Line { ca: line().ca.without(AKI), ..line() }, Breach::NoAuthorityKeyIdentifier),
        (Line { ca: again(ca.clone(), AKI, false, keyless.clone()), ..line() }, Breach::NoAuthorityKeyIdentifier),
        (Line { ca: line().ca.without(SKI), ..line() }, Breach::NoSubjectKeyIdentifier),
        (Line { root: line().root.without(SKI), ..line() }, Breach::NoSubjectKeyIdentifier),
        (Line { root: again(root.clone(), AKI, false, foreign), ..line() }, Breach::AnchorAuthorityKeyIdentifier),
        (Line { root: again(root.clone(), AKI, false, keyless), ..line() }, Breach::AnchorAuthorityKeyIdentifier),
        (Line { root: again(root.clone(), AKI, false, by_certificate), ..line() }, Breach::AnchorAuthorityKeyIdentifier),
        (line().root(purposes(&[SERVER_AUTH])), Breach::AnchorPurposes),
        (Line { ca: again(ca.clone(), BASIC_CONSTRAINTS, false, ca_constraints.clone()), ..line() }, Breach::BasicConstraintsNotCritical),
        (Line { root: again(root, BASIC_CONSTRAINTS, false, ca_constraints), ..line() }, Breach::BasicConstraintsNotCritical),
        (Line { ca: again(ca, NAME_CONSTRAINTS, false, subtrees), ..line() }, Breach::NameConstraintsNotCritical),
        (Line { leaf: again(leaf.clone(), SUBJECT_ALT_NAME, true, names), ..line() }, Breach::CriticalSubjectAltName),
        (Line { leaf: again(leaf, EXTENDED_KEY_USAGE, true, sequence(&[SERVER_AUTH.to_der()])), ..line() }, Breach::CriticalPurposes),
        (line().leaf(purposes(&[SERVER_AUTH, ANY_PURPOSE])), Breach::AnyPurpose),
        (Line { leaf: Recipe { subject: name("A.example"), ..line().leaf }, ..line() }, Breach::GarbledCommonName),
    ];
    for (line, breach) in table {
        assert_eq!(line.breach(), Some(breach), "{breach}");
        assert_eq!(line.kind(), Kind::Nonconforming);
    }
    assert!(Line { leaf: Recipe { public_key: rsa_spki(2048), ..line().leaf }, ..line() }.is_good());
    let odd = Line { root: Recipe { public_key: rsa_spki(2052), ..line().root }, ..line() }.question();
    assert_eq!(odd.ask().unwrap_err().reason(), Reason::Nonconforming(Breach::OddModulus));
    let mut cross_signed = Line { ca: line().ca.without(AKI), ..line() }.question();
    cross_signed.roots = vec![cross_signed.chain.remove(1)];
    assert!(cross_signed.ask().is_ok(), "an anchor is taken on trust, whoever has signed it");
    let old_root = Line { root: Recipe { serial: zero, ..line().root.without(AKI) }, ..line() };
    assert!(old_root.is_good(), "a root may have the serial number zero, and need not name itself");
}

#[test]
fn a_common_name_is_not_another_spelling_of_a_name() {
    let names = || {
        alt_names(&[
            dns("a.example"),
            ip(&[192, 0, 2, 1]),
            ip(&[[0x20, 1, 0x0d, 0xb8].as_slice(), &[0; 11], &[1]].concat()),
        ])
    };
    let with = |text: &str| {
        let line = Line::new().leaf(names());
        Line { leaf: Recipe { subject: name(text), ..line.leaf }, ..line }
    };
    for text in [
        "a.example",
        "192.0.2.1",
        "2001:db8::1",
        "b.example",
        "A b.example",
        "a server",
        "10.0.0.01",
        "x.1.2.3",
    ] {
        assert!(with(text).is_good(), "{text}");
    }
    for text in ["A.EXAMPLE", "192.0.02.1", "0xc0.0.2.1", "192.0.2.001", "2001:DB8::1", "2001:db8:0::1"] {
        assert_eq!(with(text).breach(), Some(Breach::GarbledCommonName), "{text}");
    }
}

#[test]
fn an_anchor_of_name_and_key_is_not_judged() {
    let line = Line { root: Line::new().root.valid(0, 1).without(BASIC_CONSTRAINTS), ..Line::new() };
    let question = line.question();
    assert_eq!(question.kind(), Kind::NotCa);
    let root = Certificate::from_der(&question.roots[0]).unwrap();
    assert_eq!(question.ask_with(&[TrustAnchor::from_key_of(&root)]), Ok((2, 0)));
    let constrained = Line::new().root(name_constraints(&[dns("b.example")], &[])).question();
    let constrained = Certificate::from_der(&constrained.roots[0]).unwrap();
    let constraints = constrained.name_constraints().cloned();
    let by_parts = TrustAnchor::from_key(root.subject().clone(), root.public_key().clone(), constraints);
    for anchor in [by_parts, TrustAnchor::from_key_of(&constrained)] {
        assert_eq!(question.ask_with(&[anchor]).unwrap_err().kind(), Kind::NameConstraint);
    }
}

#[test]
fn a_self_signed_end_entity_is_trusted_by_its_key_alone() {
    let key = Key::new(1);
    let leaf = Recipe::server("a.example", &key, "server", &key).sign(&key);
    let question = Question::new(from_ref(&leaf), from_ref(&leaf));
    assert_eq!(question.kind(), Kind::NotCa);
    let certificate = Certificate::from_der(&leaf).unwrap();
    let anchor = || TrustAnchor::from_key_of(&certificate);
    assert_eq!(question.ask_with(&[anchor()]), Ok((1, 0)));
    let other = Question { host: Some("b.example"), ..question.clone() };
    assert_eq!(other.ask_with(&[anchor()]).unwrap_err().kind(), Kind::NameMismatch);
    let later = Question { now: Time(NOW.0 + 1_000_000), ..question };
    assert_eq!(later.ask_with(&[anchor()]).unwrap_err().kind(), Kind::Expired);
}

#[test]
fn names_are_compared_as_rfc_5280_has_it() {
    let line = Line::new();
    let loud = tlv(0x13, b" CA ");
    let loud = sequence(&[tlv(0x31, &sequence(&[oid!(2.5.4.3).to_der(), loud]))]);
    assert!(Line { leaf: Recipe { issuer: loud, ..line.leaf }, ..line }.is_good());
}

#[test]
fn every_kind_of_error_has_a_code_of_its_own() {
    let kinds = [
        Kind::UnknownIssuer,
        Kind::Expired,
        Kind::NotYetValid,
        Kind::NameMismatch,
        Kind::WrongUsage,
        Kind::NotCa,
        Kind::EndEntityIsCa,
        Kind::PathLength,
        Kind::BadSignature,
        Kind::UnsupportedAlgorithm,
        Kind::UnknownCritical,
        Kind::NameConstraint,
        Kind::Policy,
        Kind::Nonconforming,
        Kind::Budget,
    ];
    let codes: BTreeSet<_> = kinds.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), kinds.len());
    assert!(codes.iter().all(|code| code.starts_with("x509.path.")));
}
