//! [`PublicKey`]: RSAVP1 (RFC 8017 §5.2.2) under PKCS#1 v1.5 and PSS.
use super::{DigestInfo, MODULUS_BITS, pkcs1, pss};
use crate::bignum::{Limbs, Modulus, Powers, limbs};
use crate::cpu::Features;
use crate::hash::Hash;
use crate::sign::{BadSignature, InvalidKey};
use alloc::{vec, vec::Vec};

/// An RSA public key that passed the checks on its size and shape.
#[derive(Clone)]
pub struct PublicKey {
    pub(super) modulus: Modulus,
    powers: Powers,
    pub(super) exponent: u64,
    n: Vec<u8>,
    e: Vec<u8>,
}

impl PublicKey {
    /// The key of modulus `n` and exponent `e`, both big-endian, leading zeros or not.
    ///
    /// # Errors
    /// [`InvalidKey`] unless `n` is odd and has 2048 to 4096 bits, and `e` is odd and 3 ≤ e < 2^33. That is looked
    /// at before anything is computed.
    pub fn new(n: &[u8], e: &[u8]) -> Result<Self, InvalidKey> {
        Self::with(n, e, Features::detect())
    }
    /// As [`PublicKey::new`], on a CPU that has `features`.
    ///
    /// # Errors
    /// As [`PublicKey::new`].
    pub fn with(n: &[u8], e: &[u8], features: Features) -> Result<Self, InvalidKey> {
        let (n, e) = (without_zeros(n), without_zeros(e));
        if e.len() > 5 || n.len() > MODULUS_BITS.end() / 8 {
            return Err(InvalidKey);
        }
        let exponent = e.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
        if exponent & 1 == 0 || !(3..1 << 33).contains(&exponent) {
            return Err(InvalidKey);
        }
        let bits = n.first().map_or(0, |top| 8 * n.len() - top.leading_zeros() as usize);
        if !MODULUS_BITS.contains(&bits) || n.last().is_none_or(|low| low & 1 == 0) {
            return Err(InvalidKey);
        }
        let limbs = Limbs::from_be_bytes(n, bits.div_ceil(64)).ok_or(InvalidKey)?;
        let modulus = Modulus::new(limbs, bits);
        let powers = Powers::choose(&modulus, features);
        Ok(Self { modulus, powers, exponent, n: n.to_vec(), e: e.to_vec() })
    }
    /// The modulus, big-endian, without leading zeros.
    #[must_use]
    pub fn n(&self) -> &[u8] {
        &self.n
    }
    /// The exponent, big-endian, without leading zeros.
    #[must_use]
    pub fn e(&self) -> &[u8] {
        &self.e
    }
    /// Bytes of the modulus, and so of each signature.
    #[must_use]
    pub fn size(&self) -> usize {
        self.n.len()
    }
    /// Verifies an RSASSA-PKCS1-v1_5 signature (RFC 8017 §8.2.2): the one right block is built and compared, and
    /// nothing of the signature is parsed.
    ///
    /// # Errors
    /// [`BadSignature`] if it is not the signature of `message` by this key.
    pub fn verify_pkcs1<H: DigestInfo>(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let mut expected = vec![0; self.size()];
        pkcs1::encode::<H>(message, &mut expected);
        if self.open(signature)? == expected { Ok(()) } else { Err(BadSignature) }
    }
    /// Verifies an RSASSA-PSS signature (RFC 8017 §8.1.2) with a salt of exactly `salt_len` bytes and MGF1 over the
    /// same hash.
    ///
    /// # Errors
    /// [`BadSignature`] if it is not a signature of `message` by this key.
    pub fn verify_pss<H: Hash>(
        &self,
        message: &[u8],
        signature: &[u8],
        salt_len: usize,
    ) -> Result<(), BadSignature> {
        pss::verify::<H>(message, &mut self.open(signature)?, self.modulus.bits(), salt_len)
    }
    /// The block under a signature, which has the length of the modulus and is below it.
    fn open(&self, signature: &[u8]) -> Result<Vec<u8>, BadSignature> {
        if signature.len() != self.size() {
            return Err(BadSignature);
        }
        let s = Limbs::from_be_bytes(signature, self.modulus.value().len()).ok_or(BadSignature)?;
        if !limbs::less_than(&s, self.modulus.value()).reveal() {
            return Err(BadSignature);
        }
        let mut block = vec![0; self.size()];
        self.raise(&s).write_be_bytes(&mut block);
        Ok(block)
    }
    /// `s^e mod n`, for s below n.
    pub(super) fn raise(&self, s: &[u64]) -> Limbs {
        self.powers.power_vartime(&self.modulus, s, self.exponent)
    }
}
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.n == other.n && self.e == other.e
    }
}
impl Eq for PublicKey {}
impl core::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("PublicKey").field("n", &self.n).field("e", &self.exponent).finish_non_exhaustive()
    }
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    bytes.iter().position(|byte| *byte != 0).map_or(&[], |start| &bytes[start..])
}
