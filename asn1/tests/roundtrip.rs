//! What is generated decodes and encodes to the same bytes; what is spoilt does not decode, or encodes to itself.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]
mod common;

use asn1::generate::Generate;
use asn1::{
    Any, BitString, BmpString, Decode, Encode, Explicit, GeneralizedTime, Ia5String, Implicit, Integer,
    NamedBits, Null, OctetString, Oid, PrintableString, Raw, SequenceOf, SetOf, TeletexString, Time,
    UniversalString, Unsigned, UtcTime, Utf8String, VisibleString,
};
use common::{Attribute, Everything, Switch, Text};
use proptest::prelude::*;

/// Runs `$check` for each type of the grammar.
macro_rules! for_each_type {
    ($check:ident($($argument:expr),*)) => {
        for_each_type!(@ $check ($($argument),*)
            bool, u8, u16, u32, u64, Null, Integer<'_, 20>, Unsigned<'_, 130>, Oid<'_>, NamedBits,
            BitString<'_, 40>, OctetString<'_, 300>, Any<'_>, UtcTime, GeneralizedTime, Time,
            Utf8String<'_, 300>, PrintableString<'_, 64>, Ia5String<'_, 64>, VisibleString<'_, 64>,
            TeletexString<'_, 64>, BmpString<'_, 64>, UniversalString<'_, 64>,
            Explicit<0, u64>, Implicit<30, OctetString<'_, 64>>, Implicit<1, Explicit<2, Null>>, Raw<'_, Switch>,
            SequenceOf<Oid<'_>, 5>, SetOf<Any<'_>, 5, 1>, Attribute<'_>, Switch, Text<'_>, Everything<'_>
        )
    };
    (@ $check:ident $arguments:tt $($type:ty),*) => { $(for_each_type!(@@ $check $arguments $type);)* };
    (@@ $check:ident ($($argument:expr),*) $type:ty) => {
        $check(
            |choices| <$type as Generate>::der(choices),
            |der| <$type as Decode<'_>>::from_der(der).map(|value| value.to_der()).ok(),
            stringify!($type),
            $($argument),*
        );
    };
}

type Make = fn(&mut &[u8]) -> Vec<u8>;
type Again = fn(&[u8]) -> Option<Vec<u8>>;

fn comes_back(make: Make, again: Again, name: &str, mut choices: &[u8]) {
    let der = make(&mut choices);
    assert_eq!(again(&der), Some(der.clone()), "{name}: {der:02x?}");
}

/// Every byte of a short value takes every other value; a long one is sampled.
fn spoilt_bytes_are_refused_or_canonical(make: Make, again: Again, name: &str, mut choices: &[u8]) {
    let mut der = make(&mut choices);
    let stride = if der.len() <= 64 { 1 } else { 23 };
    let mut refused = 0;
    for (step, (at, flip)) in (0..der.len()).flat_map(|at| (1..=0xff_u8).map(move |x| (at, x))).enumerate() {
        if step % stride != 0 {
            continue;
        }
        der[at] ^= flip;
        match again(&der) {
            Some(encoded) => assert_eq!(encoded, der, "{name}, byte {at}"),
            None => refused += 1,
        }
        der[at] ^= flip;
    }
    assert!(refused > 0, "{name}: nothing is ever refused in {der:02x?}");
}

fn every_beginning_is_refused(make: Make, again: Again, name: &str, mut choices: &[u8]) {
    let der = make(&mut choices);
    for length in 0..der.len() {
        assert_eq!(again(&der[..length]), None, "{name}: {length} bytes of {der:02x?}");
    }
    for extra in [0x00, 0x05, 0xff] {
        let longer = [&*der, &[extra]].concat();
        assert_eq!(again(&longer), None, "{name}: {longer:02x?}");
    }
}

fn choices(bytes: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_generated_decodes_and_encodes_to_the_same_bytes(choices in choices(600)) {
        for_each_type!(comes_back(&choices));
    }
    #[test]
    fn every_truncation_and_every_trailing_byte_is_refused(choices in choices(300)) {
        for_each_type!(every_beginning_is_refused(&choices));
    }
}
proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_spoilt_byte_is_refused_or_another_canonical_value(choices in choices(400)) {
        for_each_type!(spoilt_bytes_are_refused_or_canonical(&choices));
    }
    #[test]
    fn arbitrary_bytes_are_refused_or_canonical(bytes in choices(64)) {
        fn check(_: Make, again: Again, name: &str, bytes: &[u8]) {
            if let Some(encoded) = again(bytes) {
                assert_eq!(encoded, bytes, "{name}");
            }
        }
        for_each_type!(check(&bytes));
    }
}
