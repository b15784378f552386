//! The TLS 1.2 client (RFC 5246 §7.3, RFC 5077, RFC 7627).
//!
//! ```text
//!  WaitCertificate ─► WaitServerKeyExchange ─► WaitHelloDoneOrRequest ─┬─ CertificateRequest ─► WaitHelloDone
//!                                                     │ ServerHelloDone                               │ ServerHelloDone
//!                                                     ▼                                               ▼
//!   resumed ─►  [WaitTicket] ─► WaitChangeCipherSpec ◄─ (we have spoken) ◄─ [AskSignature] ◄───── AskCredential
//!                                     │                                           Ask… waits for the caller
//!                                     ▼
//!                               WaitFinished ─► Connected
//! ```
mod authenticate;
mod carried;
mod finish;
mod speak;
pub(super) use authenticate::{AfterHello, begin};

use crate::ask::{Answer as A, Question};
use crate::error::Error;
use crate::message::tls12::HelloRequest;
use crate::peer::connected12::Connected;
use crate::registry::HandshakeType as T;
use crate::step::{Cx, Heard, Input};
use authenticate::{WaitCertificate, WaitHelloDone, WaitHelloDoneOrRequest, WaitServerKeyExchange};
use finish::{AfterFlight, WaitChangeCipherSpec, WaitFinished, WaitTicket};
use speak::{AfterCredential, AskCredential, AskSignature};

pub(crate) enum State {
    WaitCertificate(WaitCertificate),
    WaitServerKeyExchange(WaitServerKeyExchange),
    WaitHelloDoneOrRequest(WaitHelloDoneOrRequest),
    WaitHelloDone(WaitHelloDone),
    AskCredential(AskCredential),
    AskSignature(AskSignature),
    WaitTicket(WaitTicket),
    WaitChangeCipherSpec(WaitChangeCipherSpec),
    WaitFinished(WaitFinished),
    Connected(Connected),
}

impl State {
    pub(crate) fn step(self, input: Input<'_>, cx: &mut Cx<'_>) -> Result<Self, Error> {
        use Input as I;
        use State as S;
        let spoken = |after| match after {
            AfterFlight::Ticket(s) => S::WaitTicket(s),
            AfterFlight::NoTicket(s) => S::WaitChangeCipherSpec(s),
        };
        Ok(match (self, input) {
            (S::WaitCertificate(s), I::Handshake(T::Certificate, m)) => {
                S::WaitServerKeyExchange(s.certificate(&m.hear()?, cx)?)
            }
            (S::WaitServerKeyExchange(s), I::Handshake(T::ServerKeyExchange, m)) => {
                S::WaitHelloDoneOrRequest(s.server_key_exchange(&m.hear()?)?)
            }
            (S::WaitHelloDoneOrRequest(s), I::Handshake(T::CertificateRequest, m)) => {
                S::WaitHelloDone(s.certificate_request(m.hear()?))
            }
            (S::WaitHelloDoneOrRequest(s), I::Handshake(T::ServerHelloDone, m)) => {
                spoken(s.server_hello_done(m.hear()?, cx)?)
            }
            (S::WaitHelloDone(s), I::Handshake(T::ServerHelloDone, m)) => {
                S::AskCredential(s.server_hello_done(m.hear()?)?)
            }
            (S::AskCredential(s), I::Answer(A::Credential(a))) => match s.credential(a, cx)? {
                AfterCredential::Signature(s) => S::AskSignature(s),
                AfterCredential::Nobody(s) => spoken(s),
            },
            (S::AskSignature(s), I::Answer(A::Signature(a))) => spoken(s.signature(a, cx)?),
            (S::WaitTicket(s), I::Handshake(T::NewSessionTicket, m)) => {
                S::WaitChangeCipherSpec(s.new_session_ticket(&m.hear()?, cx))
            }
            (S::WaitChangeCipherSpec(s), I::ChangeCipherSpec(a)) => {
                S::WaitFinished(s.change_cipher_spec(a, cx))
            }
            (S::WaitFinished(s), I::Handshake(T::Finished, m)) => S::Connected(s.finished(m.hear()?, cx)?),
            // Read, counted with all messages after the handshake, and not obeyed (RFC 5246 §7.4.1.1).
            (S::Connected(s), I::Handshake(T::HelloRequest, m)) => {
                let Heard::<HelloRequest> { .. } = m.hear()?;
                S::Connected(s)
            }
            (state, input) => return Err(input.unexpected(state.name())),
        })
    }
    pub(crate) fn question(&self) -> Option<Question<'_>> {
        match self {
            Self::AskCredential(s) => Some(s.question()),
            Self::AskSignature(s) => Some(s.question()),
            Self::WaitCertificate(_)
            | Self::WaitServerKeyExchange(_)
            | Self::WaitHelloDoneOrRequest(_)
            | Self::WaitHelloDone(_)
            | Self::WaitTicket(_)
            | Self::WaitChangeCipherSpec(_)
            | Self::WaitFinished(_)
            | Self::Connected(_) => None,
        }
    }
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::WaitCertificate(_) => "client 1.2 WaitCertificate",
            Self::WaitServerKeyExchange(_) => "client 1.2 WaitServerKeyExchange",
            Self::WaitHelloDoneOrRequest(_) => "client 1.2 WaitHelloDoneOrRequest",
            Self::WaitHelloDone(_) => "client 1.2 WaitHelloDone",
            Self::AskCredential(_) => "client 1.2 AskCredential",
            Self::AskSignature(_) => "client 1.2 AskSignature",
            Self::WaitTicket(_) => "client 1.2 WaitTicket",
            Self::WaitChangeCipherSpec(_) => "client 1.2 WaitChangeCipherSpec",
            Self::WaitFinished(_) => "client 1.2 WaitFinished",
            Self::Connected(_) => "client 1.2 Connected",
        }
    }
}
