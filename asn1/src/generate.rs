//! Random DER of a grammar, for property tests and fuzzers, who supply the choices.
//!
//! Values borrow, so they cannot be generated themselves: bytes are, and the values are decoded from them.
use crate::oid::Oid;
use crate::read::Tagged;
use crate::tag::Tag;
use crate::types::any::Any;
use crate::types::bit_string::{BitString, NamedBits};
use crate::types::explicit::Explicit;
use crate::types::implicit::Implicit;
use crate::types::integer::{Integer, Unsigned};
use crate::types::null::Null;
use crate::types::octet_string::OctetString;
use crate::types::raw::Raw;
use crate::types::sequence_of::SequenceOf;
use crate::types::set_of::SetOf;
use crate::types::string::{
    BmpString, Ia5String, PrintableString, TeletexString, UniversalString, Utf8String, VisibleString,
};
use crate::types::time::{GeneralizedTime, Time, UtcTime, YEAR_0, YEAR_1950, YEAR_2050, YEAR_10000};
use crate::write::{Encode, Writer};
use alloc::vec::Vec;

/// A name for the grammar macros, whose users may not have `alloc`.
#[doc(hidden)]
pub type Bytes = Vec<u8>;

/// Where decisions come from.
pub trait Choices {
    /// A number below `bound`; 0 if there is none.
    fn below(&mut self, bound: u64) -> u64;
}

/// Decisions from a stream of bytes; when it ends, all are 0. So shorter streams make smaller values.
impl Choices for &[u8] {
    fn below(&mut self, bound: u64) -> u64 {
        let mut number = 0u64;
        let mut most = 1u64;
        while most < bound {
            let Some((byte, rest)) = self.split_first() else { break };
            *self = rest;
            number = number.wrapping_shl(8) | u64::from(*byte);
            most = most.saturating_mul(0x100);
        }
        number.checked_rem(bound).unwrap_or_default()
    }
}

/// A type of whose values random encodings can be made.
pub trait Generate {
    /// The DER of a value.
    fn der(choices: &mut impl Choices) -> Vec<u8>;
}

/// The element `tag` with these contents.
#[must_use]
pub fn element(tag: Tag, contents: &[u8]) -> Vec<u8> {
    struct Element<'a>(Tag, &'a [u8]);
    impl Encode for Element<'_> {
        fn encode(&self, writer: &mut Writer) {
            writer.element(self.0, |w| w.bytes(self.1));
        }
    }
    Element(tag, contents).to_der()
}

/// For the grammar macros: one, for each variant.
#[doc(hidden)]
#[must_use]
pub const fn one<T>() -> u64 {
    1
}

/// The DER of a field with a DEFAULT: nothing if it has it.
#[must_use]
pub fn unless_default(der: Vec<u8>, default: &impl Encode) -> Vec<u8> {
    if der == default.to_der() { Vec::new() } else { der }
}

