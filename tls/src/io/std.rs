//! Blocking streams: [`Read`] and [`Write`] over any transport that has them.
use super::Lend;
use super::pump::{MAX_WRITE, Need, Pump};
use crate::config::{ClientConfig, ServerConfig};
use crate::error::{Error, Refused};
use crate::session::Ticket;
use ::std::io::{self, ErrorKind, Read, Write};
use alloc::sync::Arc;
use core::fmt;
use x509::ServerName;

/// TLS over `T`. The handshake is made when it is needed, or by [`Self::handshake`].
///
/// [`Read`] gives `Ok(0)` only if the peer has said that nothing follows; if the transport ends before that, it gives
/// [`ErrorKind::UnexpectedEof`]. An [`Error`] of TLS is the source of the [`io::Error`]. A transport that would block, or
/// waits only so long, makes that error ours: nothing is lost by it, and what was written leaves with a later call.
pub struct Stream<T, L> {
    pump: Pump,
    transport: T,
    lend: L,
}

impl<T: Read + Write, L: Lend> Stream<T, L> {
    /// A client that wants to talk to `name`.
    pub fn client(
        transport: T,
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        ticket: Option<Ticket>,
        mut lend: L,
    ) -> Self {
        let pump = lend.lend(|world, _| Pump::client(config, name, ticket, world));
        Self { pump, transport, lend }
    }
    /// A server, for a client that is just connecting.
    pub fn server(transport: T, config: Arc<ServerConfig>, lend: L) -> Self {
        Self { pump: Pump::server(config), transport, lend }
    }
    /// Goes on until data may be sent.
    ///
    /// # Errors
    /// The transport's, or one whose source is an [`Error`] of TLS.
    pub fn handshake(&mut self) -> io::Result<()> {
        self.drive(|pump| pump.established.is_some())?;
        // The last flight may still be here.
        self.flush()
    }
    /// Says that we will send nothing more; the peer may.
    ///
    /// # Errors
    /// The transport's.
    pub fn shutdown(&mut self) -> io::Result<()> {
        self.lend.lend(|world, _| self.pump.connection.close(&mut self.pump.outbox, world));
        self.flush()
    }
    /// The connection and what it has brought.
    pub const fn pump(&self) -> &Pump {
        &self.pump
    }
    /// The connection and what it has brought, for taking it.
    pub const fn pump_mut(&mut self) -> &mut Pump {
        &mut self.pump
    }
    /// What lends it the world.
    pub const fn lend(&self) -> &L {
        &self.lend
    }
    /// What it runs over.
    pub const fn transport(&self) -> &T {
        &self.transport
    }

    /// Until `done`, or until there are data, or the end of them.
    fn drive(&mut self, done: impl Fn(&Pump) -> bool) -> io::Result<Need> {
        loop {
            let turn = self.lend.lend(|world, desk| self.pump.turn(desk, world));
            let sent = self.send();
            let need = turn.map_err(failed)?; // and if the alert did not leave, that is still why
            match sent {
                // No reason not to read: else two ends that write would stop each other.
                Err(error) if is_later(&error) && need != Need::Write => {}
                sent => sent?,
            }
            if done(&self.pump) {
                return Ok(need);
            }
            match need {
                Need::Write => {}
                Need::Read(need) => {
                    self.flush_transport()?;
                    match self.transport.read(self.pump.space(need)) {
                        Ok(0) => {
                            self.pump.connection.transport_ended().map_err(failed)?;
                            return Ok(Need::Nothing);
                        }
                        Ok(count) => self.pump.got(count),
                        Err(error) if error.kind() == ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
                Need::TakeData | Need::Nothing => return Ok(need),
                Need::Answer => return Err(ErrorKind::WouldBlock.into()),
            }
        }
    }
    fn send(&mut self) -> io::Result<()> {
        while !self.pump.outbox.is_empty() {
            match self.transport.write(&self.pump.outbox) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => drop(self.pump.outbox.drain(..count)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
    /// We are about to wait for an answer: what the transport keeps back must leave.
    fn flush_transport(&mut self) -> io::Result<()> {
        match self.transport.flush() {
            Err(error) if is_later(&error) || error.kind() == ErrorKind::Interrupted => Ok(()),
            flushed => flushed,
        }
    }
}

impl<T: Read + Write, L: Lend> Read for Stream<T, L> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        self.drive(|_| false)?;
        Ok(self.pump.take(into))
    }
}
impl<T: Read + Write, L: Lend> Write for Stream<T, L> {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        if self.pump.established.is_none() {
            self.handshake()?;
        }
        // Nothing is taken while something is unsent, so that what waits here is bounded.
        self.send()?;
        let from = from.get(..MAX_WRITE).unwrap_or(from);
        let Self { pump, lend, .. } = self;
        lend.lend(|world, _| pump.connection.send(from, &mut pump.outbox, world)).map_err(refused)?;
        match self.send() {
            // It is taken: to be told otherwise, the caller would write it again.
            Err(error) if !is_later(&error) => Err(error),
            Ok(()) | Err(_) => Ok(from.len()),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        self.send()?;
        self.transport.flush()
    }
}
impl<T, L> fmt::Debug for Stream<T, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("pump", &self.pump).finish_non_exhaustive()
    }
}

/// Whether the transport has only asked for patience; with a timeout, it says so in one of two ways.
fn is_later(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
/// A truncated stream looks as Rust's readers expect it to look.
pub(super) fn failed(error: Error) -> io::Error {
    let kind = match error {
        Error::Truncated => ErrorKind::UnexpectedEof,
        Error::PeerAlert(_) => ErrorKind::ConnectionAborted,
        Error::Decode(_)
        | Error::Unexpected { .. }
        | Error::Misbehaved(_)
        | Error::Incompatible(_)
        | Error::BadCertificate
        | Error::Path(_)
        | Error::BadRecord
        | Error::RecordTooLong
        | Error::Cancelled
        | Error::Declined(_) => ErrorKind::InvalidData,
    };
    io::Error::new(kind, error)
}
pub(super) fn refused(refused: Refused) -> io::Error {
    match refused {
        Refused::Failed(error) => failed(error),
        Refused::Closed => io::Error::new(ErrorKind::BrokenPipe, refused),
        Refused::NotYet | Refused::WrongAnswer | Refused::NoQuestion | Refused::KeysExhausted => {
            io::Error::new(ErrorKind::NotConnected, refused)
        }
    }
}
