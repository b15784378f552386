//! The proof that a path is valid.
use crate::certificate::Certificate;
use alloc::vec::Vec;

/// A path that was found valid for the purpose, name and time that [`crate::Verifier::verify`] was asked about. Nothing
/// else makes one.
#[derive(Clone, Debug)]
#[must_use = "who has verified a path should go on with what the path proves"]
pub struct ValidPath<'a> {
    end_entity: &'a Certificate<'a>,
    intermediates: Vec<&'a Certificate<'a>>,
    anchor: usize,
}

impl<'a> ValidPath<'a> {
    pub(super) const fn new(
        end_entity: &'a Certificate<'a>,
        intermediates: Vec<&'a Certificate<'a>>,
        anchor: usize,
    ) -> Self {
        Self { end_entity, intermediates, anchor }
    }
    /// The certificate of who was verified.
    #[must_use]
    pub const fn end_entity(&self) -> &'a Certificate<'a> {
        self.end_entity
    }
    /// The path from the end entity up: each certificate is signed by the next, and the last by the anchor.
    pub fn certificates(&self) -> impl DoubleEndedIterator<Item = &'a Certificate<'a>> {
        core::iter::once(self.end_entity).chain(self.intermediates.iter().copied())
    }
    /// The index of the anchor in [`crate::Verifier::anchors`].
    #[must_use]
    pub const fn anchor(&self) -> usize {
        self.anchor
    }
}
