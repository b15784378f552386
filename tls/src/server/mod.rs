//! The server: one hello, one question, then a machine for the version that was chosen.
//!
//! ```text
//!  WaitClientHello ─► AskHost ─┬─ ticket offered ─► tls12::AskSession
//!                              └──────────────────► tls12::AskSignature
//! ```
mod hello;
pub(crate) mod tls12;

use crate::ask::{Answer as A, Question};
use crate::config::ServerConfig;
use crate::error::Error;
use crate::registry::HandshakeType as T;
use crate::step::{Cx, Input};
use alloc::sync::Arc;
use hello::{AskHost, WaitClientHello};

pub(crate) enum State {
    WaitClientHello(WaitClientHello),
    AskHost(AskHost),
    Tls12(tls12::State),
}

impl State {
    pub(crate) const fn new(config: Arc<ServerConfig>) -> Self {
        Self::WaitClientHello(WaitClientHello { config })
    }
    pub(crate) fn step(self, input: Input<'_>, cx: &mut Cx<'_>) -> Result<Self, Error> {
        use Input as I;
        use State as S;
        Ok(match (self, input) {
            (S::WaitClientHello(s), I::Handshake(T::ClientHello, m)) => {
                S::AskHost(s.client_hello(m.hear()?)?)
            }
            (S::AskHost(s), I::Answer(A::Host(a))) => match s.host(a, cx)? {
                tls12::AfterHost::Ticket(s) => S::Tls12(tls12::State::AskSession(s)),
                tls12::AfterHost::NoTicket(s) => S::Tls12(tls12::State::AskSignature(s)),
            },
            (S::Tls12(s), input) => S::Tls12(s.step(input, cx)?),
            (state, input) => return Err(input.unexpected(state.name())),
        })
    }
    pub(crate) fn question(&self) -> Option<Question<'_>> {
        match self {
            Self::WaitClientHello(_) => None,
            Self::AskHost(s) => s.question(),
            Self::Tls12(s) => s.question(),
        }
    }
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::WaitClientHello(_) => "server WaitClientHello",
            Self::AskHost(_) => "server AskHost",
            Self::Tls12(s) => s.name(),
        }
    }
}
