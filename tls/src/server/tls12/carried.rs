//! Carried from the ClientHello to the client's ChangeCipherSpec: true in each of those states.
use crate::action::Established;
use crate::config::{Host, ServerConfig};
use crate::key_schedule::tls12::Terms;
use crate::session::Binding;
use crate::transcript::Spoken;
use alloc::boxed::Box;
use alloc::sync::Arc;

pub(crate) struct Carried {
    pub(super) config: Arc<ServerConfig>,
    pub(super) host: Arc<Host>,
    pub(super) spoken: Spoken,
    pub(super) terms: Terms,
    /// Whom a session made here belongs to; there, if the client wants a ticket and will get one.
    pub(super) ticket: Option<Binding>,
    pub(super) facts: Box<Established>,
}
