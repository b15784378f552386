//! EXPLICIT tags (X.690 §8.14.2): an element around an element.
use crate::error::Error;
use crate::read::{Decode, DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{Encode, EncodeValue, Writer};

/// `[N] EXPLICIT T`, with `N` below 31.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Explicit<const N: u8, T>(pub T);

impl<const N: u8, T> Tagged for Explicit<N, T> {
    const TAG: Tag = Tag::context(N).constructed();
}
impl<'a, const N: u8, T: Decode<'a>> DecodeValue<'a> for Explicit<N, T> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        T::decode(contents).map(Self)
    }
}
impl<const N: u8, T: Encode> EncodeValue for Explicit<N, T> {
    fn encode_value(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }
}
