//! What a state wants done, in the order in which it must be done. A step that fails has no actions.
use crate::codec::Encode;
use crate::record::{Aligned, Keys};
use crate::registry::{AlertDescription, CipherSuite, HandshakeType, NamedGroup, ProtocolVersion};
use crate::session::Ticket;
use crate::transcript::Listen;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

pub(crate) enum Action {
    /// Version and suite are settled: records of other versions are refused from here on.
    Negotiated(ProtocolVersion, CipherSuite),
    /// A framed handshake message, for the keys that are there when its turn comes.
    Send(HandshakeType, Vec<u8>),
    ChangeCipherSpec,
    WriteKeys(Keys),
    ReadKeys(Keys, Aligned),
    /// A warning: no end of anything.
    Warn(AlertDescription),
    Note(Note),
    /// Both gates open; the facts go to the caller and are kept nowhere.
    Established(Box<Established>),
}

/// Whether application data may pass in one direction. Keys are no permission: TLS 1.2 has them before Finished.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Gate {
    Shut,
    Open,
    Closed,
}

/// What the caller may want to know.
#[derive(Debug)]
pub enum Note {
    /// The handshake is done: data may pass from here on.
    Established(Box<Established>),
    /// A ticket for the next connection to the same server. One is given back after each resumption too.
    Ticket(Box<Ticket>),
    /// The peer will send nothing more.
    PeerClosed,
}

/// Facts of a finished handshake.
#[derive(Clone, Debug)]
pub struct Established {
    /// The version.
    pub version: ProtocolVersion,
    /// The cipher suite.
    pub suite: CipherSuite,
    /// The group of the key exchange; none if a session was resumed.
    pub group: Option<NamedGroup>,
    /// Whether a session was resumed.
    pub resumed: bool,
    /// Whether the master secret is bound to the whole handshake (RFC 7627): only then may keys be exported.
    pub extended_master_secret: bool,
    /// The application protocol that was agreed on (RFC 7301).
    pub alpn: Option<Vec<u8>>,
    /// At a server: the name by which the client called it (RFC 6066 §3).
    pub server_name: Option<String>,
    /// The peer's certificates in DER, its own first; none if it has not shown any in this handshake.
    pub peer: Vec<Vec<u8>>,
}

/// In order.
#[derive(Default)]
pub(crate) struct Actions(Vec<Action>);

impl Actions {
    pub(crate) fn push(&mut self, action: Action) {
        self.0.push(action);
    }
    /// Says it to the peer and to the transcript: neither can be forgotten.
    pub(crate) fn say<M: Encode>(&mut self, message: &M, transcript: &mut impl Listen) {
        let framed = message.framed();
        transcript.listen(&framed);
        self.push(Action::Send(M::KIND, framed));
    }
}
impl IntoIterator for Actions {
    type Item = Action;
    type IntoIter = alloc::vec::IntoIter<Action>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
