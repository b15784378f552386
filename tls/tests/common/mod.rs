//! Two ends in memory: what every test of the engine stands on.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::std_instead_of_core,
    clippy::wildcard_enum_match_arm,
    reason = "tests; each file uses a part of it"
)]
pub mod hello;
pub mod pki;

use pki::{Kind, pki};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::sync::Arc;
use tls::desk::{ClientDesk, LocalHost, ServerDesk, TicketKeys};
use tls::*;
use x509::{ServerName, Time, Verifier};

/// What two ends shall be like.
#[derive(Clone, Debug)]
pub struct Shape {
    pub seed: u64,
    pub now: Time,
    pub client: ClientConfig,
    pub server: ServerConfig,
    pub name: &'static str,
    /// What the server can show, in its order of preference.
    pub server_is: Vec<Kind>,
    pub server_alpn: Vec<Vec<u8>>,
    pub client_auth: ClientAuth,
    pub client_is: Option<Kind>,
    /// Bytes that arrive at a time.
    pub chunk: usize,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            seed: 1,
            now: NOW,
            client: ClientConfig::default(),
            server: ServerConfig::default(),
            name: "server.test",
            server_is: vec![Kind::EcdsaP256],
            server_alpn: Vec::new(),
            client_auth: ClientAuth::None,
            client_is: None,
            chunk: usize::MAX >> 1,
        }
    }
}

impl Shape {
    pub fn client_end(&self, ticket: Option<Ticket>) -> End {
        let identities = self.client_is.map(|kind| pki().client(kind)).into_iter().collect();
        let name = ServerName::try_from(self.name).unwrap().to_owned();
        let config = Arc::new(self.client.clone());
        End::new(self.seed, self.now, Box::new(ClientDesk { identities }), |out, world| {
            Connection::client(config, name, ticket, out, world)
        })
    }
    pub fn server_end(&self) -> End {
        let desk = self.server_desk();
        self.server_with(Box::new(desk))
    }
    pub fn server_with(&self, desk: Box<dyn Desk>) -> End {
        let config = Arc::new(self.server.clone());
        End::new(self.seed ^ 0xffff_0000, self.now, desk, |_, _| Connection::server(config))
    }
    pub fn server_desk(&self) -> ServerDesk {
        // Always the same keys: a ticket of one connection is known to the next.
        let tickets = TicketKeys::new(7_200, NOW, &mut ChaCha20Rng::seed_from_u64(77));
        ServerDesk::new(vec![self.host(self.name)], Some(tickets))
    }
    pub fn host(&self, name: &str) -> LocalHost {
        LocalHost {
            names: vec![name.into()],
            identities: self.server_is.iter().map(|kind| pki().server(*kind)).collect(),
            client_auth: self.client_auth,
            alpn: self.server_alpn.clone(),
        }
    }
    pub fn ends(&self) -> (End, End) {
        (self.client_end(None), self.server_end())
    }
    /// A handshake that must succeed.
    pub fn connect(&self, ticket: Option<Ticket>) -> (End, End) {
        let (mut client, mut server) = (self.client_end(ticket), self.server_end());
        exchange(&mut client, &mut server, self.chunk).unwrap_or_else(|error| panic!("{error:?}\n{self:?}"));
        assert!(client.connection.is_open() && server.connection.is_open(), "{self:?}");
        (client, server)
    }
    /// A handshake that must fail: with this error, at one end, which says so to the other.
    pub fn fails(&self, ticket: Option<Ticket>) -> (Failing, Error) {
        let (mut client, mut server) = (self.client_end(ticket), self.server_end());
        let failed = exchange(&mut client, &mut server, self.chunk).expect_err("a failure");
        assert!(!client.connection.is_open() && !server.connection.is_open());
        failed
    }
}

pub const NOW: Time = Time(1_800_000_000);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Failing {
    Client,
    Server,
}

