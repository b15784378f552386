//! The TLS 1.2 server (RFC 5246 §7.3, RFC 5077, RFC 7627).
//!
//! ```text
//!  AskSession ─┬─ found ────────────────────────────────────────────────────────────┐ (we have spoken)
//!              └─ not found ─► AskSignature ─┬─ client not asked ─┐                  │
//!                                            └─► WaitCertificate ─┴► WaitClientKeyExchange ─┬─ no certificate ─┤
//!                                                                                           └► WaitCertVerify ─┤
//!                       Connected ◄─ [AskTicket] ◄─ WaitFinished ◄─ WaitChangeCipherSpec ◄─────────────────────┘
//! ```
mod authenticate;
mod carried;
mod choose;
mod finish;
mod respond;
pub(super) use respond::{AfterHost, begin};

use crate::ask::{Answer as A, Question};
use crate::error::Error;
use crate::peer::connected12::Connected;
use crate::registry::HandshakeType as T;
use crate::step::{Cx, Input};
use authenticate::{AfterKeyExchange, WaitCertVerify, WaitCertificate, WaitClientKeyExchange};
use finish::{AfterFinished, AskTicket, WaitChangeCipherSpec, WaitFinished};
use respond::{AfterSession, AfterSignature, AskSession, AskSignature};

pub(crate) enum State {
    AskSession(AskSession),
    AskSignature(AskSignature),
    WaitCertificate(WaitCertificate),
    WaitClientKeyExchange(WaitClientKeyExchange),
    WaitCertVerify(WaitCertVerify),
    WaitChangeCipherSpec(WaitChangeCipherSpec),
    WaitFinished(WaitFinished),
    AskTicket(AskTicket),
    Connected(Connected),
}

impl State {
    pub(crate) fn step(self, input: Input<'_>, cx: &mut Cx<'_>) -> Result<Self, Error> {
        use Input as I;
        use State as S;
        Ok(match (self, input) {
            (S::AskSession(s), I::Answer(A::Session(a))) => match s.session(a, cx)? {
                AfterSession::Resumed(s) => S::WaitChangeCipherSpec(s),
                AfterSession::Full(s) => S::AskSignature(s),
            },
            (S::AskSignature(s), I::Answer(A::Signature(a))) => match s.signature(a, cx)? {
                AfterSignature::Certificate(s) => S::WaitCertificate(s),
                AfterSignature::KeyExchange(s) => S::WaitClientKeyExchange(s),
            },
            (S::WaitCertificate(s), I::Handshake(T::Certificate, m)) => {
                S::WaitClientKeyExchange(s.certificate(&m.hear()?, cx)?)
            }
            (S::WaitClientKeyExchange(s), I::Handshake(T::ClientKeyExchange, m)) => {
                match s.client_key_exchange(&m.hear()?)? {
                    AfterKeyExchange::CertVerify(s) => S::WaitCertVerify(s),
                    AfterKeyExchange::ChangeCipherSpec(s) => S::WaitChangeCipherSpec(s),
                }
            }
            (S::WaitCertVerify(s), I::Handshake(T::CertificateVerify, m)) => {
                S::WaitChangeCipherSpec(s.certificate_verify(&m.hear()?)?)
            }
            (S::WaitChangeCipherSpec(s), I::ChangeCipherSpec(a)) => {
                S::WaitFinished(s.change_cipher_spec(a, cx))
            }
            (S::WaitFinished(s), I::Handshake(T::Finished, m)) => match s.finished(m.hear()?, cx)? {
                AfterFinished::Ticket(s) => S::AskTicket(s),
                AfterFinished::Connected(s) => S::Connected(s),
            },
            (S::AskTicket(s), I::Answer(A::Kept(a))) => S::Connected(s.kept(a, cx)),
            // Not read: whatever it offers, there is no second handshake here.
            (S::Connected(s), I::Handshake(T::ClientHello, _)) => S::Connected(s.no_renegotiation(cx)),
            (state, input) => return Err(input.unexpected(state.name())),
        })
    }
    pub(crate) fn question(&self) -> Option<Question<'_>> {
        match self {
            Self::AskSession(s) => s.question(),
            Self::AskSignature(s) => Some(s.question()),
            Self::AskTicket(s) => Some(s.question()),
            Self::WaitCertificate(_)
            | Self::WaitClientKeyExchange(_)
            | Self::WaitCertVerify(_)
            | Self::WaitChangeCipherSpec(_)
            | Self::WaitFinished(_)
            | Self::Connected(_) => None,
        }
    }
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::AskSession(_) => "server 1.2 AskSession",
            Self::AskSignature(_) => "server 1.2 AskSignature",
            Self::WaitCertificate(_) => "server 1.2 WaitCertificate",
            Self::WaitClientKeyExchange(_) => "server 1.2 WaitClientKeyExchange",
            Self::WaitCertVerify(_) => "server 1.2 WaitCertVerify",
            Self::WaitChangeCipherSpec(_) => "server 1.2 WaitChangeCipherSpec",
            Self::WaitFinished(_) => "server 1.2 WaitFinished",
            Self::AskTicket(_) => "server 1.2 AskTicket",
            Self::Connected(_) => "server 1.2 Connected",
        }
    }
}
