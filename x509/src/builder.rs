//! Certificates made here (RFC 5280 §4): an authority, and end entities below it.
use crate::certificate::extension::basic_constraints::BasicConstraints;
use crate::certificate::extension::key_identifier::AuthorityKeyIdentifier;
use crate::certificate::extension::usage::KeyUsage;
use crate::certificate::extension::{RawExtension, RawExtensions};
use crate::certificate::{Certificate, Grammar, TbsCertificate, Validity, validity};
use crate::key::{AlgorithmIdentifier, KeyKind, PrivateKey, PublicKey, SignError, SignatureAlgorithm};
use crate::name::dns::DnsPattern;
use crate::name::general::{GeneralName, GeneralNames};
use crate::name::{AttributeTypeAndValue, RdnSequence};
use crate::oid;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use asn1::{
    Any, BitString, Decode as _, Encode, ErrorKind, Explicit, Ia5String, Implicit, Integer, NamedBits,
    OctetString, Oid, Raw, SequenceOf, SetOf, Utf8String,
};
use core::fmt;
use core::net::IpAddr;
use nocrypto::hash::{Hash as _, Sha256};
use rand_core::CryptoRng;

/// A certificate that is to be. Its serial number is random, its key identifiers are hashes.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use rand_chacha::rand_core::SeedableRng as _;
/// # let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(1);
/// use x509::{Certificate, KeyKind, PrivateKey, Time};
/// use x509::builder::CertificateBuilder;
/// use x509::certificate::Validity;
///
/// let year = Validity { not_before: Time(1_790_000_000), not_after: Time(1_821_536_000) };
/// let ca_key = PrivateKey::generate(KeyKind::EcdsaP256, &mut rng)?;
/// let ca = CertificateBuilder::authority("Example CA", year).path_length(0).self_signed(&ca_key, &mut rng)?;
///
/// let key = PrivateKey::generate(KeyKind::Ed25519, &mut rng)?;
/// let leaf = CertificateBuilder::end_entity("www.example.org", year)
///     .dns("www.example.org")
///     .server()
///     .signed_by(&key.public_key(), &Certificate::from_der(&ca)?, &ca_key, &mut rng)?;
/// assert_eq!(Certificate::from_der(&leaf)?.issuer().to_string(), "CN=Example CA");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CertificateBuilder {
    common_name: String,
    validity: Validity,
    /// Whether the subject is a CA, and how many may follow below it.
    constraints: BasicConstraints,
    purposes: Vec<Oid<'static>>,
    dns: Vec<String>,
    addresses: Vec<IpAddr>,
}

impl CertificateBuilder {
    /// Of a CA, which signs certificates and revocation lists.
    #[must_use]
    pub fn authority(common_name: impl Into<String>, validity: Validity) -> Self {
        let constraints = BasicConstraints { ca: true, path_length: None };
        Self { constraints, ..Self::end_entity(common_name, validity) }
    }
    /// Of somebody else, whose key makes signatures. Without a common name there must be a host name or address.
    #[must_use]
    pub fn end_entity(common_name: impl Into<String>, validity: Validity) -> Self {
        Self {
            common_name: common_name.into(),
            validity,
            constraints: BasicConstraints { ca: false, path_length: None },
            purposes: Vec::new(),
            dns: Vec::new(),
            addresses: Vec::new(),
        }
    }
    /// At most `count` other CAs may follow below this one.
    #[must_use]
    pub fn path_length(mut self, count: u32) -> Self {
        self.constraints.path_length = Some(count);
        self
    }
    /// With a host name, perhaps one that begins with `*.`.
    #[must_use]
    pub fn dns(mut self, name: impl Into<String>) -> Self {
        self.dns.push(name.into());
        self
    }
    /// With an IP address.
    #[must_use]
    pub fn ip(mut self, address: impl Into<IpAddr>) -> Self {
        self.addresses.push(address.into());
        self
    }
    /// For servers of TLS.
    #[must_use]
    pub fn server(mut self) -> Self {
        self.purposes.push(oid::SERVER_AUTH);
        self
    }
    /// For clients of TLS.
    #[must_use]
    pub fn client(mut self) -> Self {
        self.purposes.push(oid::CLIENT_AUTH);
        self
    }