/// Keeps what it sees.
#[derive(Default)]
pub struct Tape {
    pub lines: Vec<String>,
    pub messages_in: Vec<(u64, HandshakeType, Vec<u8>)>,
    pub messages_out: Vec<(u64, HandshakeType, Vec<u8>)>,
    pub alerts_out: Vec<AlertDescription>,
    pub states: Vec<&'static str>,
}
impl Observe for Tape {
    fn see(&mut self, event: Trace<'_>) {
        self.lines.push(format!("{event:?}"));
        match event {
            Trace::MessageIn { at, kind, raw } => self.messages_in.push((at, kind, raw.to_vec())),
            Trace::MessageOut { at, kind, raw } => self.messages_out.push((at, kind, raw.to_vec())),
            Trace::AlertOut { description, .. } => self.alerts_out.push(description),
            Trace::State { to, .. } => self.states.push(to),
            _ => {}
        }
    }
}

/// One end, with what surrounds it.
pub struct End {
    pub connection: Connection,
    pub desk: Box<dyn Desk>,
    pub random: ChaCha20Rng,
    pub now: Time,
    pub tape: Tape,
    /// What has not left yet, and all that ever left.
    pub out: Vec<u8>,
    pub sent: Vec<u8>,
    pub data: Vec<u8>,
    pub established: Option<Box<Established>>,
    pub ticket: Option<Ticket>,
    pub peer_closed: bool,
    pub asked: usize,
}

