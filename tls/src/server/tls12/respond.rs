//! Our first flight: a resumed session in one piece, a new one around a signature (RFC 5246 §7.3, RFC 5077 §3.1).
use super::authenticate::{WaitCertificate, WaitClientKeyExchange};
use super::carried::Carried;
use super::choose::{Choice, choose, protocol};
use super::finish::WaitChangeCipherSpec;
use crate::action::{Action, Established};
use crate::ask::Question;
use crate::codec::Encode;
use crate::config::{ClientAuth, Host, ServerConfig};
use crate::error::{Declined, Error, Incompatible, Misbehaviour};
use crate::key_schedule::KeyShare;
use crate::key_schedule::tls12::{Master, Terms};
use crate::message::tls12::{
    Certificate, CertificateRequest, ServerEcdhParams, ServerHelloDone, ServerKeyExchange,
};
use crate::message::{ClientHello, ServerHello};
use crate::peer::identity::Authenticated;
use crate::peer::last12::Unchanged;
use crate::registry::{ClientCertificateType, HandshakeType, ProtocolVersion, Side, SignatureScheme};
use crate::session::{Binding, Session, Session12};
use crate::step::Cx;
use crate::transcript::{Listen, Spoken};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub(crate) struct AskSession {
    carried: Box<Carried>,
    choice: Choice,
    bound: Binding,
}
pub(crate) struct AskSignature {
    carried: Box<Carried>,
    share: KeyShare,
    scheme: SignatureScheme,
    message: Vec<u8>,
}
pub(crate) enum AfterHost {
    Ticket(AskSession),
    NoTicket(AskSignature),
}
pub(super) enum AfterSession {
    Resumed(WaitChangeCipherSpec),
    Full(AskSignature),
}
pub(super) enum AfterSignature {
    Certificate(WaitCertificate),
    KeyExchange(WaitClientKeyExchange),
}

/// Everything that the two hellos settle is settled here, unless a session is found that settles it otherwise.
pub(crate) fn begin(
    config: Arc<ServerConfig>,
    host: Arc<Host>,
    spoken: Spoken,
    cx: &mut Cx<'_>,
) -> Result<AfterHost, Error> {
    let hello = ClientHello::again(&spoken)?;
    if config.require_extended_master_secret && !hello.extended_master_secret {
        return Err(Error::Incompatible(Incompatible::ExtendedMasterSecret));
    }
    let alpn = protocol(&hello, &host)?;
    let choice = choose(&hello, &host, &config)?;
    let server_name = hello.server_name.as_ref().map(|name| String::from(name.as_ref()));
    let bound = Binding::to_host(&host.fingerprint(), server_name.as_deref());
    // A client that has shown who it is has done so for this connection only: such a session is not kept.
    let tickets = config.ticket_lifetime > 0 && host.client_auth == ClientAuth::None;
    let wants = tickets && hello.ticket.is_some();
    let offered = wants && hello.ticket.is_some_and(|ticket| !ticket.is_empty());
    let terms = Terms {
        side: Side::Server,
        suite: choice.suite,
        client_random: hello.random,
        server_random: cx.random32(),
    };
    let facts = Box::new(Established {
        version: ProtocolVersion::Tls12,
        suite: choice.suite.code,
        group: None,
        resumed: false,
        extended_master_secret: hello.extended_master_secret,
        alpn,
        server_name,
        peer: Vec::new(),
    });
    let ticket = (wants && hello.extended_master_secret).then_some(bound);
    let carried = Box::new(Carried { config, host, spoken, terms, ticket, facts });
    match offered {
        true => Ok(AfterHost::Ticket(AskSession { carried, choice, bound })),
        false => carried.full(choice, cx).map(AfterHost::NoTicket),
    }
}

impl AskSession {
    pub(super) fn question(&self) -> Option<Question<'_>> {
        let identity = ClientHello::again(&self.carried.spoken).ok()?.ticket?;
        Some(Question::FindSession { identity })
    }
    /// What was found counts only if it is this host's, young, and of a suite that both still like.
    pub(super) fn session(self, answer: Option<Session>, cx: &mut Cx<'_>) -> Result<AfterSession, Error> {
        let Self { carried, choice, bound } = self;
        let config = &carried.config;
        let hello = ClientHello::again(&carried.spoken)?;
        let session = answer.map(|Session::Tls12(session)| session).filter(|session| {
            session.bound == bound
                && session.is_fresh(config.ticket_lifetime, cx.now)
                && config.suites.contains(&session.suite.code)
                && hello.suites.contains(&session.suite.code)
        });
        match session {
            None => carried.full(choice, cx).map(AfterSession::Full),
            // RFC 7627 §5.3: the client knew the extension when the session was made.
            Some(_) if !hello.extended_master_secret => {
                Err(Error::Misbehaved(Misbehaviour::ExtendedMasterSecretLost))
            }
            Some(session) => carried.resumed(session, cx).map(AfterSession::Resumed),
        }
    }
}

