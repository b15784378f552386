//! The one loop that every driver shares: buffers, questions, and what to wait for next.
use crate::action::{Established, Note};
use crate::config::{ClientConfig, ServerConfig};
use crate::connection::{Connection, Event, World};
use crate::desk::Desk;
use crate::error::{Error, Refused};
use crate::record::Wire;
use crate::session::Ticket;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;
use x509::ServerName;

/// A connection with its buffers. A driver repeats: [`Self::turn`], then offer [`Self::outbox`] to the transport, then do
/// what was needed. It does not wait for all of the outbox to leave, or two ends that write without reading would stop
/// each other.
#[derive(Debug)]
pub struct Pump {
    /// The connection.
    pub connection: Connection,
    /// What has to leave; forget what has left.
    pub outbox: Vec<u8>,
    /// Facts of the handshake, once it is done.
    pub established: Option<Box<Established>>,
    /// The newest ticket for the next connection to the same server.
    pub ticket: Option<Box<Ticket>>,
    inbox: Vec<u8>,
    /// The part of the inbox that was received and not yet taken.
    received: Range<usize>,
    /// The part of the inbox that was opened and waits to be used.
    plain: Range<usize>,
    peer_closed: bool,
}

/// What the transport, or somebody else, should do before the next turn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Need {
    /// Much is unsent: let it leave first.
    Write,
    /// Read at least so many bytes into [`Pump::space`].
    Read(usize),
    /// The desk has not answered yet.
    Answer,
    /// Use [`Pump::data`].
    TakeData,
    /// The peer has closed: nothing more will come.
    Nothing,
}

impl Pump {
    /// A client that wants to talk to `name`; its ClientHello is in the outbox.
    #[must_use]
    pub fn client(
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        ticket: Option<Ticket>,
        world: &mut World<'_>,
    ) -> Self {
        let mut outbox = Vec::new();
        let connection = Connection::client(config, name, ticket, &mut outbox, world);
        Self::new(connection, outbox)
    }
    /// A server that waits for a client.
    #[must_use]
    pub fn server(config: Arc<ServerConfig>) -> Self {
        Self::new(Connection::server(config), Vec::new())
    }
    const fn new(connection: Connection, outbox: Vec<u8>) -> Self {
        Self {
            connection,
            outbox,
            established: None,
            ticket: None,
            inbox: Vec::new(),
            received: 0..0,
            plain: 0..0,
            peer_closed: false,
        }
    }
    /// Runs until somebody else must move.
    ///
    /// # Errors
    /// The [`Error`] that ended the connection; the alert, if there is one, is in the outbox.
    pub fn turn(&mut self, desk: &mut dyn Desk, world: &mut World<'_>) -> Result<Need, Error> {
        loop {
            if self.outbox.len() > MAX_UNSENT {
                return Ok(Need::Write);
            }
            if !self.plain.is_empty() {
                return Ok(Need::TakeData);
            }
            let front = self.received.start;
            let mut wire = Wire::new(self.inbox.get_mut(self.received.clone()).unwrap_or_default());
            let event = self.connection.poll(&mut wire, &mut self.outbox, world);
            self.received.start = front + wire.taken();
            match event? {
                Event::Data(data) => self.plain = front + data.at..front + data.at + data.bytes.len(),
                Event::Note(Note::Established(facts)) => self.established = Some(facts),
                Event::Note(Note::Ticket(ticket)) => self.ticket = Some(ticket),
                Event::Note(Note::PeerClosed) => self.peer_closed = true,
                Event::Asked => {
                    let answer = self.connection.question().and_then(|question| desk.answer(question, world));
                    let Some(answer) = answer else { return Ok(Need::Answer) };
                    match self.connection.answer(answer, &mut self.outbox, world) {
                        Ok(()) => {}
                        Err(Refused::Failed(error)) => return Err(error),
                        // A desk that answers something else has not answered.
                        Err(
                            Refused::WrongAnswer
                            | Refused::NoQuestion
                            | Refused::NotYet
                            | Refused::Closed
                            | Refused::KeysExhausted,
                        ) => return Ok(Need::Answer),
                    }
                }
                Event::Starved { .. } if self.peer_closed => return Ok(Need::Nothing),
                Event::Starved { need } => {
                    self.compact();
                    return Ok(Need::Read(need));
                }
            }
        }
    }
    /// Bytes opened and waiting, in place.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        self.inbox.get(self.plain.clone()).unwrap_or_default()
    }
    /// So many of [`Self::data`], from the front, are used.
    pub fn used(&mut self, count: usize) {
        self.plain.start = self.plain.start.saturating_add(count).min(self.plain.end);
    }
    /// Copies [`Self::data`], as much as fits, and says how much.
    pub fn take(&mut self, into: &mut [u8]) -> usize {
        let data = self.data();
        let count = data.len().min(into.len());
        into.iter_mut().zip(data).for_each(|(to, from)| *to = *from);
        self.used(count);
        count
    }
    /// Where the transport may put what it reads: at least `need` bytes. Then say [`Self::got`].
    pub fn space(&mut self, need: usize) -> &mut [u8] {
        let want = self.received.end + need.max(READ);
        if self.inbox.len() < want {
            self.inbox.resize(want, 0);
        }
        self.inbox.get_mut(self.received.end..).unwrap_or_default()
    }
    /// So many bytes have been read into [`Self::space`].
    pub fn got(&mut self, count: usize) {
        self.received.end = self.received.end.saturating_add(count).min(self.inbox.len());
    }
    /// Only when starved: less than one record is moved, and once. An idle connection keeps no buffer.
    fn compact(&mut self) {
        self.plain = 0..0;
        if self.received.is_empty() {
            (self.inbox, self.received) = (Vec::new(), 0..0);
        } else if self.received.start > 0 {
            self.inbox.copy_within(self.received.clone(), 0);
            self.received = 0..self.received.len();
        }
    }
}

/// More unsent output than this, and we stop reading: the peer must read first.
pub const MAX_UNSENT: usize = 64 << 10;
/// The most data that one write takes, and only while nothing is unsent. Less than [`MAX_UNSENT`] by more than its frames:
/// what an end wants to say is no reason for it not to listen.
pub const MAX_WRITE: usize = MAX_UNSENT - (16 << 10);
/// How much room is offered to a read: a record and its frame.
const READ: usize = (16 << 10) + 64;
