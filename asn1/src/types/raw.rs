//! [`Raw`]: what something means, beside the bytes that say it.
use crate::error::Error;
use crate::read::{Decode, Reader};
use crate::tag::TagSet;
use crate::write::{Encode, Writer};

/// A value with its encoding. What is signed or hashed is `der`, as it came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Raw<'a, T> {
    /// The bytes that `value` was decoded from.
    pub der: &'a [u8],
    /// What they mean.
    pub value: T,
}

impl<'a, T: Decode<'a>> Decode<'a> for Raw<'a, T> {
    const TAGS: TagSet = T::TAGS;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let start = reader.ahead();
        let value = T::decode(reader)?;
        Ok(Self { der: start.until(reader).bytes, value })
    }
}
impl<T> Encode for Raw<'_, T> {
    fn encode(&self, writer: &mut Writer) {
        writer.bytes(self.der);
    }
}
