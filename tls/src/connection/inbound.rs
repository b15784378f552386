//! The reading half: records in order, joined, counted against floods.
use crate::action::Gate;
use crate::error::{Error, Misbehaviour};
use crate::record::{Joiner, Opener};
use crate::registry::ProtocolVersion;

pub(super) struct Inbound {
    pub(super) opener: Opener,
    pub(super) joiner: Joiner,
    pub(super) gate: Gate,
    pub(super) floods: Floods,
    /// What each record must say, once that is settled.
    pub(super) version: Option<ProtocolVersion>,
    /// Bytes taken since the beginning.
    pub(super) total: u64,
}

impl Inbound {
    pub(super) const fn new() -> Self {
        Self {
            opener: Opener::new(),
            joiner: Joiner::for_hello(),
            gate: Gate::Shut,
            floods: Floods { empty_records: 0, warnings: 0, messages: 0 },
            version: None,
            total: 0,
        }
    }
}

/// What costs us work and brings nobody forward, counted until application data clear the count.
pub(super) struct Floods {
    empty_records: u8,
    warnings: u8,
    messages: u8,
}

impl Floods {
    pub(super) fn empty_record(&mut self) -> Result<(), Error> {
        count(&mut self.empty_records, MAX_EMPTY_RECORDS)
    }
    pub(super) fn warning(&mut self) -> Result<(), Error> {
        count(&mut self.warnings, MAX_WARNINGS)
    }
    /// A handshake message after the handshake.
    pub(super) fn message(&mut self) -> Result<(), Error> {
        count(&mut self.messages, MAX_MESSAGES)
    }
    pub(super) const fn clear(&mut self) {
        *self = Self { empty_records: 0, warnings: 0, messages: 0 };
    }
}

const fn count(counter: &mut u8, most: u8) -> Result<(), Error> {
    *counter = counter.saturating_add(1);
    if *counter > most { Err(Error::Misbehaved(Misbehaviour::Flood)) } else { Ok(()) }
}

/// In a row. OpenSSL and rustls allow as many.
const MAX_EMPTY_RECORDS: u8 = 32;
/// In a row; BoringSSL's limit.
const MAX_WARNINGS: u8 = 4;
/// In a row, once connected; OpenSSL and rustls allow as many key updates.
const MAX_MESSAGES: u8 = 32;
