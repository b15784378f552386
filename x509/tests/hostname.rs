//! Names of servers against subjectAltName: tables (RFC 9525 §6, RFC 5280 §4.2.1.6).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
use x509::ServerName;
use x509::hostname::is_named;
use x509::name::address::address;
use x509::name::dns::{DnsName, DnsPattern};
use x509::name::general::AlternativeNames;
use x509::name::mailbox::{MailConstraint, Mailbox};
use x509::name::uri::{Uri, UriConstraint};

fn dns(patterns: &[&'static str]) -> AlternativeNames<'static> {
    let dns = patterns.iter().map(|pattern| DnsPattern::new(pattern).unwrap()).collect();
    AlternativeNames { dns, ..AlternativeNames::default() }
}

#[test]
fn a_host_is_found_as_such_or_under_a_wildcard_of_one_whole_label() {
    #[rustfmt::skip]
    let table = [
        ("example.com",            "example.com",           true),
        ("example.com",            "EXAMPLE.com",           true),
        ("eXample.com",            "example.com",           true),
        ("example.com",            "example.com.",          true),
        ("example.com",            "www.example.com",       false),
        ("www.example.com",        "example.com",           false),
        ("example.com",            "example.org",           false),
        ("example.com",            "xexample.com",          false),
        ("*.example.com",          "www.example.com",       true),
        ("*.example.com",          "WWW.EXAMPLE.COM.",      true),
        ("*.example.com",          "example.com",           false),
        ("*.example.com",          "a.b.example.com",       false),
        ("*.example.com",          "www.example.org",       false),
        ("*.example.com",          "xn--628h.example.com",  true),
        ("*.example.com",          "my_host.example.com",   true),
        ("*.b.example.com",        "a.b.example.com",       true),
        ("*.com",                  "example.com",           false),
        ("*.localhost",            "test.localhost",        false),
        ("localhost",              "localhost",             true),
        ("xn--bliss-1b3c148a.com", "xn--bliss-1b3c148a.com", true),
    ];
    for (pattern, host, expected) in table {
        let host = ServerName::try_from(host).unwrap();
        assert_eq!(is_named(&host, &dns(&[pattern])), expected, "{pattern} for {host:?}");
    }
}

#[test]
fn any_name_of_several_will_do_and_none_is_not_enough() {
    let host = ServerName::try_from("b.example").unwrap();
    assert!(is_named(&host, &dns(&["a.example", "b.example"])));
    assert!(!is_named(&host, &dns(&[])));
}

#[test]
fn an_address_is_found_by_its_octets_only() {
    let names = AlternativeNames {
        addresses: vec![address(&[192, 0, 2, 1]).unwrap(), address(&[0; 16]).unwrap()],
        dns: vec![DnsPattern::new("*.0.2.example").unwrap()],
        ..AlternativeNames::default()
    };
    for (host, expected) in
        [("192.0.2.1", true), ("192.0.2.2", false), ("::", true), ("::1", false), ("::ffff:192.0.2.1", false)]
    {
        assert_eq!(is_named(&ServerName::try_from(host).unwrap(), &names), expected, "{host}");
    }
}

#[test]
fn what_is_not_a_host_name_is_no_pattern() {
    let long_label = "a".repeat(64);
    let long_name = "a.".repeat(126) + "ab";
    #[rustfmt::skip]
    let refused = [
        "", ".", "*", "*.", ".example.com", "example.com.", "a..b", "-a.example", "a-.example", "foo_bar.example",
        "f*.example.com", "*f.example.com", "xn--*-1b3c148a.example.com", "a.*.example.com", "*.*.example.com",
        "**.example.com", "192.0.2.1", "1", "exa mple.com", "example.com\0", "example.com\0.evil.org", "\u{1f61c}.example.com",
        "http://example.com", "user@example.com", "example.com:443", "[::1]", "::1", &long_label, &long_name,
    ];
    for text in refused {
        assert!(DnsPattern::new(text).is_none(), "{text:?}");
    }
    for text in ["a", "a-b.example", "1.example", "0x7f.1a", &"a".repeat(63), &long_name[..253]] {
        assert!(DnsPattern::new(text).is_some(), "{text:?}");
    }
}

#[test]
fn an_address_has_four_or_sixteen_octets() {
    for length in 0..40 {
        assert_eq!(address(&vec![1; length]).is_some(), length == 4 || length == 16, "{length}");
    }
}

#[test]
fn a_mailbox_has_a_local_part_and_a_host() {
    for text in [
        "a@example.com",
        "a.b+c@example.com",
        "*@example.com",
        r#""a b"@example.com"#,
        r#""a@b"@example.com"#,
        r#""a\"b"@example.com"#,
    ] {
        assert!(Mailbox::new(text).is_some(), "{text}");
    }
    for text in [
        "",
        "a",
        "@example.com",
        "a@",
        "a@b@example.com",
        "a b@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a@.example.com",
        "a@[192.0.2.1]",
        r#""a"b"@example.com"#,
        r#"""@example.com"#,
        r#""a\"@example.com"#,
        "a@192.0.2.1",
        "\u{e4}@example.com",
    ] {
        assert!(Mailbox::new(text).is_none(), "{text}");
    }
}

#[test]
fn a_mail_constraint_is_a_mailbox_a_host_or_a_domain() {
    #[rustfmt::skip]
    let table = [
        ("root@example.com", "root@example.com",   true),
        ("root@example.com", "root@EXAMPLE.com",   true),
        ("root@example.com", "Root@example.com",   false),
        ("*@example.com",    "root@example.com",   false),
        ("*@example.com",    "*@example.com",      true),
        ("example.com",      "root@example.com",   true),
        ("example.com",      "root@a.example.com", false),
        (".example.com",     "root@a.example.com", true),
        (".example.com",     "root@b.a.example.com", true),
        (".example.com",     "root@example.com",   false),
        (".example.com",     "root@aexample.com",  false),
    ];
    for (constraint, mailbox, expected) in table {
        let contains = MailConstraint::new(constraint).unwrap().contains(Mailbox::new(mailbox).unwrap());
        assert_eq!(contains, expected, "{constraint} {mailbox}");
    }
    for text in ["", ".", "@example.com", "..example.com", "a@b@example.com", "*.example.com"] {
        assert!(MailConstraint::new(text).is_none(), "{text}");
    }
}

#[test]
fn the_host_of_a_uri_is_what_its_authority_names() {
    #[rustfmt::skip]
    let table = [
        ("http://example.com/a?b#c",          Some("example.com")),
        ("https://user:word@example.com:443", Some("example.com")),
        ("spiffe://trust.example/service",    Some("trust.example")),
        ("ldap://example.com",                Some("example.com")),
        ("http://192.0.2.1/",                 None),
        ("http://[2001:db8::1]/",             None),
        ("urn:uuid:f81d4fae",                 None),
        ("mailto:a@example.com",              None),
        ("http://example.com:x/",             None),
        ("http:///path",                      None),
        ("ldap:///CN=a,O=b",                  None),
    ];
    for (uri, host) in table {
        let found = Uri::new(uri).unwrap().host().map(|host| host.as_str());
        assert_eq!(found, host, "{uri}");
    }
    for text in [
        "",
        "example.com",
        "//example.com/",
        ":a",
        "http:",
        "1http://a",
        "ht tp://a",
        "http://a b",
        "http://\u{e4}",
    ] {
        assert!(Uri::new(text).is_none(), "{text:?}");
    }
}

#[test]
fn a_uri_constraint_is_a_host_or_a_domain() {
    #[rustfmt::skip]
    let table = [
        ("host.example.com", "host.example.com",   true),
        ("host.example.com", "HOST.example.com",   true),
        ("host.example.com", "a.host.example.com", false),
        (".example.com",     "host.example.com",   true),
        (".example.com",     "a.host.example.com", true),
        (".example.com",     "example.com",        false),
    ];
    for (constraint, host, expected) in table {
        let contains = UriConstraint::new(constraint).unwrap().contains(DnsName::new(host).unwrap());
        assert_eq!(contains, expected, "{constraint} {host}");
    }
}
