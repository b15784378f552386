//! OBJECT IDENTIFIER (X.690 §8.19): [`Oid`], and [`oid!`](crate::oid!) for constants.
use crate::error::{Error, ErrorKind};
use crate::read::{DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};
use core::fmt;

/// An OBJECT IDENTIFIER, as its contents octets. Constants of it may stand in patterns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid<'a>(&'a [u8]);

/// `oid!(2.5.29.15)`: an [`Oid`] made by the compiler, which refuses one that is wrong.
#[macro_export]
macro_rules! oid {
    ($($arc:tt)*) => {
        const {
            const TEXT: &str = ::core::stringify!($($arc)*);
            const LENGTH: usize = $crate::oid_literal::length(TEXT);
            const CONTENTS: [u8; LENGTH] = $crate::oid_literal::contents(TEXT);
            match $crate::Oid::new(&CONTENTS) {
                Ok(oid) => oid,
                Err(_) => ::core::panic!("not an object identifier"),
            }
        }
    };
}

impl<'a> Oid<'a> {
    /// The identifier with these contents octets: base 128, big-endian, minimal.
    ///
    /// # Errors
    /// [`ErrorKind::ObjectIdentifier`] if there is no arc, or no end of the last; [`ErrorKind::NonMinimalArc`];
    /// [`ErrorKind::LargeArc`] over 128 bits.
    pub const fn new(contents: &'a [u8]) -> Result<Self, ErrorKind> {
        let mut rest = contents;
        let mut arc: u128 = 0;
        let mut begins = true;
        while let [octet, behind @ ..] = rest {
            if begins && *octet == CONTINUED {
                return Err(ErrorKind::NonMinimalArc);
            }
            if arc >> (u128::BITS - 7) != 0 {
                return Err(ErrorKind::LargeArc);
            }
            #[allow(clippy::as_conversions, reason = "`From` is not const, and nothing is lost")]
            let seven = (*octet & !CONTINUED) as u128;
            arc = arc << 7 | seven;
            begins = *octet & CONTINUED == 0;
            if begins {
                arc = 0;
            }
            rest = behind;
        }
        if begins && !contents.is_empty() { Ok(Self(contents)) } else { Err(ErrorKind::ObjectIdentifier) }
    }
    /// The contents octets.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
    /// The numbers that the octets say, of which the first stands for two arcs: 40 a + b, with a at most 2.
    fn subidentifiers(&self) -> impl Iterator<Item = u128> + use<'a> {
        self.0
            .split_inclusive(|octet| octet & CONTINUED == 0)
            .map(|octets| octets.iter().fold(0, |arc, octet| arc << 7 | u128::from(octet & !CONTINUED)))
    }
}
impl Tagged for Oid<'_> {
    const TAG: Tag = Tag::OID;
}
impl<'a> DecodeValue<'a> for Oid<'a> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        contents.take_rest(Self::new)
    }
}
impl EncodeValue for Oid<'_> {
    fn encode_value(&self, writer: &mut Writer) {
        writer.bytes(self.0);
    }
}

/// Dotted decimal.
impl fmt::Display for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut numbers = self.subidentifiers();
        match numbers.next().unwrap_or_default() {
            first @ 0..40 => write!(f, "0.{first}")?,
            first @ 40..80 => write!(f, "1.{}", first.saturating_sub(40))?,
            first => write!(f, "2.{}", first.saturating_sub(80))?,
        }
        numbers.try_for_each(|arc| write!(f, ".{arc}"))
    }
}
impl fmt::Debug for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

/// The highest bit of an octet that another of the same arc follows.
const CONTINUED: u8 = 0x80;

/// What [`oid!`](crate::oid!) asks of the compiler: contents octets of dotted decimal.
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    reason = "run by the compiler on constants, where a panic is an error with a line"
)]
pub mod literal {
    use super::CONTINUED;

    /// How many contents octets `text` has.
    #[must_use]
    pub const fn length(text: &str) -> usize {
        let (mut length, mut at) = (0, SECOND_ARC);
        while let Some(arc) = arc(text, at) {
            length += octets(arc);
            at += 1;
        }
        length
    }
    /// The contents octets of `text`.
    #[must_use]
    pub const fn contents<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
        let mut contents = [0; LENGTH];
        let (mut length, mut at) = (0, SECOND_ARC);
        while let Some(arc) = arc(text, at) {
            let mut left = octets(arc);
            while left > 0 {
                left -= 1;
                let more = if left == 0 { 0 } else { CONTINUED };
                contents[length] = (arc >> (7 * left)) as u8 & !CONTINUED | more;
                length += 1;
            }
            at += 1;
        }
        contents
    }
    /// The number that the arc at `index` stands for; the second stands for the first two (X.690 §8.19.4).
    const fn arc(text: &str, index: usize) -> Option<u64> {
        let (number, first) = (number(text, index), number(text, 0));
        match (number, first) {
            (Some(second), Some(first)) if index == SECOND_ARC => {
                assert!(
                    first < 2 && second < 40 || first == 2,
                    "arcs begin with 0.0 to 0.39, 1.0 to 1.39, or 2"
                );
                Some(40 * first + second)
            }
            _ => number,
        }
    }
    /// The number at `index`, counted from 0.
    const fn number(text: &str, index: usize) -> Option<u64> {
        let text = text.as_bytes();
        let (mut dots, mut at, mut number) = (0, 0, None);
        while at < text.len() {
            match text[at] {
                b'.' => dots += 1,
                digit @ b'0'..=b'9' if dots == index => {
                    let before = match number {
                        Some(before) => before,
                        None => 0,
                    };
                    number = Some(before * 10 + (digit - b'0') as u64);
                }
                b'0'..=b'9' | b' ' => {}
                _ => panic!("an object identifier is numbers and dots"),
            }
            at += 1;
        }
        assert!(number.is_some() || dots < index, "an arc without a number");
        number
    }
    /// How many octets of seven bits `arc` needs.
    const fn octets(arc: u64) -> usize {
        let bits = u64::BITS - (arc | 1).leading_zeros();
        bits.div_ceil(7) as usize
    }

    const SECOND_ARC: usize = 1;
}
