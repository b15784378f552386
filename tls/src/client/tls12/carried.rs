//! Carried from the ServerHello to our flight: true in each of those states.
use crate::action::Established;
use crate::config::ClientConfig;
use crate::key_schedule::tls12::Terms;
use crate::registry::NamedGroup;
use crate::session::Binding;
use crate::transcript::Spoken;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use x509::ServerName;

pub(crate) struct Carried {
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
    pub(super) spoken: Spoken,
    pub(super) terms: Terms,
    pub(super) extended_master_secret: bool,
    /// The server will send a ticket.
    pub(super) ticket: bool,
    pub(super) facts: Box<Established>,
}

/// The server's share, signed.
pub(crate) struct Share {
    pub(super) group: NamedGroup,
    pub(super) public: Vec<u8>,
}

impl Carried {
    /// Whom a session made here belongs to.
    pub(super) fn binding(&self) -> Binding {
        Binding::to_server(&self.name)
    }
}
