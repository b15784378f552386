//! An authority, and certificates for a server and a client of each kind of key: made once, and always the same.
use super::NOW;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::OnceLock;
use tls::desk::Identity;
use x509::builder::CertificateBuilder;
use x509::certificate::Validity;
use x509::{Certificate, KeyKind, PrivateKey, Time, TrustAnchor, Verifier};

pub type Kind = KeyKind;

/// Certificates and keys, as they would lie in files.
pub struct Pki {
    authority: Vec<u8>,
    leaves: Vec<Leaf>,
}
struct Leaf {
    kind: Kind,
    server: Vec<u8>,
    client: Vec<u8>,
    key: Vec<u8>,
}

pub fn pki() -> &'static Pki {
    static PKI: OnceLock<Pki> = OnceLock::new();
    PKI.get_or_init(Pki::new)
}
/// Trusts the authority.
pub fn verifier() -> &'static Verifier<'static> {
    static ANCHORS: OnceLock<[TrustAnchor<'static>; 1]> = OnceLock::new();
    static VERIFIER: OnceLock<Verifier<'static>> = OnceLock::new();
    let anchors = ANCHORS
        .get_or_init(|| [TrustAnchor::from_certificate(Certificate::from_der(&pki().authority).unwrap())]);
    VERIFIER.get_or_init(|| Verifier::new(anchors))
}

impl Pki {
    fn new() -> Self {
        let random = &mut ChaCha20Rng::seed_from_u64(0x6e71_7362);
        let year = 365 * 86_400;
        let validity = Validity { not_before: Time(NOW.0 - year), not_after: Time(NOW.0 + year) };
        let ca_key = PrivateKey::generate(Kind::EcdsaP256, random).unwrap();
        let authority =
            CertificateBuilder::authority("Test Authority", validity).self_signed(&ca_key, random).unwrap();
        let issuer = Certificate::from_der(&authority).unwrap();
        let mut leaf = |kind| {
            let key = PrivateKey::generate(kind, random).unwrap();
            let public = key.public_key();
            let server = CertificateBuilder::end_entity("Test Server", validity)
                .dns("server.test")
                .dns("other.test")
                .ip(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)))
                .server()
                .signed_by(&public, &issuer, &ca_key, random)
                .unwrap();
            let client = CertificateBuilder::end_entity("Test Client", validity)
                .client()
                .signed_by(&public, &issuer, &ca_key, random)
                .unwrap();
            Leaf { kind, server, client, key: key.to_pkcs8_der().to_vec() }
        };
        let leaves = vec![leaf(Kind::EcdsaP256), leaf(Kind::Rsa), leaf(Kind::Ed25519)];
        Self { authority, leaves }
    }
    fn leaf(&self, kind: Kind) -> &Leaf {
        self.leaves.iter().find(|leaf| leaf.kind == kind).expect("a kind that we sign with")
    }
    pub fn key(&self, kind: Kind) -> PrivateKey {
        PrivateKey::from_pkcs8_der(&self.leaf(kind).key).unwrap()
    }
    pub fn server(&self, kind: Kind) -> Identity {
        Identity::new(vec![self.leaf(kind).server.clone()], self.key(kind)).unwrap()
    }
    pub fn client(&self, kind: Kind) -> Identity {
        Identity::new(vec![self.leaf(kind).client.clone()], self.key(kind)).unwrap()
    }
}
