//! START: you cannot hold a client without its ClientHello.
use super::offer::{Offer, Resume};
use super::wait_server_hello::WaitServerHello;
use crate::action::Action;
use crate::config::ClientConfig;
use crate::registry::HandshakeType;
use crate::session::{Binding, Session, Ticket};
use crate::step::Cx;
use crate::transcript::{Listen, Spoken};
use alloc::boxed::Box;
use alloc::sync::Arc;
use x509::{ServerName, Time};

pub(super) fn start(
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
    ticket: Option<Ticket>,
    cx: &mut Cx<'_>,
) -> WaitServerHello {
    let random = cx.random32();
    let mut offer = Offer { config, name, random, resume: None };
    if let Some(ticket) = ticket
        && offer.is_usable(&ticket, cx.now)
    {
        offer.resume = Some(Resume { ticket: Box::new(ticket), session_id: cx.random32() });
    }
    let mut spoken = Spoken::default();
    let hello = offer.hello();
    spoken.listen(&hello);
    cx.actions.push(Action::Send(HandshakeType::ClientHello, hello));
    WaitServerHello { offer: Box::new(offer), spoken }
}

impl Offer {
    /// A ticket of this server's, not too old, of a suite that we still like.
    fn is_usable(&self, ticket: &Ticket, now: Time) -> bool {
        let Session::Tls12(session) = &ticket.session;
        self.config.tickets
            && session.bound == Binding::to_server(&self.name)
            && session.is_fresh(ticket.usable_for(), now)
            && self.suite(session.suite.code).is_some()
    }
}
