//! Private keys on P-256 (FIPS 186-5 §6.4.1).
use super::P256PublicKey;
use super::nonce::Nonces;
use crate::cpu::Features;
use crate::ec::p256::{Backend, Scalar};
use crate::hash::Hash;
use crate::secret::{Secret, with_clean_stack};
use crate::sign::InvalidKey;
use rand_core::CryptoRng;

/// A scalar in [1, n-1], and the public key that belongs to it.
#[derive(Debug)]
pub struct P256PrivateKey {
    scalar: Secret<32>,
    public: P256PublicKey,
}

impl P256PrivateKey {
    /// A fresh key (FIPS 186-5 §A.2.1).
    #[must_use]
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let random = Secret::<48>::random(rng);
        with_clean_stack(|| Self::new(&Scalar::from_random(random.expose()), Features::detect()))
    }

    /// The key of a scalar, big-endian.
    ///
    /// # Errors
    /// [`InvalidKey`] if the scalar is not in [1, n-1].
    pub fn from_scalar(scalar: &[u8; 32]) -> Result<Self, InvalidKey> {
        Self::with(scalar, Features::detect())
    }

    /// The same on a CPU that has only `features`.
    ///
    /// # Errors
    /// As [`Self::from_scalar`].
    pub fn with(scalar: &[u8; 32], features: Features) -> Result<Self, InvalidKey> {
        with_clean_stack(|| {
            let (scalar, valid) = Scalar::from_be_bytes(scalar);
            if valid.reveal() { Ok(Self::new(&scalar, features)) } else { Err(InvalidKey) }
        })
    }

    /// The scalar, big-endian, for whoever writes the key to a file.
    #[must_use]
    pub fn scalar(&self) -> &Secret<32> {
        &self.scalar
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> &P256PublicKey {
        &self.public
    }

    /// Signs the hash of `message`: r ‖ s (FIPS 186-5 §6.4.1). The nonce comes from the key, the message and 32 bytes of
    /// `rng` (RFC 6979 §3.6), so a generator that repeats itself gives no nonce twice for different messages.
    #[must_use]
    pub fn sign<H: Hash>(&self, message: &[u8], rng: &mut dyn CryptoRng) -> [u8; 64] {
        let random = Secret::<32>::random(rng);
        let digest = H::digest(message);
        with_clean_stack(|| self.sign_digest::<H>(digest.as_ref(), random.expose()))
    }

    fn sign_digest<H: Hash>(&self, digest: &[u8], additional: &[u8]) -> [u8; 64] {
        let backend = self.public.backend();
        let e = Scalar::from_digest(digest);
        // In [1, n-1] since this key was made.
        let (d, _) = Scalar::from_be_bytes(self.scalar.expose());
        let mut nonces = Nonces::<H>::new(self.scalar.expose(), &e, additional);
        loop {
            let k = nonces.next();
            let r = backend.x_modulo_n(&backend.multiply_base(&k));
            // s = (e + r·d)/k
            let s = e.add(&r.mul(&d)).mul(&backend.invert(&k));
            if !(r.is_zero() | s.is_zero()).reveal() {
                let mut signature = [0; 64];
                let (r_out, s_out) = signature.split_at_mut(32);
                r.to_be_bytes(r_out);
                s.to_be_bytes(s_out);
                return signature;
            }
            nonces.refuse();
        }
    }

    fn new(scalar: &Scalar, features: Features) -> Self {
        let backend = Backend::choose(features);
        Self {
            scalar: Secret::fill_with(|own| scalar.to_be_bytes(own)),
            public: P256PublicKey::of(backend.multiply_base(scalar), backend),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::{Sha224, Sha256, Sha384, Sha512};
    use std::vec::Vec;
    use test_vectors::{Record, records, text};

    /// Signs as the record says, with its additional bytes in the place of the random ones.
    fn case<H: Hash>(r: &Record, features: Features) {
        let bytes = |name| -> [u8; 32] { r.bytes(name).try_into().unwrap() };
        let key = P256PrivateKey::with(&bytes("x"), features).unwrap();
        let digest = H::digest(&r.bytes("message"));
        let signature = key.sign_digest::<H>(digest.as_ref(), &r.bytes("additional"));
        assert_eq!(signature.to_vec(), [r.bytes("r"), r.bytes("s")].concat(), "{r:?}");

        let e = Scalar::from_digest(digest.as_ref());
        let mut nonces = Nonces::<H>::new(&bytes("x"), &e, &r.bytes("additional"));
        let mut next = || {
            let mut nonce = [0; 32];
            nonces.next().to_be_bytes(&mut nonce);
            nonces.refuse();
            nonce
        };
        assert_eq!([next(), next()], [bytes("k"), bytes("second k")], "{r:?}");
    }

    #[test]
    fn nonces_are_those_of_rfc_6979() {
        let all: Vec<Record> = records(&text("made/rfc6979.txt"));
        for r in &all {
            for features in Features::arms() {
                match r.text("hash") {
                    "SHA-224" => case::<Sha224>(r, features),
                    "SHA-256" => case::<Sha256>(r, features),
                    "SHA-384" => case::<Sha384>(r, features),
                    "SHA-512" => case::<Sha512>(r, features),
                    other => panic!("{other}"),
                }
            }
        }
        assert_eq!(all.len(), 12);
    }

    #[test]
    fn the_top_bits_of_nonces_are_evenly_spread() {
        let key = [0x5a; 32];
        let mut bins = [0i32; 256];
        for message in 0..25_600u32 {
            let digest = Scalar::from_digest(&message.to_be_bytes());
            let mut nonce = [0; 32];
            Nonces::<Sha256>::new(&key, &digest, &[]).next().to_be_bytes(&mut nonce);
            bins[usize::from(nonce[0])] += 1;
        }
        // A hundred in each are expected; 255 degrees of freedom, so 255 with a deviation of 23.
        let chi_square = bins.iter().map(|n| (n - 100) * (n - 100)).sum::<i32>() / 100;
        assert!((140..370).contains(&chi_square), "{chi_square}: {bins:?}");
    }
}
