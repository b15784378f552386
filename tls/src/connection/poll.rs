//! Bytes in: one call, one event; records are opened where they lie.
use super::outbound::wide;
use super::{Connection, World};
use crate::action::{Gate, Note};
use crate::error::{Error, Got, Misbehaviour, Structure};
use crate::record::{HEADER, Opened, Piece, Took, Wire};
use crate::registry::{AlertDescription, ContentType};
use crate::step::{Input, Told};
use crate::trace::Trace;
use alloc::vec::Vec;

/// Application data, opened in place: `bytes` is a part of the buffer that you lent, and starts at `at` in it.
#[derive(Debug, Eq, PartialEq)]
pub struct Plaintext<'b> {
    /// Offset in the buffer that the [`Wire`] was made of.
    pub at: usize,
    /// The data; yours, as long as you keep the buffer.
    pub bytes: &'b mut [u8],
}

/// What became of the bytes.
#[derive(Debug)]
pub enum Event<'b> {
    /// Nothing more can be done with these bytes; at least `need` more are needed.
    Starved {
        /// At least 1.
        need: usize,
    },
    /// From the peer, in order, authenticated.
    Data(Plaintext<'b>),
    /// [`Connection::question`] has something for you; until [`Connection::answer`] nothing else is done.
    Asked,
    /// Something worth knowing.
    Note(Note),
}

impl Connection {
    /// The next event of what `wire` holds. Appends to `out` what must be sent, also when it fails: then `out` ends with
    /// the alert.
    ///
    /// # Errors
    /// The [`Error`] that ended the connection, now or before. `out` has then got at most one alert, once.
    pub fn poll<'b>(
        &mut self,
        wire: &mut Wire<'b>,
        out: &mut Vec<u8>,
        world: &mut World<'_>,
    ) -> Result<Event<'b>, Error> {
        self.machine.as_ref().map_err(|error| *error)?;
        self.advance(wire, out, world).map_err(|error| self.fail(error, out, world.observer))
    }

    fn advance<'b>(
        &mut self,
        wire: &mut Wire<'b>,
        out: &mut Vec<u8>,
        world: &mut World<'_>,
    ) -> Result<Event<'b>, Error> {
        loop {
            if let Some(note) = self.next_note() {
                return Ok(Event::Note(note));
            }
            if self.question().is_some() {
                return Ok(Event::Asked);
            }
            if self.inbound.gate == Gate::Closed {
                wire.discard(); // after close_notify nothing counts (RFC 5246 §7.2.1)
            }
            let record = match wire.next(self.inbound.opener.limit())? {
                Took::Record(record) => record,
                Took::Need(need) => return Ok(Event::Starved { need }),
            };
            if self.inbound.version.is_some_and(|version| version != record.version) {
                return Err(Error::Misbehaved(Misbehaviour::RecordVersion));
            }
            let (at, start, length) = (self.inbound.total, record.at, record.fragment.len());
            let Opened { kind, at: offset, bytes, sealed } = self.inbound.opener.open(record)?;
            self.inbound.total = at.saturating_add(wide(HEADER + length));
            world.observer.see(Trace::RecordIn { at, length, kind, sealed });
            match kind {
                ContentType::Handshake => {
                    let first = at.saturating_add(wide(HEADER + offset.saturating_sub(start)));
                    self.handshake(bytes, first, out, world)?;
                }
                ContentType::ChangeCipherSpec => self.change_cipher_spec(bytes, out, world)?,
                ContentType::Alert => self.alert(bytes, at, world)?,
                ContentType::ApplicationData => {
                    if self.data(bytes)? {
                        return Ok(Event::Data(Plaintext { at: offset, bytes }));
                    }
                }
                ContentType::Unknown(_) => return Err(Error::Decode(Structure::Record)),
            }
        }
    }

    /// `at`: the offset in the stream of the first of these bytes.
    fn handshake(
        &mut self,
        bytes: &[u8],
        at: u64,
        out: &mut Vec<u8>,
        world: &mut World<'_>,
    ) -> Result<(), Error> {
        if bytes.is_empty() {
            return Err(Error::Misbehaved(Misbehaviour::EmptyRecord));
        }
        let mut piece = Piece::new(bytes, at);
        loop {
            let mut spill = Vec::new();
            let Some(m) = self.inbound.joiner.next(&mut piece, &mut spill)? else { return Ok(()) };
            if self.inbound.gate == Gate::Open {
                self.inbound.floods.message()?;
            }
            world.observer.see(Trace::MessageIn { at: m.at, kind: m.kind, raw: m.raw });
            let told = Told { raw: m.raw, body: m.body, aligned: m.aligned };
            self.step(Input::Handshake(m.kind, told), out, world)?;
            self.inbound.joiner.hello_is_in();
        }
    }

    fn change_cipher_spec(
        &mut self,
        bytes: &[u8],
        out: &mut Vec<u8>,
        world: &mut World<'_>,
    ) -> Result<(), Error> {
        match bytes {
            [] => return Err(Error::Misbehaved(Misbehaviour::EmptyRecord)),
            [1] => {}
            _ => return Err(Error::Misbehaved(Misbehaviour::BadChangeCipherSpec)),
        }
        let aligned = self.inbound.joiner.aligned().ok_or(Error::Misbehaved(Misbehaviour::NotAligned))?;
        self.step(Input::ChangeCipherSpec(aligned), out, world)
    }

    /// RFC 5246 §7.2. One alert a record, whole; in TLS 1.2 a warning may be ignored, but not for ever.
    fn alert(&mut self, bytes: &[u8], at: u64, world: &mut World<'_>) -> Result<(), Error> {
        let (level, description) = match *bytes {
            [] => return Err(Error::Misbehaved(Misbehaviour::EmptyRecord)),
            [level @ (1 | 2), description] => (level, AlertDescription::from(description)),
            _ => return Err(Error::Decode(Structure::Alert)),
        };
        world.observer.see(Trace::AlertIn { at, level, description });
        match (level, description) {
            (_, AlertDescription::CloseNotify) if self.inbound.gate == Gate::Open => {
                self.inbound.gate = Gate::Closed;
                self.notes.push_back(Note::PeerClosed);
                Ok(())
            }
            (1, description) if description != AlertDescription::CloseNotify => self.inbound.floods.warning(),
            (_, description) => Err(Error::PeerAlert(description)),
        }
    }

    /// Whether there is something for the caller.
    pub(super) fn data(&mut self, bytes: &[u8]) -> Result<bool, Error> {
        if self.inbound.gate != Gate::Open {
            return Err(self.unexpected(ContentType::ApplicationData));
        }
        if self.inbound.joiner.aligned().is_none() {
            return Err(Error::Misbehaved(Misbehaviour::NotAligned));
        }
        if bytes.is_empty() {
            self.inbound.floods.empty_record()?;
            return Ok(false);
        }
        self.inbound.floods.clear();
        Ok(true)
    }

    fn unexpected(&self, kind: ContentType) -> Error {
        let state = self.machine.as_ref().map_or("failed", |machine| machine.name());
        Error::Unexpected { state, got: Got::Record(kind) }
    }
}
