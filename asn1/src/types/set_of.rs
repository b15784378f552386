//! SET OF (X.690 §8.12, §11.6): a SEQUENCE OF that is sorted by the encodings of its elements.
use crate::error::{Error, ErrorKind};
use crate::read::{Decode, DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::types::sequence_of::SequenceOf;
use crate::write::{Encode, EncodeValue, Writer};
use alloc::vec::Vec;
use core::ops::Deref;

/// SET SIZE (`MIN`..`MAX`) OF T. It is a slice of its elements, in the order of their encodings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetOf<T, const MAX: usize, const MIN: usize = 0>(SequenceOf<T, MAX, MIN>);

impl<T: Encode, const MAX: usize, const MIN: usize> SetOf<T, MAX, MIN> {
    /// The set of these elements, which are sorted.
    ///
    /// # Errors
    /// [`ErrorKind::TooFew`] under `MIN`, [`ErrorKind::TooMany`] over `MAX`.
    pub fn new(mut elements: Vec<T>) -> Result<Self, ErrorKind> {
        elements.sort_by_cached_key(Encode::to_der);
        SequenceOf::new(elements).map(Self)
    }
}
impl<T, const MAX: usize, const MIN: usize> Deref for SetOf<T, MAX, MIN> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}
impl<'s, T, const MAX: usize, const MIN: usize> IntoIterator for &'s SetOf<T, MAX, MIN> {
    type Item = &'s T;
    type IntoIter = core::slice::Iter<'s, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
impl<T, const MAX: usize, const MIN: usize> Tagged for SetOf<T, MAX, MIN> {
    const TAG: Tag = Tag::SET;
}
impl<'a, T: Decode<'a>, const MAX: usize, const MIN: usize> DecodeValue<'a> for SetOf<T, MAX, MIN> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        // X.690 §11.6 pads the shorter of two encodings with zeros. None is the beginning of another, since each
        // says its length, so slices compare the same.
        let mut before: &[u8] = &[];
        SequenceOf::decode_each(contents, |element| core::mem::replace(&mut before, element) <= element)
            .map(Self)
    }
}
impl<T: Encode, const MAX: usize, const MIN: usize> EncodeValue for SetOf<T, MAX, MIN> {
    fn encode_value(&self, writer: &mut Writer) {
        self.0.encode_value(writer);
    }
}