    /// The certificate of `key`, signed with `key` itself.
    ///
    /// # Errors
    /// As [`CertificateBuilder::signed_by`], where it applies.
    pub fn self_signed(&self, key: &PrivateKey, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, BuildError> {
        // §4.1.2.4: the issuer has a name.
        if self.common_name.is_empty() {
            return Err(BuildError::Name);
        }
        let public = key.public_key();
        let issuer = Issuer { name: &self.subject()?, key_identifier: Some(&key_identifier(&public)), key };
        self.sign(&public, &issuer, rng)
    }
    /// The certificate of `key`, signed by `issuer` with its `issuer_key`: RSA by PKCS#1 v1.5, all with SHA-256 but
    /// Ed25519.
    ///
    /// # Errors
    /// [`BuildError::NotCa`] and [`BuildError::IssuerKey`], if `issuer` may not or `issuer_key` is not its key. Else as
    /// the variants of [`BuildError`] say.
    pub fn signed_by(
        &self,
        key: &PublicKey,
        issuer: &Certificate<'_>,
        issuer_key: &PrivateKey,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, BuildError> {
        if !issuer.is_ca() {
            return Err(BuildError::NotCa);
        }
        if *issuer.public_key() != issuer_key.public_key() {
            return Err(BuildError::IssuerKey);
        }
        let identifier = issuer.extensions().subject_key_identifier.as_ref();
        let issuer = Issuer {
            name: issuer.subject().der(),
            key_identifier: identifier.map(|identifier| identifier.value.as_bytes()),
            key: issuer_key,
        };
        self.sign(key, &issuer, rng)
    }

    fn sign(
        &self,
        key: &PublicKey,
        issuer: &Issuer<'_>,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, BuildError> {
        let algorithm = algorithm(issuer.key.kind());
        let identifier = algorithm.to_identifier_der();
        let (serial, subject, spki) = (serial(rng), self.subject()?, key.to_spki_der());
        let extensions = self.extensions(key, issuer)?;
        let tbs = TbsCertificate {
            version: Explicit(2),
            serial: Integer::new(&serial)?,
            signature: AlgorithmIdentifier::from_der(&identifier)?,
            issuer: Raw::from_der(issuer.name)?,
            validity: self.validity()?,
            subject: Raw::from_der(&subject)?,
            public_key: Any::from_der(&spki)?,
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(Explicit(raw_extensions(&extensions)?)),
        };
        let der = tbs.to_der();
        let signature = issuer.key.sign(algorithm, &der, rng)?;
        let signature_algorithm = tbs.signature.clone();
        let tbs = Raw { der: &der, value: tbs };
        Ok(Grammar { tbs, signature_algorithm, signature: BitString::new(&signature)? }.to_der())
    }
    /// The name of the subject: a common name, or nothing if it is no CA and has a name elsewhere (§4.1.2.6).
    fn subject(&self) -> Result<Vec<u8>, BuildError> {
        if self.common_name.is_empty() && (self.constraints.ca || !self.has_alternative_names()) {
            return Err(BuildError::Name);
        }
        let value = Utf8String::<64>::new(self.common_name.as_bytes())?.to_der();
        let attribute = AttributeTypeAndValue { kind: oid::COMMON_NAME, value: Any::from_der(&value)? };
        let rdns = if self.common_name.is_empty() { vec![] } else { vec![SetOf::new(vec![attribute])?] };
        Ok(RdnSequence::new(rdns)?.to_der())
    }
    fn validity(&self) -> Result<validity::Grammar, BuildError> {
        let Validity { not_before, not_after } = self.validity;
        if not_before > not_after {
            return Err(BuildError::Validity);
        }
        let time = |time: crate::time::Time| asn1::Time::new(time.0).map_err(|_| BuildError::Validity);
        Ok(validity::Grammar { not_before: time(not_before)?, not_after: time(not_after)? })
    }
    /// Which extension, whether it is critical, and the DER in it.
    fn extensions(
        &self,
        key: &PublicKey,
        issuer: &Issuer<'_>,
    ) -> Result<Vec<(Oid<'static>, bool, Vec<u8>)>, BuildError> {
        if !self.constraints.ca && self.constraints.path_length.is_some() {
            return Err(BuildError::NotCa);
        }
        let usage = if self.constraints.ca {
            NamedBits::NONE.with(KeyUsage::KEY_CERT_SIGN).with(KeyUsage::CRL_SIGN)
        } else {
            NamedBits::NONE.with(KeyUsage::DIGITAL_SIGNATURE)
        };
        let mut extensions = vec![
            (oid::BASIC_CONSTRAINTS, true, self.constraints.to_der()),
            (oid::KEY_USAGE, true, usage.to_der()),
        ];
        if !self.purposes.is_empty() {
            let purposes = SequenceOf::<_, 64>::new(self.purposes.clone())?;
            extensions.push((oid::EXTENDED_KEY_USAGE, false, purposes.to_der()));
        }
        if self.has_alternative_names() {
            // §4.1.2.6: a subject without a name has it here, and that is critical.
            let critical = self.common_name.is_empty();
            extensions.push((oid::SUBJECT_ALT_NAME, critical, self.alternative_names()?));
        }
        let identifier = OctetString::<20>::new(&key_identifier(key))?.to_der();
        extensions.push((oid::SUBJECT_KEY_IDENTIFIER, false, identifier));
        if let Some(identifier) = issuer.key_identifier {
            let key_identifier = Some(Implicit(OctetString::new(identifier)?));
            let authority = AuthorityKeyIdentifier { key_identifier, issuer: None, serial: None };
            extensions.push((oid::AUTHORITY_KEY_IDENTIFIER, false, authority.to_der()));
        }
        Ok(extensions)
    }
    const fn has_alternative_names(&self) -> bool {
        !self.dns.is_empty() || !self.addresses.is_empty()
    }
    fn alternative_names(&self) -> Result<Vec<u8>, BuildError> {
        let octets = |address: &IpAddr| match address {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets().to_vec(),
        };
        let addresses: Vec<_> = self.addresses.iter().map(octets).collect();
        let mut names = Vec::new();
        for name in &self.dns {
            DnsPattern::new(name).ok_or(BuildError::Name)?;
            names.push(GeneralName::Dns(Implicit(Ia5String::new(name.as_bytes())?)));
        }
        for octets in &addresses {
            names.push(GeneralName::Ip(Implicit(OctetString::new(octets)?)));
        }
        Ok(GeneralNames::new(names)?.to_der())
    }
}

/// Who signs.
struct Issuer<'i> {
    /// The DER of the name.
    name: &'i [u8],
    key_identifier: Option<&'i [u8]>,
    key: &'i PrivateKey,
}

fn raw_extensions<'a>(
    extensions: &'a [(Oid<'static>, bool, Vec<u8>)],
) -> Result<RawExtensions<'a>, ErrorKind> {
    let raw = |(id, critical, der): &'a (Oid<'static>, bool, Vec<u8>)| {
        Ok(RawExtension { id: *id, critical: *critical, value: OctetString::new(der)? })
    };
    SequenceOf::new(extensions.iter().map(raw).collect::<Result<_, ErrorKind>>()?)
}

