//! The presentation language (RFC 5246 §4): numbers, counted vectors, and a cursor that is always finished.
use crate::error::{Error, Structure};
use crate::registry::HandshakeType;
use alloc::vec::Vec;

/// A cursor over one structure. Whatever it cannot give is [`Error::Decode`] of that structure.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    of: Structure,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8], of: Structure) -> Self {
        Self { rest: bytes, of }
    }
    pub(crate) const fn bad(&self) -> Error {
        Error::Decode(self.of)
    }
    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
    /// All that is left.
    pub(crate) fn rest(&mut self) -> &'a [u8] {
        core::mem::take(&mut self.rest)
    }
    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(self.bad())?;
        self.rest = rest;
        Ok(taken)
    }
    pub(crate) fn array<const N: usize>(&mut self) -> Result<&'a [u8; N], Error> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(self.bad())?;
        self.rest = rest;
        Ok(taken)
    }
    pub(crate) fn u8(&mut self) -> Result<u8, Error> {
        self.array().map(|bytes| u8::from_be_bytes(*bytes))
    }
    pub(crate) fn u16(&mut self) -> Result<u16, Error> {
        self.array().map(|bytes| u16::from_be_bytes(*bytes))
    }
    pub(crate) fn u24(&mut self) -> Result<usize, Error> {
        self.array().map(|[a, b, c]| usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c))
    }
    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        self.array().map(|bytes| u32::from_be_bytes(*bytes))
    }
    /// `opaque<0..2^8-1>`
    pub(crate) fn vec8(&mut self) -> Result<&'a [u8], Error> {
        let length = self.u8()?;
        self.take(length.into())
    }
    /// `opaque<0..2^16-1>`
    pub(crate) fn vec16(&mut self) -> Result<&'a [u8], Error> {
        let length = self.u16()?;
        self.take(length.into())
    }
    /// `opaque<0..2^24-1>`
    pub(crate) fn vec24(&mut self) -> Result<&'a [u8], Error> {
        let length = self.u24()?;
        self.take(length)
    }
    /// The vector's content as a structure of its own; its end must be its user's end.
    pub(crate) const fn inside(&self, vector: &'a [u8]) -> Self {
        Self { rest: vector, of: self.of }
    }
    /// Items until nothing is left; an empty list is bad, as TLS's lists are `<1..>` where we read them so.
    pub(crate) fn list<T>(
        &self,
        vector: &'a [u8],
        mut item: impl FnMut(&mut Self) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut inside = self.inside(vector);
        let mut items = Vec::new();
        while !inside.is_empty() {
            items.push(item(&mut inside)?);
        }
        if items.is_empty() { Err(self.bad()) } else { Ok(items) }
    }
    /// Code points of two bytes, at least one.
    pub(crate) fn codes<T: From<u16>>(&self, vector: &'a [u8]) -> Result<Vec<T>, Error> {
        self.list(vector, |reader| reader.u16().map(T::from))
    }
    pub(crate) const fn finish(self) -> Result<(), Error> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.bad()) }
    }
}

/// The body of a handshake message, read.
pub(crate) trait Decode<'a>: Sized {
    const KIND: HandshakeType;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error>;
    /// The whole of `body`, or an error.
    fn whole(body: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(body, Structure::Handshake(Self::KIND));
        let value = Self::decode(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }
}

/// The body of a handshake message, written.
pub(crate) trait Encode {
    const KIND: HandshakeType;
    fn encode(&self, out: &mut Vec<u8>);
    /// With its header of four bytes, as the transcript hears it.
    fn framed(&self) -> Vec<u8> {
        let mut out = alloc::vec![Self::KIND.into()];
        vec24(&mut out, |out| self.encode(out));
        out
    }
}

/// What `content` writes, behind its length in one byte.
pub(crate) fn vec8(out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
    counted::<1>(out, content);
}
/// What `content` writes, behind its length in two bytes.
pub(crate) fn vec16(out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
    counted::<2>(out, content);
}
/// What `content` writes, behind its length in three bytes.
pub(crate) fn vec24(out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
    counted::<3>(out, content);
}
/// Code points of two bytes each.
pub(crate) fn codes<T: Copy + Into<u16>>(out: &mut Vec<u8>, codes: &[T]) {
    for code in codes {
        out.extend((*code).into().to_be_bytes());
    }
}

/// The length is written where it belongs once it is known. Configurations are small: a length that does not fit
/// its bytes is a bug of ours, and the peer will say so.
fn counted<const N: usize>(out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
    let at = out.len();
    out.extend([0; N]);
    content(out);
    let length = (out.len() - at - N).to_be_bytes();
    debug_assert!(
        length.iter().rev().skip(N).all(|byte| *byte == 0),
        "a vector longer than its length field"
    );
    if let (Some(field), Some(length)) = (out.get_mut(at..at + N), length.last_chunk::<N>()) {
        field.copy_from_slice(length);
    }
}
