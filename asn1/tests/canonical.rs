//! Nasty DER by hand: each is refused, for the right reason, at the right byte.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]
mod common;

use asn1::{
    Any, BitString, BmpString, Decode, Encode, Error, ErrorKind, Explicit, Ia5String, Implicit, Integer,
    NamedBits, Null, OctetString, Oid, PrintableString, Raw, SequenceOf, SetOf, TagSet, UniversalString,
    Unsigned, Utf8String, VisibleString,
};
use common::{Attribute, Everything, Switch, Text};

/// Asserts that each input is refused as a value of the type, for this reason, at this offset.
macro_rules! refused {
    ($($type:ty { $($hex:literal => $kind:ident at $at:literal;)* })*) => { $($({
        let der = hex::decode($hex.replace(' ', "")).unwrap();
        let refused = <$type as Decode<'_>>::from_der(&der).expect_err($hex);
        assert_eq!(refused, Error { at: $at, kind: ErrorKind::$kind }, "{} as {}", $hex, stringify!($type));
    })*)* };
}
/// Asserts that each input decodes, to this value, which encodes to the input.
macro_rules! accepted {
    ($($type:ty { $($hex:literal => $value:expr;)* })*) => { $($({
        let der = hex::decode($hex.replace(' ', "")).unwrap();
        let value = <$type as Decode<'_>>::from_der(&der).expect($hex);
        assert_eq!(value, $value, "{} as {}", $hex, stringify!($type));
        assert_eq!(value.to_der(), der);
    })*)* };
}

#[test]
fn null_is_null() {
    assert_eq!(Any::from_der(&Null.to_der()), Ok(Any::NULL));
    assert_eq!(Any::NULL.decode_as(), Ok(Null));
}

#[test]
fn a_header_has_one_form() {
    refused! {
        OctetString<'_, 70000> {
            "" => Truncated at 0;
            "04" => Truncated at 1;
            "04 01" => Truncated at 2;
            "04 02 aa" => Truncated at 2;
            "04 00 00" => TrailingData at 2;
            "04 80 aa 00 00" => IndefiniteLength at 1;
            "04 81" => Truncated at 1;
            "04 81 00" => NonMinimalLength at 1;
            "04 81 7f" => NonMinimalLength at 1;
            "04 81 80" => Truncated at 3;
            "04 82 01" => Truncated at 1;
            "04 82 00 80" => NonMinimalLength at 1;
            "04 82 00 ff" => NonMinimalLength at 1;
            "04 83 00 ff ff" => NonMinimalLength at 1;
            "04 84 00 ff ff ff" => NonMinimalLength at 1;
            "04 84 ff ff ff ff" => Truncated at 6;
            "04 85 01 00 00 00 00" => LongLength at 1;
            "04 88 ff ff ff ff ff ff ff ff" => LongLength at 1;
            "04 ff" => LongLength at 1;
            "24 04 04 02 aa bb" => WrongForm at 0;
            "24 80 04 01 aa 00 00" => WrongForm at 0;
            "05 00" => UnexpectedTag at 0;
            "1f 04 00" => HighTagNumber at 0;
            "9f 81 01 00" => HighTagNumber at 0;
            "00 00" => EndOfContents at 0;
        }
        Any<'_> {
            "00 00" => EndOfContents at 0;
            "20 00" => WrongForm at 0;
            "10 00" => WrongForm at 0;
            "11 00" => WrongForm at 0;
            "08 00" => WrongForm at 0;
            "21 00" => WrongForm at 0;
            "22 00" => WrongForm at 0;
            "3e 00" => WrongForm at 0;
            "bf 1f 00" => HighTagNumber at 0;
        }
        Explicit<0, Null> {
            "a0 00" => Truncated at 2;
            "80 02 05 00" => UnexpectedTag at 0;
            "a0 03 05 00 00" => TrailingData at 4;
            "a0 04 05 00 05 00" => TrailingData at 4;
            "a0 01 05 00" => Truncated at 3;
        }
        Implicit<0, OctetString<'_, 9>> {
            "a0 02 04 00" => UnexpectedTag at 0;
            "04 00" => UnexpectedTag at 0;
        }
        Implicit<0, Switch> { "80 00" => UnexpectedTag at 0; }
    }
}

#[test]
fn long_lengths_take_as_many_octets_as_they_need() {
    for length in [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000, 0x12_3456] {
        let bytes = vec![0xa5; length];
        let der = OctetString::<0x12_3456>::new(&bytes).unwrap().to_der();
        assert_eq!(der.capacity(), der.len(), "the encoding is measured first");
        assert_eq!(OctetString::<0x12_3456>::from_der(&der).unwrap().as_bytes(), bytes);
        let header = &der[..der.len() - length];
        let expected = match length {
            0..0x80 => 2,
            0x80..0x100 => 3,
            0x100..0x1_0000 => 4,
            _ => 5,
        };
        assert_eq!(header.len(), expected, "{header:02x?}");
    }
}

