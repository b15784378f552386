//! Handshake messages out of fragments (RFC 5246 §6.2.1): borrowed when a record holds them whole, stored only when it does not.
use crate::error::{Error, Misbehaviour};
use crate::registry::HandshakeType;
use alloc::vec::Vec;

/// No handshake byte is left over. Made here, consumed by a key change or by a pause.
#[derive(Debug)]
pub(crate) struct Aligned(());

/// Keeps the beginning of a message until its end has come.
pub(crate) struct Joiner {
    partial: Vec<u8>,
    /// Offset in the stream of the first byte of `partial`.
    began: u64,
    /// The longest body of any kind, for now.
    most: usize,
}

/// One record's handshake bytes, handed out message by message.
pub(crate) struct Piece<'b> {
    rest: &'b [u8],
    at: u64,
}

/// One whole message.
pub(crate) struct Joined<'m> {
    pub(crate) kind: HandshakeType,
    /// With its header.
    pub(crate) raw: &'m [u8],
    pub(crate) body: &'m [u8],
    /// Offset in the stream of its first byte.
    pub(crate) at: u64,
    /// There, if nothing follows it in its record.
    pub(crate) aligned: Option<Aligned>,
}

impl<'b> Piece<'b> {
    /// `at`: the offset in the stream of the first of these bytes.
    pub(crate) const fn new(bytes: &'b [u8], at: u64) -> Self {
        Self { rest: bytes, at }
    }
    fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        self.rest = rest;
        self.at = self.at.saturating_add(u64::try_from(taken.len()).unwrap_or(u64::MAX));
        taken
    }
    fn aligned(&self) -> Option<Aligned> {
        self.rest.is_empty().then_some(Aligned(()))
    }
}

impl Joiner {
    /// Where only hellos can come, no kind of message may be longer than a hello: nobody has paid for more yet.
    pub(crate) const fn for_hello() -> Self {
        Self { partial: Vec::new(), began: 0, most: HandshakeType::ClientHello.cap() }
    }
    /// The hello is in: each kind has its own cap from now on.
    pub(crate) const fn hello_is_in(&mut self) {
        self.most = usize::MAX;
    }
    /// Proof for what is no handshake message but changes keys, or may not stand inside a message.
    pub(crate) fn aligned(&self) -> Option<Aligned> {
        self.partial.is_empty().then_some(Aligned(()))
    }

    /// The next whole message: borrowed from the record if it lies there whole, else from `spill`, which then owns it.
    pub(crate) fn next<'b: 'm, 'm>(
        &mut self,
        piece: &mut Piece<'b>,
        spill: &'m mut Vec<u8>,
    ) -> Result<Option<Joined<'m>>, Error> {
        if self.partial.is_empty() {
            self.began = piece.at;
            if let Some((kind, whole)) = self.measure(piece.rest)?
                && piece.rest.len() >= whole
            {
                let raw = piece.take(whole);
                return Ok(Some(self.joined(kind, raw, piece)));
            }
        }
        // Grow by what has arrived, never by what was announced: first to the header, then to the message.
        let mut whole = HEADER;
        loop {
            let more = piece.take(whole.saturating_sub(self.partial.len()));
            self.partial.extend_from_slice(more);
            if self.partial.len() < whole {
                return Ok(None);
            }
            let Some((kind, length)) = self.measure(&self.partial)? else { return Ok(None) };
            if self.partial.len() == length {
                *spill = core::mem::take(&mut self.partial);
                return Ok(Some(self.joined(kind, spill, piece)));
            }
            whole = length;
        }
    }

    fn joined<'m>(&self, kind: HandshakeType, raw: &'m [u8], piece: &Piece<'_>) -> Joined<'m> {
        let body = raw.get(HEADER..).unwrap_or_default();
        Joined { kind, raw, body, at: self.began, aligned: piece.aligned() }
    }
    /// Kind and whole length, once four bytes are there; refused at once if longer than may be.
    fn measure(&self, bytes: &[u8]) -> Result<Option<(HandshakeType, usize)>, Error> {
        let Some(&[kind, high, middle, low]) = bytes.first_chunk() else { return Ok(None) };
        let kind = HandshakeType::from(kind);
        let length = usize::from(high) << 16 | usize::from(middle) << 8 | usize::from(low);
        if length > kind.cap().min(self.most) {
            return Err(Error::Misbehaved(Misbehaviour::MessageTooLong));
        }
        Ok(Some((kind, HEADER + length)))
    }
}

/// Kind and length.
const HEADER: usize = 4;
