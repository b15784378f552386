//! The writing half: everything leaves through the end of the caller's output, so order is the order of appending.
use crate::action::Gate;
use crate::record::{MAX_PLAIN, Sealer};
use crate::registry::{AlertDescription, ContentType, ProtocolVersion};
use crate::trace::{Observe, Trace};
use alloc::vec::Vec;

pub(super) struct Outbound {
    pub(super) sealer: Sealer,
    pub(super) gate: Gate,
    /// What our records say.
    pub(super) version: ProtocolVersion,
    /// Bytes appended since the beginning.
    pub(super) total: u64,
}

/// How serious an alert is (RFC 5246 §7.2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Level {
    Warning,
    Fatal,
}

impl Outbound {
    pub(super) const fn new() -> Self {
        Self { sealer: Sealer::new(), gate: Gate::Shut, version: ProtocolVersion::Tls12, total: 0 }
    }
    /// Offset of the first byte of plaintext of the next record.
    pub(super) fn next_content(&self) -> u64 {
        self.total.saturating_add(wide(self.sealer.prefix()))
    }
    pub(super) fn handshake(&mut self, message: &[u8], out: &mut Vec<u8>, observer: &mut dyn Observe) {
        for piece in message.chunks(MAX_PLAIN) {
            self.record(ContentType::Handshake, piece, out, observer);
        }
    }
    pub(super) fn change_cipher_spec(&mut self, out: &mut Vec<u8>, observer: &mut dyn Observe) {
        self.record(ContentType::ChangeCipherSpec, &[1], out, observer);
    }
    pub(super) fn alert(
        &mut self,
        level: Level,
        description: AlertDescription,
        out: &mut Vec<u8>,
        observer: &mut dyn Observe,
    ) {
        let level = match level {
            Level::Warning => 1,
            Level::Fatal => 2,
        };
        observer.see(Trace::AlertOut { at: self.total, level, description });
        self.record(ContentType::Alert, &[level, description.into()], out, observer);
    }
    fn record(&mut self, kind: ContentType, content: &[u8], out: &mut Vec<u8>, observer: &mut dyn Observe) {
        let start = self.sealer.begin(out);
        out.extend_from_slice(content);
        self.end(kind, start, out, observer);
    }
    /// Closes the record that [`Sealer::begin`] had opened at `start`.
    pub(super) fn end(
        &mut self,
        kind: ContentType,
        start: usize,
        out: &mut Vec<u8>,
        observer: &mut dyn Observe,
    ) {
        self.sealer.end(out, start, kind, self.version);
        let whole = out.len().saturating_sub(start);
        let sealed = self.sealer.is_protecting();
        let length = whole.saturating_sub(crate::record::HEADER);
        observer.see(Trace::RecordOut { at: self.total, length, kind, sealed });
        self.total = self.total.saturating_add(wide(whole));
    }
}

/// Counts of bytes in memory, as counts of bytes in a stream.
pub(super) fn wide(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
