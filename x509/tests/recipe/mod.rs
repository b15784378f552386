//! Certificates for tests, right or wrong: every field is DER that a test may exchange; signed with P-256.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test uses a part, and may panic"
)]
pub mod line;
pub mod verify;

use asn1::{Any, Decode as _, Encode as _, Oid, Tag, Time as DerTime, Unsigned, oid};
use nocrypto::hash::Sha256;
use nocrypto::sign::ecdsa::P256PrivateKey;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use x509::Time;

/// An hour in 2026, at which certificates of [`Recipe::new`] are valid.
pub const NOW: Time = Time(1_795_000_000);

/// A certificate that is to be.
#[derive(Clone)]
pub struct Recipe {
    /// The element `[0]`, or nothing.
    pub version: Vec<u8>,
    pub serial: Vec<u8>,
    /// The algorithm that is signed.
    pub signature: Vec<u8>,
    pub issuer: Vec<u8>,
    pub validity: Vec<u8>,
    pub subject: Vec<u8>,
    pub public_key: Vec<u8>,
    pub unique_ids: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
    /// The algorithm of the signature.
    pub signature_algorithm: Vec<u8>,
}

/// Somebody who signs, by number.
pub struct Key(P256PrivateKey);

impl Key {
    pub fn new(number: u32) -> Self {
        let mut scalar = [0x5a; 32];
        scalar[..4].copy_from_slice(&number.to_be_bytes());
        Self(P256PrivateKey::from_scalar(&scalar).unwrap())
    }
    /// SubjectPublicKeyInfo.
    pub fn spki(&self) -> Vec<u8> {
        let algorithm = sequence(&[oid!(1.2.840.10045.2.1).to_der(), oid!(1.2.840.10045.3.1.7).to_der()]);
        sequence(&[algorithm, bits(&self.0.public_key().to_uncompressed())])
    }
    /// A number that a key identifier may be.
    pub fn id(&self) -> Vec<u8> {
        self.0.public_key().to_uncompressed()[1..21].to_vec()
    }
}

impl Recipe {
    /// `subject` with `key`, certified by `issuer` with `by`: an end entity, with both key identifiers.
    pub fn new(subject: &str, key: &Key, issuer: &str, by: &Key) -> Self {
        let identifier = tlv(0x80, &by.id());
        Self {
            version: explicit(0, &2u8.to_der()),
            serial: vec![0x02, 0x01, 0x2a],
            signature: sequence(&[ECDSA_WITH_SHA256.to_der()]),
            issuer: name(issuer),
            validity: validity(NOW.0 - 86_400, NOW.0 + 86_400),
            subject: name(subject),
            public_key: key.spki(),
            unique_ids: Vec::new(),
            extensions: vec![
                extension(AKI, false, &sequence(&[identifier])),
                extension(SKI, false, &tlv(0x04, &key.id())),
            ],
            signature_algorithm: sequence(&[ECDSA_WITH_SHA256.to_der()]),
        }
    }
    /// A CA.
    pub fn ca(subject: &str, key: &Key, issuer: &str, by: &Key) -> Self {
        Self::new(subject, key, issuer, by).with(basic_constraints(true, None))
    }
    /// A CA that certifies itself.
    pub fn root(subject: &str, key: &Key) -> Self {
        Self::ca(subject, key, subject, key)
    }
    /// A server.
    pub fn server(host: &str, key: &Key, issuer: &str, by: &Key) -> Self {
        Self::new("server", key, issuer, by).with(alt_names(&[dns(host)]))
    }
    /// With one extension more, or another in its place.
    pub fn with(mut self, extension: Vec<u8>) -> Self {
        let id = id_of(&extension);
        self.extensions.retain(|other| id_of(other) != id);
        self.extensions.push(extension);
        self
    }
    /// Without this extension.
    pub fn without(mut self, id: Oid<'_>) -> Self {
        self.extensions.retain(|other| id_of(other) != id.to_der());
        self
    }
    /// Valid from and until.
    pub fn valid(self, not_before: i64, not_after: i64) -> Self {
        Self { validity: validity(not_before, not_after), ..self }
    }
    /// The certificate, signed.
    pub fn sign(&self, by: &Key) -> Vec<u8> {
        let tbs = self.tbs();
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let signature = by.0.sign::<Sha256>(&tbs, &mut rng);
        let (r, s) = signature.split_at(32);
        let [r, s] = [r, s].map(|half| Unsigned::<32>::new(half).unwrap().to_der());
        sequence(&[tbs, self.signature_algorithm.clone(), bits(&sequence(&[r, s]))])
    }
    /// The certificate with a signature of zeros.
    pub fn unsigned(&self) -> Vec<u8> {
        sequence(&[self.tbs(), self.signature_algorithm.clone(), bits(&[0; 8])])
    }
    fn tbs(&self) -> Vec<u8> {
        let mut fields = vec![
            self.version.clone(),
            self.serial.clone(),
            self.signature.clone(),
            self.issuer.clone(),
            self.validity.clone(),
            self.subject.clone(),
            self.public_key.clone(),
            self.unique_ids.clone(),
        ];
        if !self.extensions.is_empty() {
            fields.push(explicit(3, &sequence(&self.extensions)));
        }
        sequence(&fields)
    }
}

