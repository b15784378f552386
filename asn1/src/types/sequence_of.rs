//! SEQUENCE OF (X.690 §8.10).
use crate::error::{Error, ErrorKind};
use crate::read::{Decode, DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{Encode, EncodeValue, Writer};
use alloc::vec::Vec;
use core::ops::Deref;

/// SEQUENCE SIZE (`MIN`..`MAX`) OF T. It is a slice of its elements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SequenceOf<T, const MAX: usize, const MIN: usize = 0>(Vec<T>);

impl<T, const MAX: usize, const MIN: usize> SequenceOf<T, MAX, MIN> {
    /// The sequence of these elements.
    ///
    /// # Errors
    /// [`ErrorKind::TooFew`] under `MIN`, [`ErrorKind::TooMany`] over `MAX`.
    pub fn new(elements: Vec<T>) -> Result<Self, ErrorKind> {
        match elements.len() {
            few if few < MIN => Err(ErrorKind::TooFew),
            many if many > MAX => Err(ErrorKind::TooMany),
            _ => Ok(Self(elements)),
        }
    }
}
impl<T, const MAX: usize, const MIN: usize> Deref for SequenceOf<T, MAX, MIN> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}
impl<'s, T, const MAX: usize, const MIN: usize> IntoIterator for &'s SequenceOf<T, MAX, MIN> {
    type Item = &'s T;
    type IntoIter = core::slice::Iter<'s, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
impl<T, const MAX: usize, const MIN: usize> Tagged for SequenceOf<T, MAX, MIN> {
    const TAG: Tag = Tag::SEQUENCE;
}
impl<'a, T: Decode<'a>, const MAX: usize, const MIN: usize> DecodeValue<'a> for SequenceOf<T, MAX, MIN> {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        Self::decode_each(contents, |_| true)
    }
}
impl<'a, T: Decode<'a>, const MAX: usize, const MIN: usize> SequenceOf<T, MAX, MIN> {
    /// Decodes elements as long as their encodings are `in_order`.
    pub(super) fn decode_each(
        contents: &mut Reader<'a>,
        mut in_order: impl FnMut(&'a [u8]) -> bool,
    ) -> Result<Self, Error> {
        let whole = contents.ahead();
        let mut elements = Vec::new();
        while !contents.is_empty() {
            if elements.len() == MAX {
                return Err(contents.error(ErrorKind::TooMany));
            }
            let element = contents.ahead();
            elements.push(T::decode(contents)?);
            if !in_order(element.until(contents).bytes) {
                return Err(element.reader().error(ErrorKind::SetOrder));
            }
        }
        Self::new(elements).map_err(|kind| whole.reader().error(kind))
    }
}
impl<T: Encode, const MAX: usize, const MIN: usize> EncodeValue for SequenceOf<T, MAX, MIN> {
    fn encode_value(&self, writer: &mut Writer) {
        for element in self {
            element.encode(writer);
        }
    }
}
