//! From the ServerHello to ServerHelloDone: the server says who it is, and signs its share (RFC 5246 §7.4.2 to §7.4.5).
use super::carried::{Carried, Share};
use super::finish::{AfterFlight, WaitChangeCipherSpec, WaitTicket};
use super::speak::{AskCredential, speak};
use crate::action::{Action, Established};
use crate::client::offer::{Offer, Resume, offers_group};
use crate::error::{Error, Incompatible, Misbehaviour};
use crate::key_schedule::tls12::{Master, Terms};
use crate::message::ServerHello;
use crate::message::tls12::{Certificate, CertificateRequest, ServerHelloDone, ServerKeyExchange};
use crate::peer::identity::{Authenticated, Chain};
use crate::peer::last12::Unchanged;
use crate::registry::{ProtocolVersion, Side};
use crate::scheme::curve;
use crate::session::Session;
use crate::step::{Cx, Heard};
use crate::transcript::Spoken;
use alloc::boxed::Box;
use alloc::vec::Vec;
use x509::Purpose;

pub(crate) struct WaitCertificate {
    carried: Box<Carried>,
}
pub(crate) struct WaitServerKeyExchange {
    carried: Box<Carried>,
    chain: Chain,
}
pub(crate) struct WaitHelloDoneOrRequest {
    carried: Box<Carried>,
    server: Authenticated,
    share: Share,
}
pub(crate) struct WaitHelloDone {
    carried: Box<Carried>,
    server: Authenticated,
    share: Share,
    request: Box<CertificateRequest>,
}

pub(crate) enum AfterHello {
    Full(WaitCertificate),
    Ticket(WaitTicket),
    NoTicket(WaitChangeCipherSpec),
}

/// The ServerHello says TLS 1.2: a new session, or the one that we had offered.
pub(crate) fn begin(
    offer: Offer,
    mut spoken: Spoken,
    m: &Heard<'_, ServerHello<'_>>,
    cx: &mut Cx<'_>,
) -> Result<AfterHello, Error> {
    let hello = &m.body;
    let suite = offer.suite(hello.suite).ok_or(Error::Misbehaved(Misbehaviour::WrongSuite))?;
    if !hello.renegotiation_info {
        return Err(Error::Incompatible(Incompatible::SecureRenegotiation));
    }
    if !hello.extended_master_secret && offer.config.require_extended_master_secret {
        return Err(Error::Incompatible(Incompatible::ExtendedMasterSecret));
    }
    m.tell(&mut spoken);
    cx.actions.push(Action::Negotiated(ProtocolVersion::Tls12, suite.code));
    let terms = Terms { side: Side::Client, suite, client_random: offer.random, server_random: hello.random };
    let facts = Box::new(Established {
        version: ProtocolVersion::Tls12,
        suite: suite.code,
        group: None,
        resumed: false,
        extended_master_secret: hello.extended_master_secret,
        alpn: hello.alpn.map(Vec::from),
        server_name: None,
        peer: Vec::new(),
    });
    let Offer { config, name, resume, .. } = offer;
    match resume {
        Some(Resume { ticket, session_id }) if hello.session_id == session_id => {
            let Session::Tls12(session) = &ticket.session;
            if session.suite != suite {
                return Err(Error::Misbehaved(Misbehaviour::WrongSuite));
            }
            if !hello.extended_master_secret {
                return Err(Error::Misbehaved(Misbehaviour::ExtendedMasterSecretLost));
            }
            let master = Master::resumed(session.remember().master, terms);
            let unchanged = Unchanged::theirs_first(master, spoken, Authenticated::by_resumption(), facts);
            Ok(match hello.ticket {
                true => AfterHello::Ticket(WaitTicket::resumed(unchanged, ticket)),
                false => AfterHello::NoTicket(WaitChangeCipherSpec::resumed(unchanged, ticket)),
            })
        }
        Some(_) | None => Ok(AfterHello::Full(WaitCertificate {
            carried: Box::new(Carried {
                config,
                name,
                spoken,
                terms,
                extended_master_secret: hello.extended_master_secret,
                ticket: hello.ticket,
                facts,
            }),
        })),
    }
}

impl WaitCertificate {
    /// The key must fit the suite, and be on a curve that we have offered (RFC 8422 §5.3); then a path must be found.
    pub(super) fn certificate(
        self,
        m: &Heard<'_, Certificate<'_>>,
        cx: &mut Cx<'_>,
    ) -> Result<WaitServerKeyExchange, Error> {
        let mut carried = self.carried;
        let chain = Chain::accept(&m.body.chain, Purpose::Server(&carried.name), cx)?;
        let fits = carried.terms.suite.signer.is(chain.key())
            && curve(chain.key()).is_none_or(|curve| offers_group(&carried.config, curve));
        if !fits {
            return Err(Error::Misbehaved(Misbehaviour::WrongKey));
        }
        m.tell(&mut carried.spoken);
        Ok(WaitServerKeyExchange { carried, chain })
    }
}

impl WaitServerKeyExchange {
    pub(super) fn server_key_exchange(
        self,
        m: &Heard<'_, ServerKeyExchange<'_>>,
    ) -> Result<WaitHelloDoneOrRequest, Error> {
        let Self { mut carried, chain } = self;
        let ServerKeyExchange { params, scheme, signature } = m.body;
        if !offers_group(&carried.config, params.group) {
            return Err(Error::Misbehaved(Misbehaviour::WrongGroup));
        }
        let message = params.to_sign(&carried.terms.client_random, &carried.terms.server_random);
        let server = chain.signed(scheme, &carried.config.schemes, &message, signature)?;
        m.tell(&mut carried.spoken);
        let share = Share { group: params.group, public: params.share.to_vec() };
        Ok(WaitHelloDoneOrRequest { carried, server, share })
    }
}

impl WaitHelloDoneOrRequest {
    pub(super) fn certificate_request(self, m: Heard<'_, CertificateRequest>) -> WaitHelloDone {
        let Self { mut carried, server, share } = self;
        m.tell(&mut carried.spoken);
        WaitHelloDone { carried, server, share, request: Box::new(m.body) }
    }
    pub(super) fn server_hello_done(
        self,
        mut m: Heard<'_, ServerHelloDone>,
        cx: &mut Cx<'_>,
    ) -> Result<AfterFlight, Error> {
        let Self { mut carried, server, share } = self;
        m.aligned()?;
        m.tell(&mut carried.spoken);
        let master = speak(&mut carried, &share, cx)?;
        Ok(AfterFlight::new(*carried, master, server, cx))
    }
}

impl WaitHelloDone {
    pub(super) fn server_hello_done(self, mut m: Heard<'_, ServerHelloDone>) -> Result<AskCredential, Error> {
        let Self { mut carried, server, share, request } = self;
        m.aligned()?;
        m.tell(&mut carried.spoken);
        Ok(AskCredential { carried, server, share, request })
    }
}