/// A key of RSA with a modulus of this length that nobody can sign with.
pub fn rsa_spki(modulus_bits: usize) -> Vec<u8> {
    let algorithm = sequence(&[oid!(1.2.840.113549.1.1.1).to_der(), vec![5, 0]]);
    let mut modulus = vec![0xff; modulus_bits.div_ceil(8)];
    modulus[0] >>= modulus.len() * 8 - modulus_bits;
    let modulus = Unsigned::<512>::new(&modulus).unwrap().to_der();
    sequence(&[algorithm, bits(&sequence(&[modulus, 65_537u32.to_der()]))])
}
pub fn validity(not_before: i64, not_after: i64) -> Vec<u8> {
    let time = |seconds| DerTime::new(seconds).unwrap().to_der();
    sequence(&[time(not_before), time(not_after)])
}
/// A name of one common name, or without any if `text` is empty.
pub fn name(text: &str) -> Vec<u8> {
    if text.is_empty() { sequence(&[]) } else { sequence(&[rdn(oid!(2.5.4.3), text)]) }
}
pub fn rdn(kind: Oid<'_>, text: &str) -> Vec<u8> {
    tlv(0x31, &sequence(&[kind.to_der(), tlv(0x0c, text.as_bytes())]))
}

pub fn extension(id: Oid<'_>, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { true.to_der() } else { Vec::new() };
    sequence(&[id.to_der(), critical, tlv(0x04, value)])
}
fn id_of(extension: &[u8]) -> Vec<u8> {
    let extension = Any::from_der(extension).unwrap();
    Oid::decode(&mut extension.contents()).unwrap().to_der()
}
pub fn basic_constraints(ca: bool, path_length: Option<u32>) -> Vec<u8> {
    let ca = if ca { true.to_der() } else { Vec::new() };
    let path_length = path_length.map(|length| length.to_der()).unwrap_or_default();
    extension(BASIC_CONSTRAINTS, true, &sequence(&[ca, path_length]))
}
/// keyUsage with these bits of the first octet, counted from the highest.
pub fn key_usage(numbers: &[u8]) -> Vec<u8> {
    let octet = numbers.iter().fold(0, |octet, number| octet | 0x80u8 >> number);
    let unused = u8::try_from(octet.trailing_zeros()).unwrap();
    extension(KEY_USAGE, true, &tlv(0x03, &[unused, octet]))
}
pub fn purposes(ids: &[Oid<'_>]) -> Vec<u8> {
    let ids: Vec<_> = ids.iter().map(|id| id.to_der()).collect();
    extension(EXTENDED_KEY_USAGE, false, &sequence(&ids))
}
pub fn alt_names(names: &[Vec<u8>]) -> Vec<u8> {
    extension(SUBJECT_ALT_NAME, false, &sequence(names))
}
/// nameConstraints: permitted and excluded bases.
pub fn name_constraints(permitted: &[Vec<u8>], excluded: &[Vec<u8>]) -> Vec<u8> {
    let subtrees = |tag, bases: &[Vec<u8>]| {
        let subtrees: Vec<_> = bases.iter().map(|base| sequence(core::slice::from_ref(base))).collect();
        if bases.is_empty() { Vec::new() } else { tlv(tag, &subtrees.concat()) }
    };
    extension(NAME_CONSTRAINTS, true, &sequence(&[subtrees(0xa0, permitted), subtrees(0xa1, excluded)]))
}

pub fn mail(text: &str) -> Vec<u8> {
    tlv(0x81, text.as_bytes())
}
pub fn dns(text: &str) -> Vec<u8> {
    tlv(0x82, text.as_bytes())
}
pub fn directory(name: &[u8]) -> Vec<u8> {
    tlv(0xa4, name)
}
pub fn uri(text: &str) -> Vec<u8> {
    tlv(0x86, text.as_bytes())
}
pub fn ip(octets: &[u8]) -> Vec<u8> {
    tlv(0x87, octets)
}
pub fn other(text: &str) -> Vec<u8> {
    tlv(0xa0, &[oid!(1.3.6.1.4.1.311.20.2.3).to_der(), explicit(0, &tlv(0x0c, text.as_bytes()))].concat())
}

pub fn sequence(elements: &[Vec<u8>]) -> Vec<u8> {
    tlv(Tag::SEQUENCE.octet(), &elements.concat())
}
pub fn explicit(number: u8, element: &[u8]) -> Vec<u8> {
    tlv(0xa0 | number, element)
}
/// BIT STRING of whole octets.
pub fn bits(octets: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], octets].concat())
}
pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let header = match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => vec![tag, short],
        Ok(long) => vec![tag, 0x81, long],
        Err(_) => match u16::try_from(length) {
            Ok(long) => [&[tag, 0x82], long.to_be_bytes().as_slice()].concat(),
            Err(_) => {
                let [_, rest @ ..] = u32::try_from(length).unwrap().to_be_bytes();
                [&[tag, 0x83], rest.as_slice()].concat()
            }
        },
    };
    [header.as_slice(), contents].concat()
}

