//! Bytes out: application data are written where they will be sealed and from where they will leave.
use super::{Connection, World};
use crate::action::Gate;
use crate::error::Refused;
use crate::record::MAX_PLAIN;
use crate::registry::ContentType;
use crate::trace::Observe;
use alloc::vec::Vec;
use core::fmt;

/// One open record at the end of `out`, of at most 2^14 bytes of data. Dropped without [`Self::seal`], it was never there.
pub struct RecordWriter<'o> {
    connection: &'o mut Connection,
    out: &'o mut Vec<u8>,
    observer: &'o mut dyn Observe,
    start: usize,
    room: usize,
}

impl Connection {
    /// Opens a record of application data at the end of `out`.
    ///
    /// # Errors
    /// [`Refused`] if nothing may be sent now; nothing has happened then.
    pub fn record<'o>(
        &'o mut self,
        out: &'o mut Vec<u8>,
        world: &'o mut World<'_>,
    ) -> Result<RecordWriter<'o>, Refused> {
        if let Err(error) = self.machine {
            return Err(Refused::Failed(error));
        }
        match self.outbound.gate {
            Gate::Open if self.outbound.sealer.are_keys_exhausted() => return Err(Refused::KeysExhausted),
            Gate::Open => {}
            Gate::Shut => return Err(Refused::NotYet),
            Gate::Closed => return Err(Refused::Closed),
        }
        let start = self.outbound.sealer.begin(out);
        Ok(RecordWriter { connection: self, out, observer: world.observer, start, room: MAX_PLAIN })
    }
    /// Sends all of `data`, in as many records as it takes. One copy: from yours to where it leaves.
    ///
    /// # Errors
    /// [`Refused`] if nothing may be sent now. Unless it is [`Refused::KeysExhausted`], nothing has been.
    pub fn send(&mut self, data: &[u8], out: &mut Vec<u8>, world: &mut World<'_>) -> Result<(), Refused> {
        for piece in data.chunks(MAX_PLAIN) {
            let mut record = self.record(out, world)?;
            record.put(piece);
            record.seal();
        }
        Ok(())
    }
}

impl RecordWriter<'_> {
    /// Takes as much of `data` as the record has room for, and says how much.
    pub fn put(&mut self, data: &[u8]) -> usize {
        let (fits, _) = data.split_at_checked(self.room).unwrap_or((data, &[]));
        self.out.extend_from_slice(fits);
        self.room -= fits.len();
        fits.len()
    }
    /// Lends `want` zeroed bytes of the record, or as many as it has room for, and keeps as many as `fill` says it has
    /// filled from the beginning. For reading into the record directly.
    pub fn fill(&mut self, want: usize, fill: impl FnOnce(&mut [u8]) -> usize) -> usize {
        let (at, want) = (self.out.len(), want.min(self.room));
        self.out.resize(at + want, 0);
        let filled = fill(self.out.get_mut(at..).unwrap_or_default()).min(want);
        self.out.truncate(at + filled);
        self.room -= filled;
        filled
    }
    /// Seals the record: it leaves with `out`.
    pub fn seal(mut self) {
        self.connection.outbound.end(ContentType::ApplicationData, self.start, self.out, self.observer);
        self.start = self.out.len();
    }
}
impl Drop for RecordWriter<'_> {
    fn drop(&mut self) {
        self.out.truncate(self.start);
    }
}
impl fmt::Debug for RecordWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordWriter").field("room", &self.room).finish_non_exhaustive()
    }
}
