//! Desks with the private keys in memory. A server's chooses by name (RFC 6066 §3) and by what the client can verify.
use super::{Desk, TicketKeys};
use crate::ask::{Answer, Question};
use crate::config::{ClientAuth, Credential, CredentialError, Host};
use crate::connection::World;
use crate::message::ClientHello;
use crate::registry::SignatureScheme;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use x509::{Certificate, PrivateKey};

/// A credential and its private key.
#[derive(Debug)]
pub struct Identity {
    credential: Arc<Credential>,
    key: PrivateKey,
}

/// What a server is called, and who it is then.
#[derive(Debug)]
pub struct LocalHost {
    /// Names, in which `*` may stand for the first label; none: whatever it is called.
    pub names: Vec<String>,
    /// In order of preference: the first that the client can verify is shown.
    pub identities: Vec<Identity>,
    /// Whether the client has to say who it is.
    pub client_auth: ClientAuth,
    /// Application protocols in order of preference (RFC 7301).
    pub alpn: Vec<Vec<u8>>,
}

/// A server's hosts and ticket keys.
#[derive(Debug)]
pub struct ServerDesk {
    hosts: Vec<Prepared>,
    tickets: Option<TicketKeys>,
}

/// A host, and for each of its identities what the engine gets to see of it.
#[derive(Debug)]
struct Prepared {
    names: Vec<String>,
    faces: Vec<(Arc<Host>, Identity)>,
}

/// A client's identities; it may well have none.
#[derive(Debug, Default)]
pub struct ClientDesk {
    /// In order of preference: the first that the server can verify is shown.
    pub identities: Vec<Identity>,
}

impl Identity {
    /// From a chain in DER, the owner's certificate first, and its private key.
    ///
    /// # Errors
    /// [`CredentialError`] if they are not what they should be, or don't belong together.
    pub fn new(chain: Vec<Vec<u8>>, key: PrivateKey) -> Result<Self, CredentialError> {
        let own = chain.first().ok_or(CredentialError::Empty)?;
        let certificate = Certificate::from_der(own).map_err(CredentialError::Certificate)?;
        if *certificate.public_key() != key.public_key() {
            return Err(CredentialError::OtherKey);
        }
        Ok(Self { credential: Arc::new(Credential::new(chain)?), key })
    }
    /// The public half.
    #[must_use]
    pub const fn credential(&self) -> &Arc<Credential> {
        &self.credential
    }
    /// One of the `authorities` has issued one of the certificates; always, if there are none.
    fn is_issued_by(&self, authorities: &[Vec<u8>]) -> bool {
        let mut chain = self.credential.chain().iter().filter_map(|der| Certificate::from_der(der).ok());
        authorities.is_empty()
            || chain.any(|certificate| authorities.iter().any(|name| name == certificate.issuer().der()))
    }
}

impl ServerDesk {
    /// The first host that goes by the client's name for us is chosen; without a name, the first of all. With no
    /// `tickets`, sessions are not resumed.
    #[must_use]
    pub fn new(hosts: Vec<LocalHost>, tickets: Option<TicketKeys>) -> Self {
        let hosts = hosts.into_iter().map(Prepared::new).collect();
        Self { hosts, tickets }
    }
    fn host(&self, hello: &ClientHello<'_>) -> Option<Arc<Host>> {
        let named =
            |host: &&Prepared| hello.server_name.as_ref().is_none_or(|name| host.goes_by(name.as_ref()));
        let faces = &self.hosts.iter().find(named)?.faces;
        // If the client can verify none of them, the engine finds out why, and says so.
        let face = faces.iter().find(|(_, face)| hello.can_verify(&face.credential)).or(faces.first());
        face.map(|(host, _)| Arc::clone(host))
    }
}
impl Desk for ServerDesk {
    fn answer(&mut self, question: Question<'_>, world: &mut World<'_>) -> Option<Answer> {
        Some(match question {
            Question::Host(hello) => Answer::Host(self.host(&hello)),
            Question::FindSession { identity } => Answer::Session(
                self.tickets.as_mut().and_then(|tickets| tickets.open(identity, world.now, world.random)),
            ),
            Question::KeepSession(session) => Answer::Kept(
                self.tickets.as_mut().and_then(|tickets| tickets.seal(session, world.now, world.random)),
            ),
            Question::Sign { credential, scheme, message } => {
                let identities = self.hosts.iter().flat_map(|host| &host.faces).map(|(_, identity)| identity);
                Answer::Signature(sign(identities, credential, scheme, message, world))
            }
            Question::Credential { .. } => Answer::Credential(None),
        })
    }
}

impl Prepared {
    fn new(host: LocalHost) -> Self {
        let LocalHost { names, identities, client_auth, alpn } = host;
        let face = |identity: Identity| {
            let credential = Arc::clone(&identity.credential);
            (Arc::new(Host { credential, client_auth, alpn: alpn.clone() }), identity)
        };
        Self { names, faces: identities.into_iter().map(face).collect() }
    }
    fn goes_by(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|pattern| matches(pattern, name))
    }
}

impl Desk for ClientDesk {
    fn answer(&mut self, question: Question<'_>, world: &mut World<'_>) -> Option<Answer> {
        Some(match question {
            Question::Credential { schemes, authorities } => {
                let identity = self.identities.iter().find(|identity| {
                    SignatureScheme::choose(identity.credential.key(), schemes).is_some()
                        && identity.is_issued_by(authorities)
                });
                Answer::Credential(identity.map(|identity| Arc::clone(&identity.credential)))
            }
            Question::Sign { credential, scheme, message } => {
                Answer::Signature(sign(&self.identities, credential, scheme, message, world))
            }
            Question::Host(_) => Answer::Host(None),
            Question::FindSession { .. } => Answer::Session(None),
            Question::KeepSession(_) => Answer::Kept(None),
        })
    }
}

/// With the key of just this credential.
fn sign<'i>(
    identities: impl IntoIterator<Item = &'i Identity>,
    credential: &Arc<Credential>,
    scheme: SignatureScheme,
    message: &[u8],
    world: &mut World<'_>,
) -> Option<Vec<u8>> {
    let mut identities = identities.into_iter();
    let identity = identities.find(|identity| Arc::ptr_eq(&identity.credential, credential))?;
    identity.key.sign(scheme.algorithm()?, message, world.random).ok()
}

/// `*` stands for one whole label, the first.
fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix("*."), name.split_once('.')) {
        (Some(parent), Some((_, rest))) => parent.eq_ignore_ascii_case(rest),
        (Some(_), None) => false,
        (None, _) => pattern.eq_ignore_ascii_case(name),
    }
}