pub const AKI: Oid<'static> = oid!(2.5.29.35);
pub const SKI: Oid<'static> = oid!(2.5.29.14);
pub const KEY_USAGE: Oid<'static> = oid!(2.5.29.15);
pub const SUBJECT_ALT_NAME: Oid<'static> = oid!(2.5.29.17);
pub const ISSUER_ALT_NAME: Oid<'static> = oid!(2.5.29.18);
pub const BASIC_CONSTRAINTS: Oid<'static> = oid!(2.5.29.19);
pub const NAME_CONSTRAINTS: Oid<'static> = oid!(2.5.29.30);
pub const CRL_DISTRIBUTION_POINTS: Oid<'static> = oid!(2.5.29.31);
pub const CERTIFICATE_POLICIES: Oid<'static> = oid!(2.5.29.32);
pub const POLICY_MAPPINGS: Oid<'static> = oid!(2.5.29.33);
pub const POLICY_CONSTRAINTS: Oid<'static> = oid!(2.5.29.36);
pub const EXTENDED_KEY_USAGE: Oid<'static> = oid!(2.5.29.37);
pub const FRESHEST_CRL: Oid<'static> = oid!(2.5.29.46);
pub const INHIBIT_ANY_POLICY: Oid<'static> = oid!(2.5.29.54);
pub const SUBJECT_DIRECTORY_ATTRIBUTES: Oid<'static> = oid!(2.5.29.9);
pub const AUTHORITY_INFO_ACCESS: Oid<'static> = oid!(1.3.6.1.5.5.7.1.1);
pub const SUBJECT_INFO_ACCESS: Oid<'static> = oid!(1.3.6.1.5.5.7.1.11);
pub const SERVER_AUTH: Oid<'static> = oid!(1.3.6.1.5.5.7.3.1);
pub const CLIENT_AUTH: Oid<'static> = oid!(1.3.6.1.5.5.7.3.2);
pub const ANY_PURPOSE: Oid<'static> = oid!(2.5.29.37.0);
pub const ECDSA_WITH_SHA256: Oid<'static> = oid!(1.2.840.10045.4.3.2);
