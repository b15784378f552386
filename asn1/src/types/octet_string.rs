//! OCTET STRING (X.690 §8.7, §10.2): primitive only.
use crate::error::{Error, ErrorKind};
use crate::read::{Decode, DecodeValue, Reader, Span, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};

/// OCTET STRING of at most `MAX` bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OctetString<'a, const MAX: usize>(Span<'a>);

impl<'a, const MAX: usize> OctetString<'a, MAX> {
    /// The string of these bytes.
    ///
    /// # Errors
    /// [`ErrorKind::TooLong`] over `MAX`.
    pub const fn new(bytes: &'a [u8]) -> Result<Self, ErrorKind> {
        if bytes.len() <= MAX { Ok(Self(Span::new(bytes))) } else { Err(ErrorKind::TooLong) }
    }
    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0.bytes
    }
    /// `OCTET STRING (CONTAINING T)`: the value whose encoding the string is. Offsets in errors are those of the
    /// outermost input.
    ///
    /// # Errors
    /// As `T::from_der`.
    pub fn decode_as<T: Decode<'a>>(&self) -> Result<T, Error> {
        self.0.decode()
    }
}
impl<const MAX: usize> Tagged for OctetString<'_, MAX> {
    const TAG: Tag = Tag::OCTET_STRING;
}
impl<'a, const MAX: usize> DecodeValue<'a> for OctetString<'a, MAX> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        let whole = contents.take_span();
        Self::new(whole.bytes).map_err(|kind| whole.reader().error(kind))?;
        Ok(Self(whole))
    }
}
impl<const MAX: usize> EncodeValue for OctetString<'_, MAX> {
    fn encode_value(&self, writer: &mut Writer) {
        writer.bytes(self.0.bytes);
    }
}
