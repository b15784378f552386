//! A cursor over the caller's bytes that gives whole records away, each as an exclusive slice of the caller's buffer.
use super::HEADER;
use crate::error::{Error, Incompatible, Structure};
use crate::registry::{ContentType, ProtocolVersion};
use core::mem;

/// What was received and not yet taken. What is given away stays borrowed for `'b`, the buffer's life, and not for a call.
#[derive(Debug)]
pub struct Wire<'b> {
    rest: &'b mut [u8],
    taken: usize,
}

/// One record as it came.
pub(crate) struct Record<'b> {
    pub(crate) kind: ContentType,
    pub(crate) version: ProtocolVersion,
    /// Where the fragment starts in the caller's buffer.
    pub(crate) at: usize,
    pub(crate) fragment: &'b mut [u8],
}

pub(crate) enum Took<'b> {
    Record(Record<'b>),
    /// At least so many more bytes are needed for the next record.
    Need(usize),
}

impl<'b> Wire<'b> {
    /// Over the bytes that were received and not yet forgotten.
    #[must_use]
    pub const fn new(filled: &'b mut [u8]) -> Self {
        Self { rest: filled, taken: 0 }
    }
    /// How many bytes at the front the caller may forget once nothing of them is borrowed any more.
    #[must_use]
    pub const fn taken(&self) -> usize {
        self.taken
    }

    /// The next record, its fragment at most `limit` bytes long. A header is judged as soon as it is there.
    pub(crate) fn next(&mut self, limit: usize) -> Result<Took<'b>, Error> {
        let Some(&header) = self.rest.first_chunk::<HEADER>() else {
            return Ok(Took::Need(HEADER - self.rest.len()));
        };
        let [kind, major, minor, high, low] = header;
        let kind = match (ContentType::from(kind), major) {
            // The length of an SSL 2 hello, with its top bit, and CLIENT-HELLO (RFC 6101 §E.2).
            (ContentType::Unknown(0x80..), _) if minor == 1 => {
                return Err(Error::Incompatible(Incompatible::Ssl2));
            }
            (ContentType::Unknown(_), _) => return Err(Error::Decode(Structure::Record)),
            (kind, 3) => kind,
            (_, _) => return Err(Error::Incompatible(Incompatible::Version)),
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if length > limit {
            return Err(Error::RecordTooLong);
        }
        let whole = HEADER + length;
        if self.rest.len() < whole {
            return Ok(Took::Need(whole - self.rest.len()));
        }
        let (record, rest) = mem::take(&mut self.rest).split_at_mut(whole);
        self.rest = rest;
        let at = self.taken + HEADER;
        self.taken += whole;
        let (_, fragment) = record.split_at_mut(HEADER);
        Ok(Took::Record(Record { kind, version: ProtocolVersion::from_bytes([major, minor]), at, fragment }))
    }
    /// Takes everything that is there: the peer had said that nothing would follow.
    pub(crate) fn discard(&mut self) {
        self.taken += mem::take(&mut self.rest).len();
    }
}