#[test]
fn a_boolean_is_all_zeros_or_all_ones() {
    accepted! { bool { "01 01 00" => false; "01 01 ff" => true; } }
    for octet in 1..0xff {
        let refused = bool::from_der(&[1, 1, octet]);
        assert_eq!(refused, Err(Error { at: 2, kind: ErrorKind::Boolean }));
    }
    refused! { bool { "01 00" => Boolean at 2; "01 02 ff ff" => Boolean at 2; } }
}

#[test]
fn an_integer_has_no_octet_too_many() {
    accepted! {
        Integer<'_, 3> {
            "02 01 00" => Integer::new(&[0]).unwrap();
            "02 01 80" => Integer::new(&[0x80]).unwrap();
            "02 02 00 80" => Integer::new(&[0, 0x80]).unwrap();
            "02 02 ff 7f" => Integer::new(&[0xff, 0x7f]).unwrap();
        }
        Unsigned<'_, 2> {
            "02 01 00" => Unsigned::new(&[]).unwrap();
            "02 01 7f" => Unsigned::new(&[0, 0, 0x7f]).unwrap();
            "02 03 00 ff ff" => Unsigned::new(&[0xff, 0xff]).unwrap();
        }
        u8 { "02 01 00" => 0; "02 02 00 ff" => 255; "02 01 7f" => 127; }
        u16 { "02 01 01" => 1; "02 03 00 ff ff" => 0xffff; }
        u32 { "02 05 00 80 00 00 00" => 0x8000_0000; }
        u64 { "02 09 00 ff ff ff ff ff ff ff ff" => u64::MAX; "02 02 01 00" => 256; }
    }
    refused! {
        Integer<'_, 3> {
            "02 00" => EmptyInteger at 2;
            "02 02 00 00" => NonMinimalInteger at 2;
            "02 02 00 7f" => NonMinimalInteger at 2;
            "02 02 ff ff" => NonMinimalInteger at 2;
            "02 02 ff 80" => NonMinimalInteger at 2;
            "02 04 01 00 00 00" => TooLong at 2;
        }
        Unsigned<'_, 2> {
            "02 01 80" => NegativeInteger at 2;
            "02 02 00 01" => NonMinimalInteger at 2;
            "02 03 01 00 00" => TooLong at 2;
        }
        u8 { "02 02 01 00" => TooLong at 2; "02 01 ff" => NegativeInteger at 2; "02 00" => EmptyInteger at 2; }
        u64 { "02 09 01 00 00 00 00 00 00 00 00" => TooLong at 2; }
    }
}

#[test]
fn num_bigint_agrees_on_the_value_of_integers() {
    for number in [0i64, 1, -1, 127, 128, -128, -129, 0x7fff_ffff, i64::MIN, i64::MAX] {
        let big = num_bigint::BigInt::from(number);
        let contents = big.to_signed_bytes_be();
        let integer = Integer::<8>::new(&contents).unwrap();
        assert_eq!(num_bigint::BigInt::from(integer), big);
        assert_eq!((integer.is_negative(), integer.is_zero()), (number < 0, number == 0));
    }
    let magnitude = Unsigned::<9>::new(&[0, 0x80, 0]).unwrap();
    assert_eq!(num_bigint::BigInt::from(magnitude), num_bigint::BigInt::from(0x8000));
}

#[test]
fn unused_bits_are_few_and_zero() {
    accepted! {
        BitString<'_, 2> {
            "03 01 00" => BitString::new(&[]).unwrap();
            "03 02 00 ff" => BitString::new(&[0xff]).unwrap();
            "03 02 07 80" => BitString::with_unused(7, &[0x80]).unwrap();
            "03 02 07 00" => BitString::with_unused(7, &[0x00]).unwrap();
        }
        NamedBits {
            "03 01 00" => NamedBits::NONE;
            "03 02 07 80" => NamedBits::NONE.with(0);
            "03 02 00 81" => NamedBits::NONE.with(0).with(7);
            "03 03 07 06 80" => NamedBits::NONE.with(5).with(6).with(8);
        }
    }
    refused! {
        BitString<'_, 2> {
            "03 00" => UnusedBits at 2;
            "03 01 01" => UnusedBits at 2;
            "03 01 07" => UnusedBits at 2;
            "03 02 08 00" => UnusedBits at 2;
            "03 02 ff 00" => UnusedBits at 2;
            "03 02 01 01" => BitPadding at 2;
            "03 02 07 c0" => BitPadding at 2;
            "03 04 00 00 00 00" => TooLong at 2;
            "23 04 03 02 00 ff" => WrongForm at 0;
        }
        NamedBits {
            "03 02 00 80" => BitPadding at 2;
            "03 02 07 00" => BitPadding at 2;
            "03 02 00 00" => BitPadding at 2;
            "03 03 00 80 00" => BitPadding at 2;
            "03 04 00 00 00 01" => TooLong at 2;
        }
    }
    assert_eq!(BitString::<2>::with_unused(1, &[2]).unwrap().whole_bytes(), None);
    assert_eq!(BitString::<2>::new(&[5, 0]).unwrap().decode_as(), Ok(Null));
}

