//! Distinguished names: as text (RFC 4514), and which are the same (RFC 5280 §7.1).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
use asn1::{Any, Decode as _, Encode as _, ErrorKind, Oid, SequenceOf, SetOf, Tag, oid};
use x509::name::{AttributeTypeAndValue, Likeness, Name, RdnSequence};

const CN: Oid<'static> = oid!(2.5.4.3);
const OU: Oid<'static> = oid!(2.5.4.11);
const DC: Oid<'static> = oid!(0.9.2342.19200300.100.1.25);
const SERIAL: Oid<'static> = oid!(2.5.4.5);

const UTF8: Tag = Tag::UTF8_STRING;
const PRINTABLE: Tag = Tag::PRINTABLE_STRING;

type Text<'t> = (Tag, &'t [u8]);
type Rdn<'t> = &'t [(Oid<'static>, Tag, &'t [u8])];

/// The DER of a name from the root down.
fn der(rdns: &[Rdn<'_>]) -> Vec<u8> {
    let values: Vec<Vec<Vec<u8>>> = rdns
        .iter()
        .map(|rdn| {
            rdn.iter()
                .map(|(_, tag, value)| [&[tag.octet(), u8::try_from(value.len()).unwrap()], *value].concat())
                .collect()
        })
        .collect();
    let rdns = rdns.iter().zip(&values).map(|(rdn, values)| {
        let attributes = rdn.iter().zip(values).map(|((kind, ..), value)| AttributeTypeAndValue {
            kind: *kind,
            value: Any::from_der(value).unwrap(),
        });
        SetOf::new(attributes.collect()).unwrap()
    });
    let sequence: RdnSequence<'_> = SequenceOf::new(rdns.collect()).unwrap();
    sequence.to_der()
}

fn likeness(one: &[Rdn<'_>], another: &[Rdn<'_>]) -> Likeness {
    let (one, another) = (der(one), der(another));
    let (one, another) = (Name::from_der(&one).unwrap(), Name::from_der(&another).unwrap());
    let both = [one.under(&another), another.under(&one)];
    assert_eq!(both[0], both[1], "sameness is mutual");
    assert_eq!(one.is_same_as(&another), both[0] == Likeness::Same);
    both[0]
}

#[test]
fn a_name_is_printed_from_the_leaf_up() {
    let der = der(&[
        &[(DC, Tag::IA5_STRING, b"net")],
        &[(DC, Tag::IA5_STRING, b"example")],
        &[(OU, UTF8, b"Sales"), (CN, UTF8, b"J.  Smith")],
    ]);
    assert_eq!(Name::from_der(&der).unwrap().to_string(), "OU=Sales+CN=J.  Smith,DC=example,DC=net");
}

#[test]
fn special_characters_are_escaped() {
    #[rustfmt::skip]
    let table: &[(&[u8], &str)] = &[
        (b"James \"Jim\" Smith, III", "CN=James \\\"Jim\\\" Smith\\, III"),
        (b"Before\rAfter",            "CN=Before\\0dAfter"),
        (b"#hash # inside",           "CN=\\#hash # inside"),
        (b" space ",                  "CN=\\ space\\ "),
        (b" ",                        "CN=\\ "),
        (b"a+b;c<d>e\\f=g",           "CN=a\\+b\\;c\\<d\\>e\\\\f=g"),
        (b"nul\0",                    "CN=nul\\00"),
        ("Lu\u{10d}i\u{107}".as_bytes(), "CN=Lu\u{10d}i\u{107}"),
        ("moc.\u{202e}elgoog".as_bytes(), "CN=moc.\\e2\\80\\aeelgoog"),
        (b"",                         "CN="),
    ];
    for (value, expected) in table {
        let der = der(&[&[(CN, UTF8, value)]]);
        assert_eq!(Name::from_der(&der).unwrap().to_string(), *expected);
    }
}

#[test]
fn what_has_no_keyword_or_no_text_is_printed_in_hexadecimal() {
    let der = der(&[&[(SERIAL, PRINTABLE, b"12")], &[(CN, Tag::TELETEX_STRING, b"\xe4")]]);
    assert_eq!(Name::from_der(&der).unwrap().to_string(), "CN=#1401e4,2.5.4.5=#13023132");
}

#[test]
fn strings_are_compared_as_text_where_there_is_text() {
    let bmp: &[u8] = b"\0f\0O\0o";
    #[rustfmt::skip]
    let table: &[(Text<'_>, Text<'_>, Likeness)] = &[
        ((UTF8, b"foo"), (UTF8, b"foo"), Likeness::Same),
        ((UTF8, b"foo"), (PRINTABLE, b"foo"), Likeness::Same),
        ((UTF8, b"foo"), (UTF8, b"FOO"), Likeness::Same),
        ((UTF8, b" foo  bar "), (UTF8, b"Foo Bar"), Likeness::Same),
        ((UTF8, b"foobar"), (UTF8, b"foo bar"), Likeness::Different),
        ((UTF8, b"foo"), (UTF8, b"foo bar"), Likeness::Different),
        ((UTF8, b"foo"), (UTF8, b"bar"), Likeness::Different),
        ((UTF8, b"foo"), (Tag::BMP_STRING, bmp), Likeness::Same),
        ((UTF8, "\u{e9}".as_bytes()), (UTF8, "\u{e9}".as_bytes()), Likeness::Same),
        ((UTF8, "\u{e9}".as_bytes()), (UTF8, "\u{c9}".as_bytes()), Likeness::Unclear),
        ((UTF8, "\u{ff21}".as_bytes()), (UTF8, b"A"), Likeness::Unclear),
        ((Tag::TELETEX_STRING, b"foo"), (UTF8, b"foo"), Likeness::Unclear),
        ((Tag::TELETEX_STRING, b"foo"), (Tag::TELETEX_STRING, b"foo"), Likeness::Same),
        ((Tag::TELETEX_STRING, b"foo"), (Tag::TELETEX_STRING, b"bar"), Likeness::Unclear),
    ];
    for ((tag, value), (other_tag, other), expected) in table {
        assert_eq!(likeness(&[&[(CN, *tag, value)]], &[&[(CN, *other_tag, other)]]), *expected);
    }
}

#[test]
fn order_and_sets_count() {
    let (a, b, c) = ((CN, UTF8, b"a".as_slice()), (CN, UTF8, b"b".as_slice()), (OU, UTF8, b"a".as_slice()));
    assert_eq!(likeness(&[&[a], &[b]], &[&[b], &[a]]), Likeness::Different);
    assert_eq!(likeness(&[&[a]], &[&[c]]), Likeness::Different);
    assert_eq!(likeness(&[&[a, c]], &[&[c, a]]), Likeness::Same);
    assert_eq!(likeness(&[&[a, a]], &[&[a, b]]), Likeness::Different);
    assert_eq!(likeness(&[&[a, b]], &[&[a]]), Likeness::Different);
    // In DER the sets are sorted by tag first, so these two are not in the same order.
    let (a_printable, b_printable) = ((CN, PRINTABLE, b"a".as_slice()), (CN, PRINTABLE, b"b".as_slice()));
    assert_eq!(likeness(&[&[a, b_printable]], &[&[a_printable, b]]), Likeness::Same);
}

#[test]
fn a_name_is_under_its_beginning() {
    let (a, b) = ((CN, UTF8, b"a".as_slice()), (CN, UTF8, b"b".as_slice()));
    let (root, leaf, other) = (der(&[&[a]]), der(&[&[a], &[b]]), der(&[&[b]]));
    let [root, leaf, other] = [&root, &leaf, &other].map(|der| Name::from_der(der).unwrap());
    assert_eq!(leaf.under(&root), Likeness::Same);
    assert_eq!(root.under(&leaf), Likeness::Different);
    assert_eq!(leaf.under(&other), Likeness::Different);
    let empty = Name::from_der(&[0x30, 0]).unwrap();
    assert!(empty.is_empty());
    assert_eq!(leaf.under(&empty), Likeness::Same);
    assert!(!leaf.is_same_as(&empty) && !leaf.is_same_as(&root));
}

#[test]
fn a_string_has_only_the_characters_of_its_type() {
    for (tag, value) in
        [(PRINTABLE, b"*".as_slice()), (UTF8, b"\xff"), (Tag::IA5_STRING, b"\x80"), (Tag::BMP_STRING, b"a")]
    {
        let der = der(&[&[(CN, tag, value)]]);
        assert_eq!(Name::from_der(&der).unwrap_err().kind, ErrorKind::Character, "{tag:?}");
    }
}

#[test]
fn a_set_of_no_attributes_is_refused() {
    assert_eq!(Name::from_der(&[0x30, 2, 0x31, 0]).unwrap_err().kind, ErrorKind::TooFew);
}
