//! Whoever answers the engine's questions ([`Question`]), and two that answer at once: for keys that are at hand.
mod local;
mod tickets;
pub use local::{ClientDesk, Identity, LocalHost, ServerDesk};
pub use tickets::TicketKeys;

use crate::ask::{Answer, Question};
use crate::connection::World;

/// Answers questions. What it draws at random it draws from the `world`, so that a replay gives the same answers.
pub trait Desk {
    /// `None`: not now; the same question is asked again later.
    fn answer(&mut self, question: Question<'_>, world: &mut World<'_>) -> Option<Answer>;
}