/// RFC 7093 §2 (1): the first 160 bits of SHA-256 over the key.
fn key_identifier(key: &PublicKey) -> [u8; 20] {
    let hash = Sha256::digest(&key.to_bytes());
    hash.first_chunk().copied().unwrap_or_default()
}

/// 16 octets of a positive number (§4.1.2.2: at most 20), of which 126 bits are random.
fn serial(rng: &mut dyn CryptoRng) -> [u8; 16] {
    let mut serial = [0; 16];
    rng.fill_bytes(&mut serial);
    serial[0] = serial[0] & 0x3f | 0x40;
    serial
}

const fn algorithm(kind: KeyKind) -> SignatureAlgorithm {
    match kind {
        KeyKind::Rsa => SignatureAlgorithm::RsaPkcs1Sha256,
        KeyKind::EcdsaP256 => SignatureAlgorithm::EcdsaSha256,
        KeyKind::EcdsaP384 => SignatureAlgorithm::EcdsaSha384,
        KeyKind::Ed25519 => SignatureAlgorithm::Ed25519,
    }
}

/// Why a certificate was not made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BuildError {
    /// The issuer is not a CA, or somebody else was given a path length.
    NotCa,
    /// The key is not that of the issuer's certificate.
    IssuerKey,
    /// The end is before the beginning, or a year has not four digits.
    Validity,
    /// There is no name where one must be, or one that is no host name.
    Name,
    /// Something is longer or more than a certificate can have: a common name of over 64 bytes, say.
    Limit(ErrorKind),
    /// The signature was not made.
    Sign(SignError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCa => f.write_str("the issuer is not a CA, or somebody else has a path length"),
            Self::IssuerKey => f.write_str("the key is not that of the issuer"),
            Self::Validity => f.write_str("the period of validity is empty or out of range"),
            Self::Name => f.write_str("there is no name, or one that is no host name"),
            Self::Limit(kind) => write!(f, "more than a certificate can have: {kind:?}"),
            Self::Sign(error) => error.fmt(f),
        }
    }
}
impl core::error::Error for BuildError {}
impl From<ErrorKind> for BuildError {
    fn from(kind: ErrorKind) -> Self {
        Self::Limit(kind)
    }
}
impl From<asn1::Error> for BuildError {
    fn from(error: asn1::Error) -> Self {
        Self::Limit(error.kind)
    }
}
impl From<SignError> for BuildError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}
