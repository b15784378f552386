//! Name constraints (RFC 5280 §4.2.1.10): tables, and host names against a model of sets.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod recipe;

use asn1::{Encode as _, oid};
use core::slice::from_ref;
use recipe::verify::Question;
use recipe::*;
use x509::name::dns::{DnsName, DnsPattern};
use x509::name::general::NameForm;
use x509::path::error::Reason;

/// The verdict on a client with these names, below a CA with these constraints.
fn ask(permitted: &[Vec<u8>], excluded: &[Vec<u8>], names: &[Vec<u8>]) -> Result<(), Reason> {
    let client = Recipe::new("client", &Key::new(2), "root", &Key::new(1));
    ask_of(permitted, excluded, if names.is_empty() { client } else { client.with(alt_names(names)) })
}
fn ask_of(permitted: &[Vec<u8>], excluded: &[Vec<u8>], client: Recipe) -> Result<(), Reason> {
    let key = Key::new(1);
    let root = Recipe::root("root", &key).with(name_constraints(permitted, excluded)).sign(&key);
    let question = Question { host: None, ..Question::new(&[root], &[client.sign(&key)]) };
    question.ask().map(|_| ()).map_err(|error| error.reason())
}

/// Both ways: permitted if inside, refused if excluded.
fn table(form: NameForm, rows: &[(Vec<u8>, Vec<u8>, bool, bool)]) {
    let refused = Err(Reason::NameConstraint(form));
    for (base, name, inside, touches) in rows {
        let (base, name) = (from_ref(base), from_ref(name));
        let expected = if *inside { Ok(()) } else { refused };
        assert_eq!(ask(base, &[], name), expected, "permitted {base:?}, name {name:?}");
        let expected = if *touches { refused } else { Ok(()) };
        assert_eq!(ask(&[], base, name), expected, "excluded {base:?}, name {name:?}");
    }
}

#[test]
fn host_names() {
    #[rustfmt::skip]
    let rows = [
        ("example.com",     "example.com",       true,  true),
        ("example.com",     "EXAMPLE.com",       true,  true),
        ("example.com",     "www.example.com",   true,  true),
        ("example.com",     "a.b.example.com",   true,  true),
        ("example.com",     "xexample.com",      false, false),
        ("example.com",     "example.com.org",   false, false),
        ("example.com",     "com",               false, false),
        ("",                "example.com",       true,  true),
        ("",                "*.example.com",     true,  true),
        ("example.com",     "*.example.com",     true,  true),
        ("example.com",     "*.com",             false, true),
        ("www.example.com", "*.example.com",     false, true),
        ("a.www.example.com", "*.example.com",   false, false),
        ("example.org",     "*.example.com",     false, false),
        ("example.com",     "*.www.example.com", true,  true),
    ];
    table(NameForm::Dns, &rows.map(|(base, name, inside, touches)| (dns(base), dns(name), inside, touches)));
}

#[test]
fn mailboxes() {
    #[rustfmt::skip]
    let rows = [
        ("root@example.com", "root@example.com",   true),
        ("root@example.com", "Root@example.com",   false),
        ("*@example.com",    "root@example.com",   false),
        ("example.com",      "root@example.com",   true),
        ("example.com",      "root@a.example.com", false),
        (".example.com",     "root@a.example.com", true),
        (".example.com",     "root@example.com",   false),
    ];
    table(NameForm::Rfc822, &rows.map(|(base, name, inside)| (mail(base), mail(name), inside, inside)));
}

#[test]
fn uris() {
    #[rustfmt::skip]
    let rows = [
        ("host.example.com", "https://host.example.com/x",  true,  true),
        ("host.example.com", "https://u@host.example.com:1", true, true),
        ("host.example.com", "https://a.host.example.com/", false, false),
        (".example.com",     "https://host.example.com/",   true,  true),
        (".example.com",     "https://example.com/",        false, false),
        (".example.com",     "https://example.org/.example.com", false, false),
        (".example.com",     "urn:a:b",                     false, true),
        (".example.com",     "https://192.0.2.1/",          false, true),
    ];
    table(NameForm::Uri, &rows.map(|(base, name, inside, touches)| (uri(base), uri(name), inside, touches)));
}