impl End {
    pub fn new(
        seed: u64,
        now: Time,
        desk: Box<dyn Desk>,
        make: impl FnOnce(&mut Vec<u8>, &mut World<'_>) -> Connection,
    ) -> Self {
        let (mut out, mut random, mut tape) = (Vec::new(), ChaCha20Rng::seed_from_u64(seed), Tape::default());
        let verifier: &Verifier<'_> = pki::verifier();
        let mut world = World { now, random: &mut random, verifier, observer: &mut tape };
        let connection = make(&mut out, &mut world);
        Self {
            connection,
            desk,
            random,
            now,
            tape,
            out,
            sent: Vec::new(),
            data: Vec::new(),
            established: None,
            ticket: None,
            peer_closed: false,
            asked: 0,
        }
    }
    /// The end, its output, its desk and its world, side by side.
    pub fn parts(&mut self) -> (&mut Connection, &mut Vec<u8>, &mut dyn Desk, World<'_>) {
        let Self { connection, out, desk, random, now, tape, .. } = self;
        (connection, out, &mut **desk, World { now: *now, random, verifier: pki::verifier(), observer: tape })
    }
    /// Polls until starved, answering at once; gives back how many bytes were taken.
    pub fn feed(&mut self, bytes: &mut [u8]) -> Result<usize, Error> {
        let mut wire = Wire::new(bytes);
        loop {
            let (connection, out, _, mut world) = self.parts();
            match connection.poll(&mut wire, out, &mut world)? {
                Event::Starved { need } => {
                    assert!(need > 0);
                    return Ok(wire.taken());
                }
                Event::Data(plain) => self.data.extend_from_slice(plain.bytes),
                Event::Asked => {
                    self.asked += 1;
                    self.answer()?;
                }
                Event::Note(Note::Established(facts)) => self.established = Some(facts),
                Event::Note(Note::Ticket(ticket)) => self.ticket = Some(*ticket),
                Event::Note(Note::PeerClosed) => self.peer_closed = true,
            }
        }
    }
    pub fn answer(&mut self) -> Result<(), Error> {
        let (connection, out, desk, mut world) = self.parts();
        let question = connection.question().expect("asked");
        let answer = desk.answer(question, &mut world).expect("a local desk answers at once");
        match connection.answer(answer, out, &mut world) {
            Ok(()) => Ok(()),
            Err(Refused::Failed(error)) => Err(error),
            Err(refused) => panic!("{refused:?}"),
        }
    }
    pub fn send(&mut self, data: &[u8]) -> Result<(), Refused> {
        let (connection, out, _, mut world) = self.parts();
        connection.send(data, out, &mut world)
    }
    pub fn close(&mut self) {
        let (connection, out, _, mut world) = self.parts();
        connection.close(out, &mut world);
    }
    /// What leaves now.
    pub fn take(&mut self) -> Vec<u8> {
        self.sent.extend_from_slice(&self.out);
        std::mem::take(&mut self.out)
    }
    pub fn facts(&self) -> &Established {
        self.established.as_ref().expect("established")
    }
}

/// Moves bytes until nothing moves any more; `chunk` bytes arrive at a time.
pub fn exchange(client: &mut End, server: &mut End, chunk: usize) -> Result<(), (Failing, Error)> {
    exchange_through(client, server, chunk, |_, _| {})
}

/// The same through somebody who may do as he likes: `meddle` sees each burst of bytes once, with its direction.
pub fn exchange_through(
    client: &mut End,
    server: &mut End,
    chunk: usize,
    mut meddle: impl FnMut(Failing, &mut Vec<u8>),
) -> Result<(), (Failing, Error)> {
    let (mut to_server, mut to_client) = (Vec::new(), Vec::new());
    for _ in 0..1_000 {
        let (mut burst, mut answer) = (client.take(), server.take());
        if burst.is_empty() && answer.is_empty() {
            return Ok(());
        }
        if !burst.is_empty() {
            meddle(Failing::Client, &mut burst);
        }
        if !answer.is_empty() {
            meddle(Failing::Server, &mut answer);
        }
        to_server.append(&mut burst);
        to_client.append(&mut answer);
        let result = arrive(server, &mut to_server, chunk)
            .map_err(|error| (Failing::Server, error))
            .and_then(|()| arrive(client, &mut to_client, chunk).map_err(|error| (Failing::Client, error)));
        if let Err(failed) = result {
            // The alert arrives, if it can still be read.
            let (mut last_words, mut answer) = (client.take(), server.take());
            let _ = server.feed(&mut last_words);
            let _ = client.feed(&mut answer);
            return Err(failed);
        }
    }
    panic!("they talk without end");
}

/// A growing buffer, as a socket would fill it.
fn arrive(end: &mut End, bytes: &mut Vec<u8>, chunk: usize) -> Result<(), Error> {
    let mut have = chunk.min(bytes.len());
    loop {
        let taken = end.feed(&mut bytes[..have])?;
        bytes.drain(..taken);
        let left = have - taken;
        if left == bytes.len() {
            return Ok(());
        }
        have = (left + chunk).min(bytes.len());
    }
}

/// The records of a stream: type, and where each begins.
pub fn records(stream: &[u8]) -> Vec<(u8, std::ops::Range<usize>)> {
    let (mut all, mut at) = (Vec::new(), 0);
    while at < stream.len() {
        let length = usize::from(u16::from_be_bytes([stream[at + 3], stream[at + 4]]));
        all.push((stream[at], at..at + 5 + length));
        at += 5 + length;
    }
    all
}

/// The end fails with this error, and its output ends with this alert and nothing more, unprotected.
pub fn assert_refuses(
    end: &mut End,
    mut bytes: Vec<u8>,
    error: Error,
    alert: Option<AlertDescription>,
    why: &str,
) {
    let _ = end.take();
    assert_eq!(end.feed(&mut bytes), Err(error), "{why}");
    assert_eq!(error.alert(), alert, "{why}");
    let out = end.take();
    let last = records(&out).last().map(|(_, range)| out[range.clone()].to_vec());
    match alert {
        Some(alert) => {
            assert_eq!(last.as_deref(), Some(&[21, 3, out[2], 0, 2, 2, alert.into()][..]), "{why}")
        }
        None => assert!(out.is_empty(), "{why}"),
    }
    // And it stays so.
    assert_eq!(end.feed(&mut []), Err(error));
    assert!(end.take().is_empty());
    assert!(!end.connection.is_open());
}
