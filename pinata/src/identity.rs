//! Who the server is, made anew at each start and kept in memory alone: an authority, and under it a certificate for
//! each kind of key. The authority's key signs them and is wiped, so that afterwards nobody can make another.
use crate::failure::Failure;
use crate::files::Kit;
use crate::listen::Role;
use crate::random::Random;
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use rand_core::{CryptoRng, Rng};
use std::sync::Arc;
use tls::{ClientAuth, ClientHello, Credential, Host, SignatureScheme};
use x509::builder::CertificateBuilder;
use x509::certificate::Validity;
use x509::pem::{self, Label};
use x509::{Certificate, KeyKind, PrivateKey, Time, TrustAnchor};

/// The authority while it signs.
pub(crate) struct Authority {
    /// For the life of the program: the verifier borrows from it.
    certificate: Certificate<'static>,
    der: &'static [u8],
    key: PrivateKey,
    validity: Validity,
}

impl Authority {
    /// A new one, with a name that no other has, valid for a week from `now`.
    pub(crate) fn new(now: Time, random: &mut Random) -> Result<Self, Failure> {
        let validity = Validity { not_before: Time(now.0 - HOUR), not_after: Time(now.0 + WEEK) };
        let name = format!("nqsb pinata {:016x}", random.next_u64());
        let key = PrivateKey::generate(KeyKind::EcdsaP256, random).map_err(failed)?;
        let builder = CertificateBuilder::authority(name, validity).path_length(0);
        let der: &'static [u8] = builder.self_signed(&key, random).map_err(failed)?.leak();
        Ok(Self { certificate: Certificate::from_der(der).map_err(failed)?, der, key, validity })
    }
    /// A client that may come in, and the same key in a certificate for a server, which may not.
    pub(crate) fn rehearsal(&self, random: &mut Random) -> Result<Kit, Failure> {
        let key = PrivateKey::generate(KeyKind::EcdsaP256, random).map_err(failed)?;
        let client = self.sign(self.subject("a client, for rehearsals").client(), &key, random)?;
        let other = self.sign(self.subject("no client, for rehearsals").server(), &key, random)?;
        Ok(Kit {
            certificate: pem::encode(Label::Certificate, &client),
            other_usage: pem::encode(Label::Certificate, &other),
            key: key.to_pkcs8_pem(),
        })
    }
    fn subject(&self, name: &str) -> CertificateBuilder {
        CertificateBuilder::end_entity(name, self.validity)
    }
    fn sign(
        &self,
        builder: CertificateBuilder,
        key: &PrivateKey,
        random: &mut Random,
    ) -> Result<Vec<u8>, Failure> {
        builder.signed_by(&key.public_key(), &self.certificate, &self.key, random).map_err(failed)
    }
}

/// What the server shows and whom it trusts.
pub(crate) struct Identity {
    /// In order of preference.
    leaves: [Leaf; 2],
    /// The authority alone.
    pub(crate) anchors: [TrustAnchor<'static>; 1],
    /// The authority's certificate.
    pub(crate) ca_pem: String,
}
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("anchors", &self.anchors).finish_non_exhaustive()
    }
}

struct Leaf {
    key: PrivateKey,
    credential: Arc<Credential>,
    page: Arc<Host>,
    bounty: Arc<Host>,
}

impl Identity {
    /// Certificates for `localhost`, its addresses, and the address that is listened on.
    pub(crate) fn new(authority: &Authority, listen: IpAddr, random: &mut Random) -> Result<Self, Failure> {
        let mut leaf = |kind| Leaf::new(authority, kind, listen, random);
        Ok(Self {
            leaves: [leaf(KeyKind::EcdsaP256)?, leaf(KeyKind::Rsa)?],
            anchors: [TrustAnchor::from_certificate(authority.certificate.clone())],
            ca_pem: pem::encode(Label::Certificate, authority.der),
        })
    }
    /// Who we are for this client: the first that it can verify. If there is none, TLS finds out why, and says so.
    pub(crate) fn host(&self, hello: &ClientHello<'_>, role: Role) -> Arc<Host> {
        let [first, ..] = &self.leaves;
        let leaf = self.leaves.iter().find(|leaf| hello.can_verify(&leaf.credential)).unwrap_or(first);
        Arc::clone(match role {
            Role::Page => &leaf.page,
            Role::Bounty => &leaf.bounty,
        })
    }
    /// A signature with the key of just this credential.
    pub(crate) fn sign(
        &self,
        credential: &Arc<Credential>,
        scheme: SignatureScheme,
        message: &[u8],
        random: &mut dyn CryptoRng,
    ) -> Option<Vec<u8>> {
        let leaf = self.leaves.iter().find(|leaf| Arc::ptr_eq(&leaf.credential, credential))?;
        leaf.key.sign(scheme.algorithm()?, message, random).ok()
    }
}

impl Leaf {
    fn new(
        authority: &Authority,
        kind: KeyKind,
        listen: IpAddr,
        random: &mut Random,
    ) -> Result<Self, Failure> {
        let key = PrivateKey::generate(kind, random).map_err(failed)?;
        let own: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        let mut builder = authority.subject("pinata server").server().dns("localhost");
        for address in own {
            builder = builder.ip(address);
        }
        if !listen.is_unspecified() && !own.contains(&listen) {
            builder = builder.ip(listen);
        }
        let chain = vec![authority.sign(builder, &key, random)?];
        let credential = Arc::new(Credential::new(chain).map_err(failed)?);
        let host = |client_auth| {
            Arc::new(Host { credential: Arc::clone(&credential), client_auth, alpn: Vec::new() })
        };
        Ok(Self { page: host(ClientAuth::None), bounty: host(ClientAuth::Required), key, credential })
    }
}

/// Nothing that a person did wrong, but it must be said.
fn failed(error: impl fmt::Display) -> Failure {
    Failure(format!("the certificates could not be made: {error}; start it once more, and tell us"))
}

/// Clocks of clients may be a little slow.
const HOUR: i64 = 3_600;
const WEEK: i64 = 7 * 24 * HOUR;