#[test]
fn addresses() {
    let v6 = |last: u8| [[0x20, 1, 0x0d, 0xb8].as_slice(), &[0; 11], &[last]].concat();
    let v6_range = |bits: u8| {
        [v6(0), [vec![0xff; usize::from(bits / 8)], vec![0; 16 - usize::from(bits / 8)]].concat()].concat()
    };
    let mapped = [[0; 10].as_slice(), &[0xff, 0xff, 10, 0, 0, 1]].concat();
    let rows = [
        (vec![10, 0, 0, 0, 255, 0, 0, 0], vec![10, 1, 2, 3], true),
        (vec![10, 9, 9, 9, 255, 0, 0, 0], vec![10, 1, 2, 3], true),
        (vec![10, 0, 0, 0, 255, 0, 0, 0], vec![11, 0, 0, 0], false),
        (vec![10, 0, 0, 0, 255, 128, 0, 0], vec![10, 128, 0, 0], false),
        (vec![10, 0, 0, 1, 255, 255, 255, 255], vec![10, 0, 0, 1], true),
        (vec![10, 0, 0, 1, 255, 255, 255, 255], vec![10, 0, 0, 0], false),
        (vec![0; 8], vec![1, 2, 3, 4], true),
        (vec![0; 8], v6(1), false),
        (vec![0; 32], vec![1, 2, 3, 4], false),
        (v6_range(32), v6(7), true),
        (v6_range(128), v6(7), false),
        (v6_range(128), v6(0), true),
        (vec![10, 0, 0, 0, 255, 0, 0, 0], mapped, false),
    ];
    table(NameForm::Ip, &rows.map(|(base, name, inside)| (ip(&base), ip(&name), inside, inside)));
}

#[test]
fn directory_names() {
    let cn = oid!(2.5.4.3);
    let (o, ou) = (oid!(2.5.4.10), oid!(2.5.4.11));
    let path = |rdns: &[Vec<u8>]| directory(&sequence(rdns));
    let printable = |text: &[u8]| tlv(0x31, &sequence(&[o.to_der(), tlv(0x13, text)]));
    let client = || path(&[rdn(cn, "client")]);
    let rows = [
        (path(&[rdn(o, "we")]), path(&[rdn(o, "we"), rdn(ou, "a")]), true, true),
        (path(&[rdn(o, "we")]), path(&[rdn(o, "we")]), true, true),
        (path(&[rdn(o, "we")]), path(&[rdn(o, "WE"), rdn(ou, "a")]), true, true),
        (path(&[printable(b"we")]), path(&[rdn(o, " we ")]), true, true),
        (path(&[rdn(o, "we"), rdn(ou, "a")]), path(&[rdn(o, "we")]), false, false),
        (path(&[rdn(o, "we")]), path(&[rdn(o, "they")]), false, false),
        (path(&[rdn(o, "we")]), path(&[rdn(ou, "a"), rdn(o, "we")]), false, false),
        // Nobody here knows whether these are the same: so neither permitted nor safe.
        (path(&[rdn(o, "\u{e9}")]), path(&[rdn(o, "\u{c9}")]), false, true),
    ];
    let refused = Err(Reason::NameConstraint(NameForm::Directory));
    for (base, name, inside, touches) in rows {
        // The subject is a directoryName, too.
        let permitted = ask(&[base.clone(), client()], &[], from_ref(&name));
        assert_eq!(permitted, if inside { Ok(()) } else { refused }, "permitted {base:?}, name {name:?}");
        let excluded = ask(&[], from_ref(&base), &[name]);
        assert_eq!(excluded, if touches { refused } else { Ok(()) }, "excluded {base:?}");
    }
    assert_eq!(ask(&[path(&[rdn(cn, "other")])], &[], &[]), refused, "the subject counts");
    assert_eq!(ask(&[], &[client()], &[]), refused);
    assert_eq!(ask(&[path(&[])], &[], &[]), Ok(()), "all names are below the empty one");
    let key = Key::new(2);
    let nameless = Recipe { subject: name(""), ..Recipe::new("", &key, "root", &Key::new(1)) };
    let nameless = nameless.with(extension(SUBJECT_ALT_NAME, true, &sequence(&[dns("a.example")])));
    assert_eq!(ask_of(&[client()], &[], nameless), Ok(()), "no subject, no directoryName");
}

