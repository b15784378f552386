//! INTEGER (X.690 §8.3): two's complement in as few octets as possible.
use crate::error::{Error, ErrorKind};
use crate::read::{DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};

/// INTEGER of at most `MAX` octets of contents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Integer<'a, const MAX: usize>(&'a [u8]);

impl<'a, const MAX: usize> Integer<'a, MAX> {
    /// The integer with these contents: two's complement, big-endian, minimal.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyInteger`], [`ErrorKind::NonMinimalInteger`], or [`ErrorKind::TooLong`] over `MAX`.
    pub const fn new(contents: &'a [u8]) -> Result<Self, ErrorKind> {
        match contents {
            [] => Err(ErrorKind::EmptyInteger),
            // Nine equal bits at the beginning say no more than one.
            [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..] => Err(ErrorKind::NonMinimalInteger),
            _ if contents.len() > MAX => Err(ErrorKind::TooLong),
            _ => Ok(Self(contents)),
        }
    }
    /// The contents: two's complement, big-endian, minimal.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        matches!(self.0, [0x80..=0xff, ..])
    }
    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        matches!(self.0, [0])
    }
}
impl<const MAX: usize> Tagged for Integer<'_, MAX> {
    const TAG: Tag = Tag::INTEGER;
}
impl<'a, const MAX: usize> DecodeValue<'a> for Integer<'a, MAX> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        contents.take_rest(Self::new)
    }
}
impl<const MAX: usize> EncodeValue for Integer<'_, MAX> {
    fn encode_value(&self, writer: &mut Writer) {
        writer.bytes(self.0);
    }
}
#[cfg(feature = "num-bigint")]
impl<const MAX: usize> From<Integer<'_, MAX>> for num_bigint::BigInt {
    fn from(integer: Integer<'_, MAX>) -> Self {
        Self::from_signed_bytes_be(integer.0)
    }
}

/// INTEGER (0..256^`MAX` - 1): a magnitude of at most `MAX` bytes.
///
/// The number of leading zeros shows in the length of the encoding, by the nature of DER; nothing else of the value
/// decides a branch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unsigned<'a, const MAX: usize>(&'a [u8]);

impl<'a, const MAX: usize> Unsigned<'a, MAX> {
    /// The integer with this magnitude, big-endian; leading zeros are dropped.
    ///
    /// # Errors
    /// [`ErrorKind::TooLong`] if more than `MAX` bytes are left.
    pub const fn new(mut magnitude: &'a [u8]) -> Result<Self, ErrorKind> {
        while let [0, rest @ ..] = magnitude {
            magnitude = rest;
        }
        if magnitude.len() <= MAX { Ok(Self(magnitude)) } else { Err(ErrorKind::TooLong) }
    }
    /// The magnitude, big-endian, without leading zeros: nothing for zero.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}
impl<const MAX: usize> Tagged for Unsigned<'_, MAX> {
    const TAG: Tag = Tag::INTEGER;
}
impl<'a, const MAX: usize> DecodeValue<'a> for Unsigned<'a, MAX> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        contents.take_rest(|octets| {
            if Integer::<{ usize::MAX }>::new(octets)?.is_negative() {
                return Err(ErrorKind::NegativeInteger);
            }
            Self::new(octets)
        })
    }
}
impl<const MAX: usize> EncodeValue for Unsigned<'_, MAX> {
    fn encode_value(&self, writer: &mut Writer) {
        // Without the zero, the highest bit would be a sign.
        if matches!(self.0, [] | [0x80..=0xff, ..]) {
            writer.bytes(&[0]);
        }
        writer.bytes(self.0);
    }
}
#[cfg(feature = "num-bigint")]
impl<const MAX: usize> From<Unsigned<'_, MAX>> for num_bigint::BigInt {
    fn from(integer: Unsigned<'_, MAX>) -> Self {
        Self::from_bytes_be(num_bigint::Sign::Plus, integer.0)
    }
}

macro_rules! small {
    ($($word:ty)*) => { $(
        impl Tagged for $word {
            const TAG: Tag = Tag::INTEGER;
        }
        impl<'a> DecodeValue<'a> for $word {
            fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
                const OCTETS: usize = size_of::<$word>();
                let magnitude = Unsigned::<'a, OCTETS>::decode_value(contents)?;
                let mut word = [0; OCTETS];
                for (to, from) in word.iter_mut().rev().zip(magnitude.as_bytes().iter().rev()) {
                    *to = *from;
                }
                Ok(Self::from_be_bytes(word))
            }
        }
        impl EncodeValue for $word {
            fn encode_value(&self, writer: &mut Writer) {
                let octets = self.to_be_bytes();
                if let Ok(magnitude) = Unsigned::<{ size_of::<$word>() }>::new(&octets) {
                    magnitude.encode_value(writer);
                }
            }
        }
    )* };
}
small!(u8 u16 u32 u64);
