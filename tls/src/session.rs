//! What outlives a connection: sessions, and the tickets that name them (RFC 5077). Resumption secrets live here only.
use crate::codec::Reader;
use crate::error::Structure;
use crate::registry::HandshakeType;
use crate::suite::Tls12Suite;
use alloc::vec::Vec;
use core::fmt;
use nocrypto::Secret;
use nocrypto::hash::{Hash, Sha256};
use x509::{ServerName, Time};
use zeroize::Zeroizing;

/// What two ends need to know to go on where they were. It belongs to one version.
#[derive(Debug)]
pub enum Session {
    /// Of TLS 1.2.
    Tls12(Session12),
}

/// A session of TLS 1.2; always with the extended master secret (RFC 7627 §5.3).
pub struct Session12 {
    pub(crate) suite: Tls12Suite,
    pub(crate) master: Secret<48>,
    pub(crate) bound: Binding,
    pub(crate) born: Time,
}

/// Whom a session belongs to: it is never resumed for another. A client's is bound to the name of the server;
/// a server's to everything that its host is, and to the name that the client had sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Binding([u8; 32]);

/// The client's half: what the server calls the session, and the session.
#[derive(Debug)]
pub struct Ticket {
    pub(crate) identity: Vec<u8>,
    /// Seconds that the server has promised to remember; 0: it did not say.
    pub(crate) lifetime: u32,
    pub(crate) session: Session,
}

impl Session {
    /// The session in a form for storing under lock and key: it contains the master secret.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let Self::Tls12(session) = self;
        // Large enough from the beginning: growing would leave copies behind.
        let mut out = Zeroizing::new(Vec::with_capacity(LENGTH));
        out.extend(FORM.to_be_bytes());
        out.extend(u16::from(session.suite.code).to_be_bytes());
        out.extend(session.born.0.to_be_bytes());
        out.extend(session.bound.0);
        out.extend(session.master.expose());
        out
    }
    /// What [`Self::to_bytes`] has written; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes, Structure::Handshake(HandshakeType::NewSessionTicket));
        if reader.u16().ok()? != FORM {
            return None;
        }
        let suite = Tls12Suite::of(reader.u16().ok()?.into())?;
        let born = Time(i64::from_be_bytes(*reader.array().ok()?));
        let bound = Binding(*reader.array().ok()?);
        let master = reader.array::<48>().ok()?;
        reader.finish().ok()?;
        let master = Secret::fill_with(|own| own.copy_from_slice(master));
        Some(Self::Tls12(Session12 { suite, master, bound, born }))
    }
}

impl Session12 {
    /// The same session, for the other one who must hold it.
    pub(crate) fn remember(&self) -> Self {
        Self {
            suite: self.suite,
            master: Secret::fill_with(|own| own.copy_from_slice(self.master.expose())),
            bound: self.bound,
            born: self.born,
        }
    }
    /// Made no more than `lifetime` seconds ago, and not in the future.
    pub(crate) fn is_fresh(&self, lifetime: u32, now: Time) -> bool {
        (0..i64::from(lifetime)).contains(&now.0.saturating_sub(self.born.0))
    }
}
impl fmt::Debug for Session12 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session12")
            .field("suite", &self.suite.code)
            .field("born", &self.born)
            .finish_non_exhaustive()
    }
}

impl Binding {
    /// A client's sessions belong to a server's name.
    pub(crate) fn to_server(name: &ServerName<'_>) -> Self {
        let mut hash = Sha256::new();
        match name {
            ServerName::DnsName(name) => {
                hash.update(b"name");
                hash.update(name.as_ref().to_ascii_lowercase().as_bytes());
            }
            ServerName::IpAddress(address) => {
                hash.update(b"address");
                match address {
                    rustls_pki_types::IpAddr::V4(v4) => hash.update(v4.as_ref()),
                    rustls_pki_types::IpAddr::V6(v6) => hash.update(v6.as_ref()),
                }
            }
            // The enum is open for names that nobody has yet; such a session is never resumed for another kind.
            _ => hash.update(b"other"),
        }
        Self(hash.finish())
    }
    /// A server's sessions belong to a host, and to the name by which it was called (RFC 6066 §3).
    pub(crate) fn to_host(fingerprint: &[u8; 32], server_name: Option<&str>) -> Self {
        let mut hash = Sha256::new();
        hash.update(fingerprint);
        if let Some(name) = server_name {
            hash.update(b"name");
            hash.update(name.to_ascii_lowercase().as_bytes());
        }
        Self(hash.finish())
    }
}

impl Ticket {
    /// Seconds for which the server has promised to remember the session; 0: it did not say.
    #[must_use]
    pub const fn lifetime(&self) -> u32 {
        self.lifetime
    }
    /// Seconds for which we offer it: not longer than the server remembers, nor than a day (RFC 5246 §F.1.4).
    pub(crate) fn usable_for(&self) -> u32 {
        match self.lifetime {
            0 => DAY,
            lifetime => lifetime.min(DAY),
        }
    }
}

const DAY: u32 = 86_400;

/// Says which layout the bytes of a session have.
const FORM: u16 = 0x0012;
const LENGTH: usize = 2 + 2 + 8 + 32 + 48;