#[test]
fn a_form_that_is_not_constrained_is_free() {
    assert_eq!(
        ask(&[dns("example.com")], &[], &[mail("a@b.example"), ip(&[1, 2, 3, 4]), uri("urn:a:b")]),
        Ok(())
    );
    assert_eq!(ask(&[ip(&[0; 8])], &[ip(&[0; 32])], &[dns("a.example"), other("x")]), Ok(()));
    assert_eq!(ask(&[dns("example.com")], &[dns("example.com")], &[]), Ok(()));
}

#[test]
fn a_form_that_nobody_understands_is_refused() {
    let refused = Err(Reason::UnsupportedConstraint(NameForm::Other));
    assert_eq!(ask(&[other("x")], &[], &[dns("a.example")]), refused);
    assert_eq!(ask(&[], &[other("x")], &[other("y")]), refused);
    let registered = tlv(0x88, &[0x2a, 0x03]);
    let refused = Err(Reason::UnsupportedConstraint(NameForm::RegisteredId));
    assert_eq!(ask(&[], &[registered], &[]), refused);
}

#[test]
fn subtrees_of_one_form_add_up_and_excluded_ones_win() {
    let two = [dns("a.example"), dns("b.example")];
    assert_eq!(ask(&two, &[], &[dns("x.a.example"), dns("x.b.example")]), Ok(()));
    let refused = Err(Reason::NameConstraint(NameForm::Dns));
    assert_eq!(ask(&two, &[], &[dns("a.example"), dns("c.example")]), refused, "every name must be inside");
    assert_eq!(ask(&two, &[dns("x.a.example")], &[dns("x.a.example")]), refused);
    assert_eq!(ask(&two, &[dns("x.a.example")], &[dns("y.a.example")]), Ok(()));
}

#[test]
fn a_mailbox_in_the_subject_counts_if_there_are_no_other_names() {
    let address = |text: &str| {
        sequence(&[tlv(0x31, &sequence(&[oid!(1.2.840.113549.1.9.1).to_der(), tlv(0x16, text.as_bytes())]))])
    };
    let client =
        |text: &str| Recipe { subject: address(text), ..Recipe::new("", &Key::new(2), "root", &Key::new(1)) };
    let refused = Err(Reason::NameConstraint(NameForm::Rfc822));
    let only = [mail("example.com")];
    assert_eq!(ask_of(&only, &[], client("me@example.com")), Ok(()));
    assert_eq!(ask_of(&only, &[], client("me@example.org")), refused);
    assert_eq!(ask_of(&only, &[], client("not a mailbox")), refused);
    assert_eq!(ask_of(&[], &only, client("not a mailbox")), refused);
    assert_eq!(ask_of(&[dns("example.com")], &[], client("not a mailbox")), Ok(()));
    assert_eq!(ask_of(&only, &[], client("me@example.org").with(alt_names(&[dns("a.example")]))), Ok(()));
}

