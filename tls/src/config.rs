//! What is decided before a byte moves. Public halves only: private keys answer questions ([`crate::Question`]).
use crate::registry::{CipherSuite, NamedGroup, SignatureScheme};
use crate::scheme::SCHEMES;
use crate::suite::SUITES;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use nocrypto::hash::{Hash, Sha256};
use x509::{Certificate, KeyKind};

/// What a client offers and accepts. Lists are in order of preference; entries that we don't speak are left out.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// Cipher suites to offer.
    pub suites: Vec<CipherSuite>,
    /// Groups for the key exchange.
    pub groups: Vec<NamedGroup>,
    /// Schemes by which the server may sign.
    pub schemes: Vec<SignatureScheme>,
    /// Application protocols to offer (RFC 7301), each of 1 to 255 bytes; none: the extension is not sent.
    pub alpn: Vec<Vec<u8>>,
    /// Whether tickets are asked for (RFC 5077).
    pub tickets: bool,
    /// Whether a server without the extended master secret (RFC 7627) is refused. It is always offered, and without it
    /// there are neither tickets nor exported keys.
    pub require_extended_master_secret: bool,
}

/// What a server accepts, the same for all its hosts. Lists are in order of preference.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Cipher suites; our order decides, not the client's.
    pub suites: Vec<CipherSuite>,
    /// Groups for the key exchange; our order decides.
    pub groups: Vec<NamedGroup>,
    /// Schemes by which clients may sign.
    pub schemes: Vec<SignatureScheme>,
    /// For how many seconds a session may be resumed; 0: no tickets are made or taken (RFC 5077).
    pub ticket_lifetime: u32,
    /// Whether a client without the extended master secret (RFC 7627) is refused.
    pub require_extended_master_secret: bool,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            suites: SUITES.to_vec(),
            groups: GROUPS.to_vec(),
            schemes: SCHEMES.to_vec(),
            alpn: Vec::new(),
            tickets: true,
            require_extended_master_secret: false,
        }
    }
}
impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            suites: SUITES.to_vec(),
            groups: GROUPS.to_vec(),
            schemes: SCHEMES.to_vec(),
            ticket_lifetime: 7_200,
            require_extended_master_secret: false,
        }
    }
}

/// A certificate chain, and the kind of key that signs for it. The key itself is elsewhere.
#[derive(Clone, Debug)]
pub struct Credential {
    chain: Vec<Vec<u8>>,
    key: KeyKind,
}

impl Credential {
    /// From certificates in DER, the owner's first, each next one certifying the one before it.
    ///
    /// # Errors
    /// [`CredentialError`] if there is no certificate, or the first cannot be read.
    pub fn new(chain: Vec<Vec<u8>>) -> Result<Self, CredentialError> {
        let own = chain.first().ok_or(CredentialError::Empty)?;
        let key = Certificate::from_der(own).map_err(CredentialError::Certificate)?.public_key().kind();
        Ok(Self { chain, key })
    }
    /// The certificates in DER, the owner's first.
    #[must_use]
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }
    /// What kind of key signs for it.
    #[must_use]
    pub const fn key(&self) -> KeyKind {
        self.key
    }
}

/// Why there is no credential.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CredentialError {
    /// Not one certificate.
    Empty,
    /// The first certificate cannot be read.
    Certificate(x509::Error),
    /// The private key belongs to another certificate.
    OtherKey,
}
impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the chain has no certificate"),
            Self::Certificate(error) => write!(f, "the first certificate cannot be read: {error}"),
            Self::OtherKey => f.write_str("the private key belongs to another certificate"),
        }
    }
}
impl core::error::Error for CredentialError {}

/// What a server is for one name: the answer to "who shall I be for this ClientHello?".
#[derive(Clone, Debug)]
pub struct Host {
    /// Who we say we are.
    pub credential: Arc<Credential>,
    /// Whether the client has to say who it is.
    pub client_auth: ClientAuth,
    /// Application protocols in order of preference; none: the client's offer is not answered (RFC 7301).
    pub alpn: Vec<Vec<u8>>,
}

impl Host {
    /// A hash of everything that makes this host this host: what a session was made under.
    pub(crate) fn fingerprint(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(&[match self.client_auth {
            ClientAuth::None => 0,
            ClientAuth::Optional => 1,
            ClientAuth::Required => 2,
        }]);
        for part in self.credential.chain.iter().chain(&self.alpn) {
            hash.update(&part.len().to_be_bytes());
            hash.update(part);
        }
        hash.finish()
    }
}

/// Whether a server asks for a client's certificate (RFC 5246 §7.4.4).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ClientAuth {
    /// It does not ask.
    None,
    /// It asks, and goes on without one.
    Optional,
    /// It asks, and does not go on without one.
    Required,
}

/// Groups of the key exchange, the one that we like best first.
pub(crate) const GROUPS: [NamedGroup; 2] = [NamedGroup::X25519, NamedGroup::Secp256r1];
