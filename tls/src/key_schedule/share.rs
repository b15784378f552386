//! The ephemeral half of a key exchange (RFC 8422 §5.4, §5.7, §5.10, §5.11): used once, then gone.
use crate::error::{Error, Misbehaviour};
use crate::registry::NamedGroup;
use alloc::vec::Vec;
use nocrypto::Secret;
use nocrypto::kx::{P256, X25519};
use rand_core::CryptoRng;

/// A private share of one group.
pub(crate) enum KeyShare {
    X25519(X25519),
    Secp256r1(P256),
}

impl KeyShare {
    /// A fresh share; `None` for groups in which we exchange no keys.
    pub(crate) fn generate(group: NamedGroup, random: &mut dyn CryptoRng) -> Option<Self> {
        match group {
            NamedGroup::X25519 => Some(Self::X25519(X25519::generate(random))),
            NamedGroup::Secp256r1 => Some(Self::Secp256r1(P256::generate(random))),
            NamedGroup::Secp384r1 | NamedGroup::Unknown(_) => None,
        }
    }
    pub(crate) const fn group(&self) -> NamedGroup {
        match self {
            Self::X25519(_) => NamedGroup::X25519,
            Self::Secp256r1(_) => NamedGroup::Secp256r1,
        }
    }
    /// What the peer gets to see: 32 bytes, or an uncompressed point of 65.
    pub(crate) fn public(&self) -> Vec<u8> {
        match self {
            Self::X25519(share) => share.public().to_vec(),
            Self::Secp256r1(share) => share.public().to_vec(),
        }
    }
    /// The shared secret. A peer's share that is no point, or one of small order, is refused.
    pub(crate) fn agree(self, theirs: &[u8]) -> Result<Secret<32>, Error> {
        const BAD: Error = Error::Misbehaved(Misbehaviour::BadShare);
        match self {
            Self::X25519(share) => share.agree(theirs.try_into().map_err(|_| BAD)?).map_err(|_| BAD),
            Self::Secp256r1(share) => share.agree(theirs).map_err(|_| BAD),
        }
    }
}
