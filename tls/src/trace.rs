//! What a connection tells about itself: public facts with byte offsets, never a secret. Observers cannot change anything.
use crate::error::Error;
use crate::registry::{AlertDescription, CipherSuite, ContentType, HandshakeType, ProtocolVersion};
use x509::PathError;

/// One event. Offsets (`at`) count bytes since the beginning of the connection, in the direction of the event.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Trace<'t> {
    /// A record was opened.
    RecordIn {
        /// Of the first byte of its header.
        at: u64,
        /// Bytes of its fragment as they came, behind the header.
        length: usize,
        /// What it carries.
        kind: ContentType,
        /// Whether it was protected.
        sealed: bool,
    },
    /// A record was appended to the output.
    RecordOut {
        /// Of the first byte of its header.
        at: u64,
        /// Bytes of its fragment as they leave, behind the header.
        length: usize,
        /// What it carries.
        kind: ContentType,
        /// Whether it is protected.
        sealed: bool,
    },
    /// A handshake message is complete; its step comes next.
    MessageIn {
        /// Of its first byte, also where it is spread over several records.
        at: u64,
        /// Its kind.
        kind: HandshakeType,
        /// With its header of four bytes, unprotected.
        raw: &'t [u8],
    },
    /// A handshake message of ours; its records come next.
    MessageOut {
        /// Of its first byte.
        at: u64,
        /// Its kind.
        kind: HandshakeType,
        /// With its header of four bytes, unprotected.
        raw: &'t [u8],
    },
    /// Version and suite are settled.
    Negotiated {
        /// The version.
        version: ProtocolVersion,
        /// The cipher suite.
        suite: CipherSuite,
    },
    /// A step has been made.
    State {
        /// The state before.
        from: &'static str,
        /// The state after.
        to: &'static str,
    },
    /// From this offset on, what comes is opened with new keys.
    ReadKeys {
        /// Of the first record under these keys.
        at: u64,
    },
    /// From this offset on, what leaves is sealed with new keys.
    WriteKeys {
        /// Of the first record under these keys.
        at: u64,
    },
    /// The peer sent an alert.
    AlertIn {
        /// Of its record's header.
        at: u64,
        /// 1: warning; 2: fatal.
        level: u8,
        /// What it says.
        description: AlertDescription,
    },
    /// We sent an alert.
    AlertOut {
        /// Of its record's header.
        at: u64,
        /// 1: warning; 2: fatal.
        level: u8,
        /// What it says.
        description: AlertDescription,
    },
    /// The peer's certificates lead to no anchor; the error holds every candidate and why it was dropped.
    PathRefused(&'t PathError),
    /// The connection is over.
    Failed(Error),
}

/// Looks on. What it sees is public; it has no say.
pub trait Observe {
    /// Called for each event, in order, in the middle of things.
    fn see(&mut self, event: Trace<'_>);
}

/// Looks away.
impl Observe for () {
    fn see(&mut self, _: Trace<'_>) {}
}
