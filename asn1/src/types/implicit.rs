//! IMPLICIT tags (X.690 §8.14.3): another identifier before the same contents.
use crate::error::Error;
use crate::read::{DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};

/// `[N] IMPLICIT T`, with `N` below 31. A CHOICE has no tag to be replaced, and does not compile here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Implicit<const N: u8, T>(pub T);

impl<const N: u8, T: Tagged> Tagged for Implicit<N, T> {
    const TAG: Tag = Tag::context(N).in_form_of(T::TAG);
}
impl<'a, const N: u8, T: DecodeValue<'a>> DecodeValue<'a> for Implicit<N, T> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        T::decode_value(contents).map(Self)
    }
}
impl<const N: u8, T: EncodeValue> EncodeValue for Implicit<N, T> {
    fn encode_value(&self, writer: &mut Writer) {
        self.0.encode_value(writer);
    }
}