/// A field that may be absent.
impl<T: Generate> Generate for Option<T> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        if choices.below(2) == 0 { Vec::new() } else { T::der(choices) }
    }
}
impl Generate for bool {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        (choices.below(2) == 1).to_der()
    }
}
impl Generate for Null {
    fn der(_: &mut impl Choices) -> Vec<u8> {
        Self.to_der()
    }
}
impl Generate for Any<'_> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        match choices.below(6) {
            0 => Null::der(choices),
            1 => bool::der(choices),
            2 => Integer::<40>::der(choices),
            3 => OctetString::<300>::der(choices),
            4 => SequenceOf::<Oid<'_>, 4>::der(choices),
            _ => Explicit::<7, Utf8String<'_, 40>>::der(choices),
        }
    }
}
impl<const N: u8, T: Generate> Generate for Explicit<N, T> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        element(Self::TAG, &T::der(choices))
    }
}
impl<const N: u8, T: Generate + Tagged> Generate for Implicit<N, T> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        let mut der = T::der(choices);
        if let Some(identifier) = der.first_mut() {
            *identifier = Self::TAG.octet();
        }
        der
    }
}
impl<T: Generate> Generate for Raw<'_, T> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        T::der(choices)
    }
}
impl<const MAX: usize> Generate for OctetString<'_, MAX> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        element(Self::TAG, &octets(choices, 0, MAX))
    }
}
impl<const MAX: usize> Generate for BitString<'_, MAX> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        let mut bytes = octets(choices, 0, MAX);
        let unused = if bytes.is_empty() { 0 } else { byte(choices, 8) };
        if let Some(last) = bytes.last_mut() {
            *last &= u8::MAX.wrapping_shl(unused.into());
        }
        bytes.insert(0, unused);
        element(Self::TAG, &bytes)
    }
}
impl Generate for NamedBits {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        (0..byte(choices, 17)).fold(Self::NONE, |bits, _| bits.with(byte(choices, 16))).to_der()
    }
}
impl<const MAX: usize> Generate for Integer<'_, MAX> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        let mut contents = octets(choices, 1, MAX);
        while let [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..] = *contents {
            contents.remove(0);
        }
        element(Self::TAG, &contents)
    }
}
impl<const MAX: usize> Generate for Unsigned<'_, MAX> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        Unsigned::<MAX>::new(&octets(choices, 1, MAX)).map(|integer| integer.to_der()).unwrap_or_default()
    }
}
macro_rules! small {
    ($($word:ty)*) => { $(
        impl Generate for $word {
            fn der(choices: &mut impl Choices) -> Vec<u8> {
                Unsigned::<{ size_of::<$word>() }>::der(choices)
            }
        }
    )* };
}
small!(u8 u16 u32 u64);

impl Generate for Oid<'_> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        let mut contents = Vec::new();
        for _ in 0..choices.below(8).saturating_add(1) {
            let mut arc = octets(choices, 1, 6);
            let last = arc.len().saturating_sub(1);
            for (at, octet) in arc.iter_mut().enumerate() {
                *octet = if at == last { *octet & 0x7f } else { *octet | 0x80 };
            }
            if let [first @ 0x80, _, ..] = &mut *arc {
                *first = 0x81;
            }
            contents.append(&mut arc);
        }
        element(Self::TAG, &contents)
    }
}
impl<T: Generate, const MAX: usize, const MIN: usize> Generate for SequenceOf<T, MAX, MIN> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        element(Self::TAG, &elements::<T>(choices, MIN, MAX).concat())
    }
}
impl<T: Generate, const MAX: usize, const MIN: usize> Generate for SetOf<T, MAX, MIN> {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        let mut elements = elements::<T>(choices, MIN, MAX);
        elements.sort();
        element(Self::TAG, &elements.concat())
    }
}
macro_rules! strings {
    ($($name:ident: $($character:literal)*;)*) => { $(
        impl<const MAX: usize> Generate for $name<'_, MAX> {
            fn der(choices: &mut impl Choices) -> Vec<u8> {
                let alphabet: &[&[u8]] = &[$($character.as_ref()),*];
                let mut contents = Vec::new();
                for _ in 0..size(choices, 0, MAX) {
                    let next = alphabet.get(index(choices, alphabet.len())).copied().unwrap_or_default();
                    if contents.len().saturating_add(next.len()) <= MAX {
                        contents.extend_from_slice(next);
                    }
                }
                element(Self::TAG, &contents)
            }
        }
    )* };
}
strings! {
    Utf8String: "a" "Z" "0" " " "\0" "\x7f" "ß" "€" "𝄞";
    PrintableString: "a" "z" "A" "Z" "0" "9" " " "'" "(" ")" "+" "," "-" "." "/" ":" "=" "?";
    Ia5String: "a" "Z" "0" "@" "*" "\0" "\x7f";
    VisibleString: "a" "Z" "0" " " "~";
    TeletexString: b"a" b"Z" b"\0" b"\x80" b"\xff";
    BmpString: b"\0a" b"\x20\xac" b"\xff\xff";
    UniversalString: b"\0\0\0a" b"\0\0\x20\xac" b"\0\x10\xff\xff";
}
impl Generate for UtcTime {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        moment(choices, YEAR_1950, YEAR_2050, Self::new).unwrap_or_default()
    }
}
impl Generate for GeneralizedTime {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        moment(choices, YEAR_0, YEAR_10000, Self::new).unwrap_or_default()
    }
}
impl Generate for Time {
    fn der(choices: &mut impl Choices) -> Vec<u8> {
        if choices.below(2) == 0 { UtcTime::der(choices) } else { GeneralizedTime::der(choices) }
    }
}

