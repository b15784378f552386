//! ChangeCipherSpec, Finished and the question of the ticket (RFC 5246 §7.3, RFC 5077 §3.3).
use crate::ask::Question;
use crate::error::Error;
use crate::key_schedule::FinishedVerified;
use crate::message::Finished;
use crate::message::tls12::NewSessionTicket;
use crate::peer::connected12::Connected;
use crate::peer::last12::{Last, Unchanged};
use crate::record::Aligned;
use crate::session::{Binding, Session};
use crate::step::{Cx, Heard};
use alloc::boxed::Box;
use alloc::vec::Vec;

pub(crate) struct WaitChangeCipherSpec {
    pub(super) unchanged: Unchanged,
    pub(super) ticket: Option<Promise>,
}
pub(crate) struct WaitFinished {
    last: Box<Last>,
    ticket: Option<Promise>,
}
/// The message of a promised ticket comes before our Finished, so whoever makes tickets must answer first.
pub(crate) struct AskTicket {
    last: Box<Last>,
    verified: FinishedVerified,
    session: Session,
    lifetime: u32,
}
pub(super) enum AfterFinished {
    Ticket(AskTicket),
    Connected(Connected),
}

/// The ServerHello has promised a ticket.
pub(super) struct Promise {
    pub(super) bound: Binding,
    /// Seconds.
    pub(super) lifetime: u32,
}

impl WaitChangeCipherSpec {
    pub(super) fn change_cipher_spec(self, aligned: Aligned, cx: &mut Cx<'_>) -> WaitFinished {
        WaitFinished { last: self.unchanged.change_cipher_spec(aligned, cx), ticket: self.ticket }
    }
}

impl WaitFinished {
    pub(super) fn finished(
        self,
        m: Heard<'_, Finished<'_>>,
        cx: &mut Cx<'_>,
    ) -> Result<AfterFinished, Error> {
        let Self { mut last, ticket } = self;
        let verified = last.finished(m)?;
        let promised = ticket.and_then(|Promise { bound, lifetime }| {
            last.session(bound, cx.now).map(|session| (Session::Tls12(session), lifetime))
        });
        Ok(match promised {
            Some((session, lifetime)) => {
                AfterFinished::Ticket(AskTicket { last, verified, session, lifetime })
            }
            None => AfterFinished::Connected(last.connected(verified, cx)),
        })
    }
}

impl AskTicket {
    pub(super) const fn question(&self) -> Question<'_> {
        Question::KeepSession(&self.session)
    }
    /// Promised is promised: no ticket is an empty ticket (RFC 5077 §3.3).
    pub(super) fn kept(self, answer: Option<Vec<u8>>, cx: &mut Cx<'_>) -> Connected {
        let Self { mut last, verified, lifetime, .. } = self;
        let ticket = answer.filter(|ticket| u16::try_from(ticket.len()).is_ok()).unwrap_or_default();
        cx.actions.say(&NewSessionTicket { lifetime, ticket: &ticket }, last.transcript());
        last.connected(verified, cx)
    }
}
