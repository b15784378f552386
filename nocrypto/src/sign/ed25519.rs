//! Ed25519 (RFC 8032 §5.1; FIPS 186-5 §7), without context or prehashing.
//!
//! Who accepts what differs between implementations. Here a signature is good if S < L, the encodings of A and R are
//! canonical, and S·B = R + h·A without the cofactor (R is recomputed and compared as bytes). A public key of small
//! order, under which one signature fits many messages, is no key; one with a part of small order is taken, as the RFC
//! has it.
use super::{BadSignature, InvalidKey};
use crate::cpu::Features;
use crate::ec::curve25519::{Backend, Point, Scalar, split};
use crate::hash::{Hash, Sha512};
use crate::secret::{Secret, with_clean_stack};
use rand_core::CryptoRng;

/// The seed of a private key, and the public key that belongs to it. They cannot be mixed up: a signature under
/// another public key would give the private one away.
#[derive(Debug)]
pub struct PrivateKey {
    seed: Secret<32>,
    public: PublicKey,
}

/// A point of the curve that has not a small order.
#[derive(Clone, Copy, Debug)]
pub struct PublicKey {
    bytes: [u8; 32],
    opposite: Point,
    backend: Backend,
    features: Features,
}

impl PrivateKey {
    /// A fresh key.
    #[must_use]
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self::new(Secret::random(rng), Features::detect())
    }

    /// The key of a seed (RFC 8032 calls it the private key).
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self::with(seed, Features::detect())
    }

    /// The same on a CPU that has only `features`.
    #[must_use]
    pub fn with(seed: &[u8; 32], features: Features) -> Self {
        Self::new(Secret::fill_with(|own| own.copy_from_slice(seed)), features)
    }

    /// The seed, for whoever writes the key to a file.
    #[must_use]
    pub fn seed(&self) -> &Secret<32> {
        &self.seed
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Signs `message`: R ‖ S (RFC 8032 §5.1.6). The expanded key exists only as long as this takes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let PublicKey { bytes, backend, features, .. } = &self.public;
        with_clean_stack(|| {
            let expanded = expand(&self.seed, *features);
            let (scalar, prefix) = split(expanded.expose());
            let nonce = hash([prefix, message], *features);
            let nonce = Scalar::from_wide(nonce.expose());
            let r = backend.multiply_base(&nonce);
            let h = challenge(&r, bytes, message, *features);
            let s = nonce.add(&h.mul(&Scalar::from_clamped(scalar)));
            let mut signature = [0; 64];
            let (r_out, s_out) = signature.split_at_mut(32);
            r_out.copy_from_slice(&r);
            s_out.copy_from_slice(&s.to_bytes());
            signature
        })
    }

    fn new(seed: Secret<32>, features: Features) -> Self {
        let backend = Backend::choose(features);
        let (bytes, opposite) = with_clean_stack(|| {
            let expanded = expand(&seed, features);
            backend.public_key(&Scalar::from_clamped(split(expanded.expose()).0))
        });
        Self { seed, public: PublicKey { bytes, opposite, backend, features } }
    }
}

impl PublicKey {
    /// Reads an encoded point (RFC 8032 §5.1.3).
    ///
    /// # Errors
    /// [`InvalidKey`] if the encoding is not that of a point, is not canonical, or the point has order 1, 2, 4 or 8.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, InvalidKey> {
        Self::with(bytes, Features::detect())
    }

    /// The same on a CPU that has only `features`.
    ///
    /// # Errors
    /// As [`Self::from_bytes`].
    pub fn with(bytes: &[u8; 32], features: Features) -> Result<Self, InvalidKey> {
        let backend = Backend::choose(features);
        let opposite = backend.decode_opposite_vartime(bytes).ok_or(InvalidKey)?;
        Ok(Self { bytes: *bytes, opposite, backend, features })
    }

    /// The encoded point.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.bytes
    }

    /// Checks R ‖ S for `message` (RFC 8032 §5.1.7). Variable time: all is public.
    ///
    /// # Errors
    /// [`BadSignature`] if S is not below L, R is not canonical, or the signature is wrong.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
        let (r, s) = split(signature);
        let s = Scalar::from_canonical_vartime(s).ok_or(BadSignature)?;
        let h = challenge(r, &self.bytes, message, self.features);
        // S·B - h·A has one encoding: an R of another is no match.
        let expected = self.backend.encoded_sum_vartime(&s, &h, &self.opposite);
        if expected == *r { Ok(()) } else { Err(BadSignature) }
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}
impl Eq for PublicKey {}

/// The scalar, not clamped yet, and the prefix of the nonce's input (RFC 8032 §5.1.5).
fn expand(seed: &Secret<32>, features: Features) -> Secret<64> {
    hash([seed.expose().as_slice()], features)
}

/// SHA-512(R ‖ A ‖ M) modulo L.
fn challenge(r: &[u8; 32], a: &[u8; 32], message: &[u8], features: Features) -> Scalar {
    Scalar::from_wide(hash([r, a, message], features).expose())
}

fn hash<const P: usize>(parts: [&[u8]; P], features: Features) -> Secret<64> {
    let mut hash = Sha512::with(features);
    for part in parts {
        hash.update(part);
    }
    Secret::fill_with(|out| hash.take_into(out))
}