#[test]
fn an_object_identifier_has_whole_minimal_arcs() {
    refused! {
        Oid<'_> {
            "06 00" => ObjectIdentifier at 2;
            "06 01 80" => NonMinimalArc at 2;
            "06 01 81" => ObjectIdentifier at 2;
            "06 02 80 01" => NonMinimalArc at 2;
            "06 03 55 80 01" => NonMinimalArc at 2;
            "06 03 55 1d 8f" => ObjectIdentifier at 2;
            "06 15 69 84 80 80 80 80 80 80 80 80 80 80 80 80 80 80 80 80 80 80 00" => LargeArc at 2;
        }
    }
    accepted! { Oid<'_> {
        "06 03 55 1d 0f" => asn1::oid!(2.5.29.15);
        "06 09 2a 86 48 86 f7 0d 01 01 0b" => asn1::oid!(1.2.840.113549.1.1.11);
        "06 01 00" => asn1::oid!(0.0);
        "06 02 88 37" => asn1::oid!(2.999);
        "06 0b 67 81 ff ff ff ff ff ff ff ff 7f" => asn1::oid!(2.23.18446744073709551615);
    } }
}

#[test]
fn an_object_identifier_is_shown_in_dotted_decimal() {
    let shown = [
        (asn1::oid!(0.39), "0.39"),
        (asn1::oid!(1.0.8571), "1.0.8571"),
        (asn1::oid!(1.39.1), "1.39.1"),
        (asn1::oid!(2.0), "2.0"),
        (asn1::oid!(2.47.128), "2.47.128"),
        (asn1::oid!(2.999.3), "2.999.3"),
        (asn1::oid!(1.3.6.1.5.5.7.3.1), "1.3.6.1.5.5.7.3.1"),
    ];
    for (oid, text) in shown {
        assert_eq!(oid.to_string(), text);
        assert_eq!(format!("{oid:?}"), format!("Oid({text})"));
    }
    // 2^128 - 1, in 19 octets.
    let largest = [&[0x69, 0x83][..], &[0xff; 17], &[0x7f]].concat();
    assert_eq!(Oid::new(&largest).unwrap().to_string(), format!("2.25.{}", u128::MAX));
}

#[test]
fn strings_have_only_their_characters() {
    refused! {
        Utf8String<'_, 9> {
            "0c 01 80" => Character at 2;
            "0c 02 c0 80" => Character at 2;
            "0c 03 ed a0 80" => Character at 2;
            "0c 04 f4 90 80 80" => Character at 2;
            "2c 03 0c 01 41" => WrongForm at 0;
        }
        PrintableString<'_, 9> { "13 01 40" => Character at 2; "13 01 2a" => Character at 2; "13 01 00" => Character at 2; "13 02 c3 9f" => Character at 2; }
        Ia5String<'_, 9> { "16 01 80" => Character at 2; "16 0a 41414141414141414141" => TooLong at 2; }
        VisibleString<'_, 9> { "1a 01 1f" => Character at 2; "1a 01 7f" => Character at 2; }
        BmpString<'_, 9> { "1e 01 41" => Character at 2; "1e 02 d8 00" => Character at 2; }
        UniversalString<'_, 9> { "1c 02 00 41" => Character at 2; "1c 04 00 11 00 00" => Character at 2; "1c 04 00 00 df ff" => Character at 2; }
        Text<'_> { "04 00" => UnexpectedTag at 0; "" => Truncated at 0; }
    }
    for byte in 0..=0xff_u8 {
        let punctuation = " '()+,-./:=?".as_bytes().contains(&byte);
        let printable = PrintableString::<1>::new(&[byte]).is_ok();
        assert_eq!(printable, byte.is_ascii_alphanumeric() || punctuation, "{byte:#04x}");
        assert_eq!(VisibleString::<1>::new(&[byte]).is_ok(), byte.is_ascii_graphic() || byte == b' ');
        assert_eq!(Ia5String::<1>::new(&[byte]).is_ok(), byte < 0x80);
        assert_eq!(Utf8String::<1>::new(&[byte]).is_ok(), byte < 0x80);
    }
    let bmp = BmpString::<6>::new(b"\0A\x20\xac").unwrap();
    assert_eq!(bmp.chars().collect::<String>(), "A€");
    let universal = UniversalString::<8>::new(b"\0\0\0A\0\x01\xf4\xa9").unwrap();
    assert_eq!(universal.chars().collect::<String>(), "A💩");
    assert_eq!(PrintableString::<9>::new(b"it's (A)").unwrap().as_str(), "it's (A)");
}

