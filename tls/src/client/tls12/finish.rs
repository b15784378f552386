//! Ticket, ChangeCipherSpec, Finished (RFC 5077 §3.3, RFC 5246 §7.3).
use super::carried::Carried;
use crate::action::{Action, Note};
use crate::error::Error;
use crate::key_schedule::tls12::Master;
use crate::message::Finished;
use crate::message::tls12::NewSessionTicket;
use crate::peer::connected12::Connected;
use crate::peer::identity::Authenticated;
use crate::peer::last12::{Last, Unchanged};
use crate::record::Aligned;
use crate::session::{Binding, Session, Ticket};
use crate::step::{Cx, Heard};
use alloc::boxed::Box;

pub(crate) struct WaitTicket {
    unchanged: Unchanged,
    from: From,
}
pub(crate) struct WaitChangeCipherSpec {
    unchanged: Unchanged,
    ticket: Option<Box<Ticket>>,
}
pub(crate) struct WaitFinished {
    last: Box<Last>,
    ticket: Option<Box<Ticket>>,
}
pub(crate) enum AfterFlight {
    Ticket(WaitTicket),
    NoTicket(WaitChangeCipherSpec),
}

/// What the ticket will be for.
enum From {
    /// A session just made, for this server.
    New(Binding),
    /// The one that is being resumed; a new ticket takes the place of the old one.
    Resumed(Box<Ticket>),
}

impl AfterFlight {
    /// A new session: our Finished goes first.
    pub(super) fn new(carried: Carried, master: Master, server: Authenticated, cx: &mut Cx<'_>) -> Self {
        let bound = carried.binding();
        let Carried { spoken, ticket, facts, .. } = carried;
        let unchanged = Unchanged::ours_first(master, spoken, server, facts, cx);
        match ticket {
            true => Self::Ticket(WaitTicket { unchanged, from: From::New(bound) }),
            false => Self::NoTicket(WaitChangeCipherSpec { unchanged, ticket: None }),
        }
    }
}

impl WaitTicket {
    pub(super) const fn resumed(unchanged: Unchanged, ticket: Box<Ticket>) -> Self {
        Self { unchanged, from: From::Resumed(ticket) }
    }
    /// An empty ticket says that there is none after all.
    pub(super) fn new_session_ticket(
        self,
        m: &Heard<'_, NewSessionTicket<'_>>,
        cx: &Cx<'_>,
    ) -> WaitChangeCipherSpec {
        let Self { mut unchanged, from } = self;
        m.tell(unchanged.last.transcript());
        let NewSessionTicket { lifetime, ticket: identity } = m.body;
        let ticket = match from {
            From::Resumed(ticket) if identity.is_empty() => Some(ticket),
            // The session keeps its age: renewing the ticket does not renew what it stands for.
            From::Resumed(ticket) => {
                Some(Box::new(Ticket { identity: identity.to_vec(), lifetime, session: ticket.session }))
            }
            From::New(_) if identity.is_empty() => None,
            From::New(bound) => unchanged.last.session(bound, cx.now).map(|session| {
                Box::new(Ticket { identity: identity.to_vec(), lifetime, session: Session::Tls12(session) })
            }),
        };
        WaitChangeCipherSpec { unchanged, ticket }
    }
}

impl WaitChangeCipherSpec {
    /// The ticket goes back to the caller: in TLS 1.2 it may be used again.
    pub(super) const fn resumed(unchanged: Unchanged, ticket: Box<Ticket>) -> Self {
        Self { unchanged, ticket: Some(ticket) }
    }
    pub(super) fn change_cipher_spec(self, aligned: Aligned, cx: &mut Cx<'_>) -> WaitFinished {
        WaitFinished { last: self.unchanged.change_cipher_spec(aligned, cx), ticket: self.ticket }
    }
}

impl WaitFinished {
    pub(super) fn finished(self, m: Heard<'_, Finished<'_>>, cx: &mut Cx<'_>) -> Result<Connected, Error> {
        let Self { mut last, ticket } = self;
        let verified = last.finished(m)?;
        let connected = last.connected(verified, cx);
        if let Some(ticket) = ticket {
            cx.actions.push(Action::Note(Note::Ticket(ticket)));
        }
        Ok(connected)
    }
}
