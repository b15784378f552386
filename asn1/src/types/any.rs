//! [`Any`]: an element of a type that only its surroundings know.
use crate::error::Error;
use crate::read::{Decode, Reader, Span};
use crate::tag::{Tag, TagSet};
use crate::write::{Encode, Writer};

/// One element, of which only the header has been looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Any<'a> {
    tag: Tag,
    element: Span<'a>,
    contents: Span<'a>,
}

impl<'a> Any<'a> {
    /// NULL, as it stands in the parameters of so many algorithms.
    pub const NULL: Self = Self::constant(&[0x05, 0x00]);

    /// The element `der`, for constants.
    ///
    /// # Panics
    /// If it is not one whole element of fewer than 128 bytes of contents; in a constant that is a compile error.
    #[must_use]
    #[allow(clippy::as_conversions, reason = "`From` is not const, and nothing is lost")]
    #[allow(clippy::panic, reason = "meant for the compiler, where a panic is an error with a line")]
    pub const fn constant(der: &'a [u8]) -> Self {
        match der {
            [octet, length @ 0..0x80, contents @ ..] if contents.len() == *length as usize => {
                let Some(tag) = Tag::from_octet(*octet) else { panic!("not a tag of one octet") };
                Self { tag, element: Span::new(der), contents: Span::new(contents) }
            }
            _ => panic!("not one short element"),
        }
    }
    /// The tag.
    #[must_use]
    pub const fn tag(&self) -> Tag {
        self.tag
    }
    /// Header and contents.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.element.bytes
    }
    /// A reader over the contents, which are elements themselves if the tag is a constructed one.
    #[must_use]
    pub const fn contents(&self) -> Reader<'a> {
        self.contents.reader()
    }
    /// The element as a value of type `T`. Offsets in errors are those of the outermost input.
    ///
    /// # Errors
    /// As `T::decode`.
    pub fn decode_as<T: Decode<'a>>(&self) -> Result<T, Error> {
        self.element.decode()
    }
}
impl<'a> Decode<'a> for Any<'a> {
    const TAGS: TagSet = TagSet::ALL;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let start = reader.ahead();
        let (tag, contents) = reader.element()?;
        Ok(Self { tag, element: start.until(reader), contents })
    }
}
impl Encode for Any<'_> {
    fn encode(&self, writer: &mut Writer) {
        writer.bytes(self.element.bytes);
    }
}
