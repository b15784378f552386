//! What the engine asks of its caller. An answer is a message from another peer: it steps the same table.
use crate::config::{Credential, Host};
use crate::message::ClientHello;
use crate::registry::SignatureScheme;
use crate::session::Session;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// A view of the waiting state: may be looked at as often as one likes, and costs nothing to drop.
#[derive(Debug)]
pub enum Question<'s> {
    /// Server: who shall I be for this client? [`Answer::Host`].
    Host(ClientHello<'s>),
    /// Server: which session has this ticket? [`Answer::Session`].
    FindSession {
        /// The ticket, as it was once answered to [`Question::KeepSession`], or anything that a client likes to send.
        identity: &'s [u8],
    },
    /// Server: give this session a ticket. [`Answer::Kept`].
    KeepSession(&'s Session),
    /// Client: who shall I be for this server? [`Answer::Credential`].
    Credential {
        /// Schemes that the server verifies; the signature will have to be by one of them.
        schemes: &'s [SignatureScheme],
        /// Names of issuers in DER that the server knows; none: any will do.
        authorities: &'s [Vec<u8>],
    },
    /// Either: sign this with that key. [`Answer::Signature`].
    Sign {
        /// Whose key.
        credential: &'s Arc<Credential>,
        /// How.
        scheme: SignatureScheme,
        /// What; not yet hashed.
        message: &'s [u8],
    },
}

/// What the caller says to a [`Question`] of the same kind.
#[derive(Debug)]
pub enum Answer {
    /// `None`: there is nobody here for this client, which is told `unrecognized_name`.
    Host(Option<Arc<Host>>),
    /// `None`: not known, or no longer; the handshake is a full one.
    Session(Option<Session>),
    /// The ticket, of at most 2^16 - 1 bytes. `None`: there is none.
    Kept(Option<Vec<u8>>),
    /// `None`: nobody; the server decides what it makes of that.
    Credential(Option<Arc<Credential>>),
    /// In the form that TLS sends: for ECDSA an `ECDSA-Sig-Value` in DER. `None`: the key did not sign, and the
    /// connection fails.
    Signature(Option<Vec<u8>>),
}

impl Question<'_> {
    /// Whether `answer` is of the right kind.
    pub(crate) const fn fits(&self, answer: &Answer) -> bool {
        matches!(
            (self, answer),
            (Self::Host(_), Answer::Host(_))
                | (Self::FindSession { .. }, Answer::Session(_))
                | (Self::KeepSession(_), Answer::Kept(_))
                | (Self::Credential { .. }, Answer::Credential(_))
                | (Self::Sign { .. }, Answer::Signature(_))
        )
    }
}