/// The encoding of `new` of a moment from `from` to before `to`.
fn moment<T: Encode, E>(
    choices: &mut impl Choices,
    from: i64,
    to: i64,
    new: impl Fn(i64) -> Result<T, E>,
) -> Result<Vec<u8>, E> {
    let after = choices.below(to.abs_diff(from));
    new(from.saturating_add_unsigned(after)).map(|time| time.to_der())
}

/// The encodings of `min` to `max` values.
fn elements<T: Generate>(choices: &mut impl Choices, min: usize, max: usize) -> Vec<Vec<u8>> {
    (0..size(choices, min, max.min(min.saturating_add(4)))).map(|_| T::der(choices)).collect()
}

/// `min` to `max` bytes.
fn octets(choices: &mut impl Choices, min: usize, max: usize) -> Vec<u8> {
    (0..size(choices, min, max)).map(|_| byte(choices, 0x100)).collect()
}

/// A length from `min` to `max`, mostly short; one in eight long enough for each form of a length.
fn size(choices: &mut impl Choices, min: usize, max: usize) -> usize {
    let most = if choices.below(8) == 7 { 300 } else { 12 };
    let span = max.saturating_sub(min).min(most).saturating_add(1);
    index(choices, span).saturating_add(min)
}

fn index(choices: &mut impl Choices, bound: usize) -> usize {
    let bound = u64::try_from(bound).unwrap_or(u64::MAX);
    usize::try_from(choices.below(bound)).unwrap_or_default()
}

fn byte(choices: &mut impl Choices, bound: u16) -> u8 {
    u8::try_from(choices.below(bound.into())).unwrap_or_default()
}

/// For the grammar macros: implements [`Generate`]. Without the feature it does nothing; it must not ask
/// `cfg(feature)` itself, which would be a question about the crate that uses it.
#[doc(hidden)]
#[macro_export]
macro_rules! __generate_sequence {
    ([$($generics:tt)*] $own:ty { $($type:ty $(= $default:expr)?),* }) => {
        impl $($generics)* $crate::generate::Generate for $own {
            fn der(choices: &mut impl $crate::generate::Choices) -> $crate::generate::Bytes {
                let mut contents = $crate::generate::Bytes::new();
                $(contents.append(&mut $crate::__generate_sequence!(@ choices $type $(= $default)?));)*
                $crate::generate::element($crate::Tag::SEQUENCE, &contents)
            }
        }
    };
    (@ $choices:ident $type:ty) => { <$type as $crate::generate::Generate>::der($choices) };
    (@ $choices:ident $type:ty = $default:expr) => {{
        let default: $type = $default;
        $crate::generate::unless_default(<$type as $crate::generate::Generate>::der($choices), &default)
    }};
}

/// For the grammar macros: see [`__generate_sequence!`](crate::__generate_sequence!).
#[doc(hidden)]
#[macro_export]
macro_rules! __generate_choice {
    ([$($generics:tt)*] $own:ty { $($type:ty),* }) => {
        impl $($generics)* $crate::generate::Generate for $own {
            fn der(choices: &mut impl $crate::generate::Choices) -> $crate::generate::Bytes {
                let mut countdown = choices.below(0 $(+ $crate::generate::one::<$type>())*);
                $(
                    if countdown == 0 {
                        return <$type as $crate::generate::Generate>::der(choices);
                    }
                    countdown = countdown.wrapping_sub(1);
                )*
                $crate::generate::Bytes::new()
            }
        }
    };
}
