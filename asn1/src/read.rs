//! Bytes → value: [`Reader`], a cursor over strict DER (X.690 §8.1, §10), and [`Decode`], what it reads.
use crate::error::{Error, ErrorKind};
use crate::tag::{Tag, TagSet};

/// How deep constructed values may be nested. A certificate with name constraints needs nine.
pub const DEPTH: u8 = 16;

/// A type with a DER form.
pub trait Decode<'a>: Sized {
    /// The tags that a value may begin with.
    const TAGS: TagSet;

    /// Reads one value and leaves the reader behind it.
    ///
    /// # Errors
    /// Anything but this type in strict DER. The reader is then good for nothing more.
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error>;

    /// The value whose encoding is `input`, the whole of it.
    ///
    /// # Errors
    /// As [`Decode::decode`], and [`ErrorKind::TrailingData`].
    fn from_der(input: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(input);
        let value = Self::decode(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }
}

/// A type with one tag of its own, which [`crate::Implicit`] can exchange.
pub trait Tagged {
    /// The tag, in the form (primitive, constructed) that the type has.
    const TAG: Tag;
}

/// The contents of a type with one tag. Such a type has [`Decode`].
pub trait DecodeValue<'a>: Tagged + Sized {
    /// Reads the contents. The caller sees to it that nothing is left of them.
    ///
    /// # Errors
    /// Contents that are not of this type in strict DER.
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error>;
}

impl<'a, T: DecodeValue<'a>> Decode<'a> for T {
    const TAGS: TagSet = TagSet::of(T::TAG);
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        reader.read(T::TAG, T::decode_value)
    }
}

/// A cursor over DER that knows where in the outermost input it is, and how much deeper it may go.
#[derive(Debug)]
pub struct Reader<'a>(Span<'a>);

impl<'a> Reader<'a> {
    /// At the beginning of the outermost input.
    #[must_use]
    pub const fn new(input: &'a [u8]) -> Self {
        Self(Span::new(input))
    }
    /// The offset of the next byte in the outermost input.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.0.at
    }
    /// Whether nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.bytes.is_empty()
    }
    /// What is left.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.0.bytes
    }
    /// `kind` at the next byte.
    #[must_use]
    pub const fn error(&self, kind: ErrorKind) -> Error {
        Error { at: self.0.at, kind }
    }

    /// The value of type `T`, if one begins here.
    ///
    /// # Errors
    /// As `T::decode`, once its tag has been seen.
    pub fn optional<T: Decode<'a>>(&mut self) -> Result<Option<T>, Error> {
        if self.begins(T::TAGS) { T::decode(self).map(Some) } else { Ok(None) }
    }
    /// Whether the next element has a tag of `tags`.
    #[must_use]
    pub fn begins(&self, tags: TagSet) -> bool {
        self.0.bytes.first().and_then(|octet| Tag::from_octet(*octet)).is_some_and(|tag| tags.contains(tag))
    }
    /// Reads the element with this tag by giving its contents to `value`, which must use them up.
    ///
    /// # Errors
    /// Another tag, a bad header, whatever `value` finds, and [`ErrorKind::TrailingData`] behind it.
    pub fn read<T>(
        &mut self,
        tag: Tag,
        value: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.peek()? != tag {
            return Err(self.error(ErrorKind::UnexpectedTag));
        }
        let mut contents = Self(self.element()?.1);
        let value = value(&mut contents)?;
        contents.finish()?;
        Ok(value)
    }
    /// The tag of the next element.
    ///
    /// # Errors
    /// No element, or a tag that DER has not.
    pub fn peek(&self) -> Result<Tag, Error> {
        let octet = self.0.bytes.first().ok_or(ErrorKind::Truncated);
        octet.and_then(|octet| Tag::in_der(*octet)).map_err(|kind| self.error(kind))
    }
    /// The next element, whatever it is: its tag and its contents.
    pub(crate) fn element(&mut self) -> Result<(Tag, Span<'a>), Error> {
        let tag = self.peek()?;
        let depth = self.0.depth.checked_sub(u8::from(tag.is_constructed()));
        let depth = depth.ok_or(self.error(ErrorKind::TooDeep))?;
        self.take(1)?;
        let (length, octets) = length(self.0.bytes).map_err(|kind| self.error(kind))?;
        self.take(octets)?;
        let at = self.0.at;
        Ok((tag, Span { bytes: self.take(length)?, at, depth }))
    }
    /// The next `length` bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if there are fewer.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.0.bytes.split_at_checked(length).ok_or(self.error(ErrorKind::Truncated))?;
        self.0.at = self.0.at.saturating_add(length);
        self.0.bytes = rest;
        Ok(taken)
    }
    /// All that is left, through `check`, whose complaint gets the place where the contents begin.
    ///
    /// # Errors
    /// What `check` returns.
    pub fn take_rest<T>(&mut self, check: impl FnOnce(&'a [u8]) -> Result<T, ErrorKind>) -> Result<T, Error> {
        let value = check(self.0.bytes).map_err(|kind| self.error(kind));
        self.take_span();
        value
    }
    /// All that is left, with its place.
    pub(crate) fn take_span(&mut self) -> Span<'a> {
        let end = Span { bytes: &[], at: self.0.at.saturating_add(self.0.bytes.len()), depth: self.0.depth };
        core::mem::replace(&mut self.0, end)
    }
    /// All that is left, with its place, for a second look.
    pub(crate) const fn ahead(&self) -> Span<'a> {
        self.0
    }
    /// Nothing may be left.
    ///
    /// # Errors
    /// [`ErrorKind::TrailingData`].
    pub fn finish(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(self.error(ErrorKind::TrailingData)) }
    }
}

