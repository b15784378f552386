//! BIT STRING (X.690 §8.6, §11.2): primitive only, with zeros in the unused bits.
use crate::error::{Error, ErrorKind};
use crate::read::{Decode, DecodeValue, Reader, Span, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};

/// BIT STRING of at most `MAX` bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BitString<'a, const MAX: usize> {
    unused: u8,
    bytes: Span<'a>,
}

impl<'a, const MAX: usize> BitString<'a, MAX> {
    /// A string of whole bytes.
    ///
    /// # Errors
    /// [`ErrorKind::TooLong`] over `MAX` bytes.
    pub const fn new(bytes: &'a [u8]) -> Result<Self, ErrorKind> {
        Self::with_unused(0, bytes)
    }
    /// A string whose last byte ends in `unused` bits that do not count.
    ///
    /// # Errors
    /// [`ErrorKind::UnusedBits`] over seven, or of no byte; [`ErrorKind::BitPadding`] if one of them is set;
    /// [`ErrorKind::TooLong`] over `MAX` bytes.
    pub const fn with_unused(unused: u8, bytes: &'a [u8]) -> Result<Self, ErrorKind> {
        let last = match bytes {
            [.., last] => *last,
            [] if unused == 0 => 0,
            [] => return Err(ErrorKind::UnusedBits),
        };
        if unused > 7 {
            Err(ErrorKind::UnusedBits)
        } else if last & !(u8::MAX << unused) != 0 {
            Err(ErrorKind::BitPadding)
        } else if bytes.len() > MAX {
            Err(ErrorKind::TooLong)
        } else {
            Ok(Self { unused, bytes: Span::new(bytes) })
        }
    }
    /// The bytes, the last of which may have unused bits; they are zero.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes.bytes
    }
    /// How many bits of the last byte do not count: 0 to 7.
    #[must_use]
    pub const fn unused(&self) -> u8 {
        self.unused
    }
    /// The bytes, if all bits count.
    #[must_use]
    pub const fn whole_bytes(&self) -> Option<&'a [u8]> {
        if self.unused == 0 { Some(self.bytes.bytes) } else { None }
    }
    /// `BIT STRING (CONTAINING T)`: the value whose encoding the string is. Offsets in errors are those of the
    /// outermost input.
    ///
    /// # Errors
    /// As `T::from_der`, and [`ErrorKind::UnusedBits`] unless all bits count.
    pub fn decode_as<T: Decode<'a>>(&self) -> Result<T, Error> {
        if self.unused != 0 {
            return Err(self.bytes.reader().error(ErrorKind::UnusedBits));
        }
        self.bytes.decode()
    }
}
impl<const MAX: usize> Tagged for BitString<'_, MAX> {
    const TAG: Tag = Tag::BIT_STRING;
}
impl<'a, const MAX: usize> DecodeValue<'a> for BitString<'a, MAX> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        let start = contents.error(ErrorKind::UnusedBits);
        let unused = *contents.take(1).ok().and_then(<[u8]>::first).ok_or(start)?;
        let bytes = contents.take_span();
        let checked = Self::with_unused(unused, bytes.bytes).map_err(|kind| Error { kind, ..start })?;
        Ok(Self { bytes, ..checked })
    }
}
impl<const MAX: usize> EncodeValue for BitString<'_, MAX> {
    fn encode_value(&self, writer: &mut Writer) {
        writer.bytes(&[self.unused]);
        writer.bytes(self.bytes.bytes);
    }
}

/// BIT STRING with a list of named bits, 16 at most: zeros at its end are not encoded (X.690 §11.2.2).
///
/// Bit 0 of the list is the highest bit of the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamedBits(u16);

impl NamedBits {
    /// With none of the bits set.
    pub const NONE: Self = Self(0);

    /// With bit `number` set as well; from 16 on, nothing happens.
    #[must_use]
    pub const fn with(self, number: u8) -> Self {
        Self(self.0 | Self::bit(number))
    }
    /// Whether bit `number` is set.
    #[must_use]
    pub const fn contains(self, number: u8) -> bool {
        self.0 & Self::bit(number) != 0
    }
    /// Whether no bit is set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    const fn bit(number: u8) -> u16 {
        if number < 16 { 0x8000 >> number } else { 0 }
    }
}
impl Tagged for NamedBits {
    const TAG: Tag = Tag::BIT_STRING;
}
impl<'a> DecodeValue<'a> for NamedBits {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        let start = contents.error(ErrorKind::BitPadding);
        let string = BitString::<2>::decode_value(contents)?;
        let (bits, last) = match *string.as_bytes() {
            [] => return Ok(Self::NONE),
            [first] => (u16::from_be_bytes([first, 0]), first),
            [first, second, ..] => (u16::from_be_bytes([first, second]), second),
        };
        // The last bit that counts must be set, or it would not be there.
        if last.trailing_zeros() != u32::from(string.unused) {
            return Err(start);
        }
        Ok(Self(bits))
    }
}
impl EncodeValue for NamedBits {
    fn encode_value(&self, writer: &mut Writer) {
        let [first, second] = self.0.to_be_bytes();
        let unused = |byte: u8| u8::try_from(byte.trailing_zeros()).unwrap_or_default();
        match (first, second) {
            (0, 0) => writer.bytes(&[0]),
            (first, 0) => writer.bytes(&[unused(first), first]),
            (first, second) => writer.bytes(&[unused(second), first, second]),
        }
    }
}
