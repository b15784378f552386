//! What a key may be used for (RFC 5280 §4.2.1.3, §4.2.1.12).
use crate::oid;
use asn1::{BitString, Oid, SequenceOf};

/// keyUsage: at least one of nine bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Signatures that authenticate, other than on certificates and CRLs.
    pub const DIGITAL_SIGNATURE: u8 = 0;
    /// contentCommitment: signatures that commit, once named nonRepudiation.
    pub const CONTENT_COMMITMENT: u8 = 1;
    /// Encryption of keys.
    pub const KEY_ENCIPHERMENT: u8 = 2;
    /// Encryption of data.
    pub const DATA_ENCIPHERMENT: u8 = 3;
    /// Key agreement.
    pub const KEY_AGREEMENT: u8 = 4;
    /// Signatures on certificates.
    pub const KEY_CERT_SIGN: u8 = 5;
    /// Signatures on CRLs.
    pub const CRL_SIGN: u8 = 6;
    /// With key agreement: only to encrypt.
    pub const ENCIPHER_ONLY: u8 = 7;
    /// With key agreement: only to decrypt.
    pub const DECIPHER_ONLY: u8 = 8;

    /// None if no bit is set, which §4.2.1.3 forbids.
    ///
    /// Zeros at the end, which X.690 §11.2.2 forbids in a list of named bits, are let in: two roots of the web have them.
    pub(crate) fn new(bits: BitString<'_, 2>) -> Option<Self> {
        let mut octets = [0; 2];
        for (to, from) in octets.iter_mut().zip(bits.as_bytes()) {
            *to = *from;
        }
        match u16::from_be_bytes(octets) {
            0 => None,
            some => Some(Self(some)),
        }
    }
    /// Whether this bit, one of the constants, is set.
    #[must_use]
    pub fn allows(self, bit: u8) -> bool {
        0x8000_u16.checked_shr(bit.into()).is_some_and(|mask| self.0 & mask != 0)
    }
}

/// extKeyUsage: the purposes that the key may serve.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExtendedKeyUsage<'a>(SequenceOf<Oid<'a>, 64, 1>);

impl<'a> ExtendedKeyUsage<'a> {
    /// id-kp-serverAuth.
    pub const SERVER_AUTH: Oid<'static> = oid::SERVER_AUTH;
    /// id-kp-clientAuth.
    pub const CLIENT_AUTH: Oid<'static> = oid::CLIENT_AUTH;
    /// anyExtendedKeyUsage.
    pub const ANY: Oid<'static> = oid::ANY_EXTENDED_KEY_USAGE;

    pub(crate) const fn new(purposes: SequenceOf<Oid<'a>, 64, 1>) -> Self {
        Self(purposes)
    }
    /// The purposes, as they are listed.
    #[must_use]
    pub fn purposes(&self) -> &[Oid<'a>] {
        &self.0
    }
    /// Whether `purpose` itself is listed.
    #[must_use]
    pub fn lists(&self, purpose: Oid<'_>) -> bool {
        self.0.contains(&purpose)
    }
}