/// The length that `octets` begin with, and how many of them say it: it is definite, in as few octets as possible
/// (X.690 §10.1), and four at most.
fn length(octets: &[u8]) -> Result<(usize, usize), ErrorKind> {
    let (length, count) = match *octets {
        [short @ 0..0x80, ..] => return Ok((short.into(), 1)),
        [0x81, a @ 0x80..=0xff, ..] => (a.into(), 2),
        [0x82, a @ 1..=0xff, b, ..] => (u16::from_be_bytes([a, b]).into(), 3),
        [0x83, a @ 1..=0xff, b, c, ..] => (u32::from_be_bytes([0, a, b, c]), 4),
        [0x84, a @ 1..=0xff, b, c, d, ..] => (u32::from_be_bytes([a, b, c, d]), 5),
        [0x81, _, ..] | [0x82, _, _, ..] | [0x83, _, _, _, ..] | [0x84, _, _, _, _, ..] => {
            return Err(ErrorKind::NonMinimalLength);
        }
        [0x80, ..] => return Err(ErrorKind::IndefiniteLength),
        [0x85..=0xff, ..] => return Err(ErrorKind::LongLength),
        [0x81..=0x84, ..] | [] => return Err(ErrorKind::Truncated),
    };
    Ok((usize::try_from(length).map_err(|_| ErrorKind::LongLength)?, count))
}

/// Bytes that remember where they stood, so that what is decoded from them later still says the right offset and
/// keeps the right depth. Equal if the bytes are.
#[derive(Clone, Copy)]
pub(crate) struct Span<'a> {
    pub(crate) bytes: &'a [u8],
    at: usize,
    depth: u8,
}

impl<'a> Span<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, depth: DEPTH }
    }
    pub(crate) const fn reader(self) -> Reader<'a> {
        Reader(self)
    }
    /// The value of type `T` that these bytes are, all of them.
    pub(crate) fn decode<T: Decode<'a>>(self) -> Result<T, Error> {
        let mut reader = Reader(self);
        let value = T::decode(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }
    /// The first part, up to where `reader` has come.
    pub(crate) fn until(self, reader: &Reader<'a>) -> Self {
        let length = self.bytes.len().saturating_sub(reader.0.bytes.len());
        Self { bytes: self.bytes.get(..length).unwrap_or_default(), ..self }
    }
}
impl PartialEq for Span<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}
impl Eq for Span<'_> {}
impl core::fmt::Debug for Span<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:02x?}", self.bytes)
    }
}