#[test]
fn a_set_is_in_the_order_of_its_encodings() {
    type Set<'a> = SetOf<OctetString<'a, 9>, 4>;
    refused! {
        Set<'_> {
            "31 06 04 01 02 04 01 01" => SetOrder at 5;
            "31 06 04 02 00 00 04 00" => SetOrder at 6;
            "31 09 04 01 01 04 01 03 04 01 02" => SetOrder at 8;
            "31 04 04 00 04 01" => Truncated at 6;
        }
    }
    let strings: [&[u8]; 4] = [b"b", b"aa", b"", b"b"];
    let sorted = SetOf::new(strings.map(|bytes| OctetString::new(bytes).unwrap()).to_vec()).unwrap();
    accepted! { Set<'_> { "31 0c 04 00 04 01 62 04 01 62 04 02 61 61" => sorted.clone(); } }
}

#[test]
fn a_default_is_not_encoded() {
    let default = Switch { on: false, level: 7, at: None };
    accepted! { Switch {
        "30 00" => default.clone();
        "30 03 01 01 ff" => Switch { on: true, ..default.clone() };
        "30 06 01 01 ff 02 01 08" => Switch { on: true, level: 8, ..default.clone() };
    } }
    refused! { Switch {
        "30 03 01 01 00" => DefaultEncoded at 2;
        "30 06 01 01 ff 02 01 07" => DefaultEncoded at 5;
        "30 06 02 01 08 01 01 ff" => TrailingData at 5;
        "30 05 01 01 ff 05 00" => TrailingData at 5;
        "30 03 01 01 aa" => Boolean at 4;
    } }
}

#[test]
fn offsets_are_those_of_the_outermost_input() {
    type Boxed<'a> = Explicit<0, OctetString<'a, 99>>;
    // The octet string holds a SEQUENCE whose BOOLEAN is neither true nor false.
    let der = hex::decode("a007040530030101aa").unwrap();
    let string = Boxed::from_der(&der).unwrap().0;
    let refused = Error { at: 8, kind: ErrorKind::Boolean };
    assert_eq!(string.decode_as::<Switch>(), Err(refused));
    assert_eq!(Any::from_der(&der).unwrap().decode_as::<Explicit<0, Null>>().unwrap_err().at, 2);
    assert_eq!(refused.to_string(), "Boolean at byte 8");
    let attribute = hex::decode("30070601550c02c080").unwrap();
    let value = Attribute::from_der(&attribute).unwrap().value.unwrap();
    let refused = Error { at: 7, kind: ErrorKind::Character };
    assert_eq!(value.decode_as::<Utf8String<'_, 9>>(), Err(refused));
}

#[test]
fn raw_keeps_the_bytes_it_was_decoded_from() {
    let der = hex::decode("300830060101ff020108").unwrap();
    let sequence = SequenceOf::<Raw<'_, Switch>, 1>::from_der(&der).unwrap();
    assert_eq!(sequence[0].der, &der[2..]);
    assert_eq!(sequence[0].value.level, 8);
}

#[test]
fn the_tags_of_a_choice_are_those_of_its_variants() {
    let tags = <Text<'_> as Decode<'_>>::TAGS;
    let expected = [0x0c, 0x13, 0x81, 0x1a, 0x14, 0x1e, 0x1c, 0xa2, 0xa3];
    for octet in 0..=0xff {
        if let Some(tag) = asn1::Tag::from_octet(octet) {
            assert_eq!(tags.contains(tag), expected.contains(&octet), "{tag:?}");
            assert_eq!(TagSet::of(tag).overlaps(tags), expected.contains(&octet));
            assert_eq!(tag.octet(), octet);
        } else {
            assert_eq!(octet & 0x1f, 0x1f);
        }
    }
    assert!(matches!(Everything::from_der(&[0x30, 0]), Err(Error { at: 2, kind: ErrorKind::Truncated })));
}
