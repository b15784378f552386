//! Client or server: the root of the tree of tables.
use crate::ask::Question;
use crate::error::Error;
use crate::peer::connected12::Connected;
use crate::step::{Cx, Input};
use crate::{client, server};

pub(super) enum Machine {
    Client(client::State),
    Server(server::State),
}

impl Machine {
    pub(super) fn step(self, input: Input<'_>, cx: &mut Cx<'_>) -> Result<Self, Error> {
        Ok(match self {
            Self::Client(s) => Self::Client(s.step(input, cx)?),
            Self::Server(s) => Self::Server(s.step(input, cx)?),
        })
    }
    pub(super) fn question(&self) -> Option<Question<'_>> {
        match self {
            Self::Client(s) => s.question(),
            Self::Server(s) => s.question(),
        }
    }
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Client(s) => s.name(),
            Self::Server(s) => s.name(),
        }
    }
    pub(super) const fn connected12(&self) -> Option<&Connected> {
        match self {
            Self::Client(client::State::Tls12(client::tls12::State::Connected(s)))
            | Self::Server(server::State::Tls12(server::tls12::State::Connected(s))) => Some(s),
            Self::Client(_) | Self::Server(_) => None,
        }
    }
}