impl Carried {
    /// The one thing that both flights begin with.
    fn say_hello(&mut self, resumed: bool, cx: &mut Cx<'_>) -> Result<(), Error> {
        let hello = ClientHello::again(&self.spoken)?;
        let answer = ServerHello {
            version: ProtocolVersion::Tls12,
            random: self.terms.server_random,
            session_id: if resumed { hello.session_id } else { &[] },
            suite: self.terms.suite.code,
            server_name: hello.server_name.is_some() && !resumed,
            point_formats: hello.point_formats && !resumed,
            extended_master_secret: hello.extended_master_secret,
            renegotiation_info: hello.secure_renegotiation(),
            ticket: self.ticket.is_some() && !resumed,
            alpn: self.facts.alpn.as_deref(),
        };
        cx.actions.push(Action::Negotiated(ProtocolVersion::Tls12, self.terms.suite.code));
        // The answer borrows from the words that it will be added to.
        let framed = answer.framed();
        self.spoken.listen(&framed);
        cx.actions.push(Action::Send(HandshakeType::ServerHello, framed));
        Ok(())
    }

    fn resumed(mut self, session: Session12, cx: &mut Cx<'_>) -> Result<WaitChangeCipherSpec, Error> {
        self.terms.suite = session.suite;
        self.facts.suite = session.suite.code;
        self.say_hello(true, cx)?;
        let Self { spoken, terms, facts, .. } = self;
        let master = Master::resumed(session.master, terms);
        let unchanged = Unchanged::ours_first(master, spoken, Authenticated::by_resumption(), facts, cx);
        Ok(WaitChangeCipherSpec { unchanged, ticket: None })
    }

    fn full(mut self: Box<Self>, choice: Choice, cx: &mut Cx<'_>) -> Result<AskSignature, Error> {
        self.say_hello(false, cx)?;
        let chain = self.host.credential.chain().iter().map(Vec::as_slice).collect();
        cx.actions.say(&Certificate { chain }, &mut self.spoken);
        let share =
            KeyShare::generate(choice.group, cx.random).ok_or(Error::Incompatible(Incompatible::Group))?;
        self.facts.group = Some(choice.group);
        let params = ServerEcdhParams { group: choice.group, share: &share.public() };
        let message = params.to_sign(&self.terms.client_random, &self.terms.server_random);
        Ok(AskSignature { carried: self, share, scheme: choice.scheme, message })
    }
}

impl AskSignature {
    pub(super) fn question(&self) -> Question<'_> {
        let Self { carried, scheme, message, .. } = self;
        Question::Sign { credential: &carried.host.credential, scheme: *scheme, message }
    }
    pub(super) fn signature(self, answer: Option<Vec<u8>>, cx: &mut Cx<'_>) -> Result<AfterSignature, Error> {
        let Self { mut carried, share, scheme, .. } = self;
        let signature = &answer.ok_or(Error::Declined(Declined::Signature))?;
        let params = ServerEcdhParams { group: share.group(), share: &share.public() };
        cx.actions.say(&ServerKeyExchange { params, scheme, signature }, &mut carried.spoken);
        let asks = match carried.host.client_auth {
            ClientAuth::None => false,
            ClientAuth::Optional | ClientAuth::Required => true,
        };
        if asks {
            let request = CertificateRequest {
                types: [ClientCertificateType::EcdsaSign, ClientCertificateType::RsaSign].into(),
                schemes: carried.config.schemes.clone(),
                authorities: Vec::new(),
            };
            cx.actions.say(&request, &mut carried.spoken);
        }
        cx.actions.say(&ServerHelloDone, &mut carried.spoken);
        Ok(match asks {
            true => AfterSignature::Certificate(WaitCertificate { carried, share }),
            false => AfterSignature::KeyExchange(WaitClientKeyExchange::of_nobody(carried, share)?),
        })
    }
}
