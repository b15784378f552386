//! NULL (X.690 §8.8).
use crate::error::Error;
use crate::read::{DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};

/// NULL: nothing, said aloud.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Null;

impl Tagged for Null {
    const TAG: Tag = Tag::NULL;
}
impl<'a> DecodeValue<'a> for Null {
    fn decode_value(_: &mut Reader<'a>) -> Result<Self, Error> {
        Ok(Self)
    }
}
impl EncodeValue for Null {
    fn encode_value(&self, _: &mut Writer) {}
}
