//! The client: one hello, then a machine for the version that the server chose.
//!
//! ```text
//!  start ─ClientHello─► WaitServerHello ─┬─ new session ─► tls12::WaitCertificate
//!                                        └─ resumed ─────► tls12::WaitTicket | tls12::WaitChangeCipherSpec
//! ```
mod offer;
mod start;
pub(crate) mod tls12;
mod wait_server_hello;

use crate::ask::Question;
use crate::config::ClientConfig;
use crate::error::Error;
use crate::registry::HandshakeType as T;
use crate::session::Ticket;
use crate::step::{Cx, Input};
use alloc::sync::Arc;
use wait_server_hello::WaitServerHello;
use x509::ServerName;

pub(crate) enum State {
    WaitServerHello(WaitServerHello),
    Tls12(tls12::State),
}

impl State {
    pub(crate) fn start(
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        ticket: Option<Ticket>,
        cx: &mut Cx<'_>,
    ) -> Self {
        Self::WaitServerHello(start::start(config, name, ticket, cx))
    }
    pub(crate) fn step(self, input: Input<'_>, cx: &mut Cx<'_>) -> Result<Self, Error> {
        use Input as I;
        use State as S;
        Ok(match (self, input) {
            (S::WaitServerHello(s), I::Handshake(T::ServerHello, m)) => {
                match s.server_hello(m.hear()?, cx)? {
                    tls12::AfterHello::Full(s) => S::Tls12(tls12::State::WaitCertificate(s)),
                    tls12::AfterHello::Ticket(s) => S::Tls12(tls12::State::WaitTicket(s)),
                    tls12::AfterHello::NoTicket(s) => S::Tls12(tls12::State::WaitChangeCipherSpec(s)),
                }
            }
            (S::Tls12(s), input) => S::Tls12(s.step(input, cx)?),
            (state, input) => return Err(input.unexpected(state.name())),
        })
    }
    pub(crate) fn question(&self) -> Option<Question<'_>> {
        match self {
            Self::WaitServerHello(_) => None,
            Self::Tls12(s) => s.question(),
        }
    }
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::WaitServerHello(_) => "client WaitServerHello",
            Self::Tls12(s) => s.name(),
        }
    }
}