#[test]
fn constraints_of_all_cas_bind_all_below_but_those_that_are_self_issued() {
    let keys: Vec<_> = (0..5).map(Key::new).collect();
    let only = |host: &str| name_constraints(&[dns(host)], &[]);
    let root = Recipe::root("root", &keys[0]).with(only("example")).sign(&keys[0]);
    let ca = |recipe: Recipe| recipe.sign(&keys[0]);
    let plain = || Recipe::ca("ca", &keys[1], "root", &keys[0]);
    let leaf = |host: &str| Recipe::server(host, &keys[3], "ca", &keys[1]).sign(&keys[1]);
    let ask = |leaf: Vec<u8>, ca: Vec<u8>| {
        let answer = Question::new(from_ref(&root), &[leaf, ca]).ask();
        answer.map(|_| ()).map_err(|error| error.reason())
    };
    let refused = Err(Reason::NameConstraint(NameForm::Dns));
    assert_eq!(ask(leaf("a.example"), ca(plain().with(only("a.example")))), Ok(()));
    assert_eq!(ask(leaf("a.example"), ca(plain().with(only("b.example")))), refused);
    assert_eq!(ask(leaf("a.example"), ca(plain().with(alt_names(&[dns("ca.example")])))), Ok(()));
    assert_eq!(
        ask(leaf("a.example"), ca(plain().with(alt_names(&[dns("ca.org")])))),
        refused,
        "a CA has names, too"
    );

    let rolled =
        Recipe::ca("root", &keys[1], "root", &keys[0]).with(alt_names(&[dns("root.org")])).sign(&keys[0]);
    let leaf = |host: &str| Recipe::server(host, &keys[3], "root", &keys[1]);
    assert_eq!(ask(leaf("a.example").sign(&keys[1]), rolled.clone()), Ok(()), "self-issued");
    let self_issued = |host: &str| Recipe { subject: name("root"), ..leaf(host) }.sign(&keys[1]);
    assert_eq!(ask(self_issued("a.example"), rolled.clone()), Ok(()));
    let names = alt_names(&[dns("a.example"), dns("a.org")]);
    let outside = Recipe { subject: name("root"), ..leaf("a.example").with(names) }.sign(&keys[1]);
    assert_eq!(ask(outside, rolled), refused, "an end entity is never free");
}

/// Over names of up to three labels of an alphabet of two, a pattern is a set of names, and so is a subtree.
#[test]
fn patterns_and_subtrees_agree_with_sets_of_names() {
    let labels = ["a", "b"];
    let longer = |names: &[String]| -> Vec<String> {
        names.iter().flat_map(|name| labels.map(|label| format!("{label}.{name}"))).collect()
    };
    let one: Vec<String> = labels.map(str::to_owned).to_vec();
    let two = longer(&one);
    let three = longer(&two);
    let four = longer(&three);
    let short: Vec<_> = [one, two, three].concat();
    let universe: Vec<_> = [short.clone(), four].concat();
    let patterns: Vec<_> = short.iter().flat_map(|name| [name.clone(), format!("*.{name}")]).collect();
    for text in &patterns {
        let pattern = DnsPattern::new(text).unwrap();
        let means = |name: &str| match text.strip_prefix("*.") {
            Some(base) => name.split_once('.').is_some_and(|(_, rest)| rest == base),
            None => name == text,
        };
        for base in &short {
            let subtree = DnsName::new(base).unwrap();
            let within = |name: &str| name == base || name.ends_with(&format!(".{base}"));
            let mut meant = universe.iter().filter(|name| means(name)).peekable();
            assert!(meant.peek().is_some());
            let (all, any) =
                meant.fold((true, false), |(all, any), name| (all && within(name), any || within(name)));
            assert_eq!((pattern.is_within(subtree), pattern.overlaps(subtree)), (all, any), "{text} {base}");
        }
        for name in &universe {
            let enough_labels = text.strip_prefix("*.").is_none_or(|base| base.contains('.'));
            assert_eq!(pattern.matches(name), enough_labels && means(name), "{text} {name}");
        }
    }
}
