//! The nonce of an ECDSA signature on P-256: RFC 6979 §3.2 with added randomness (§3.6).
use crate::ec::p256::Scalar;
use crate::hash::{Hash, LONGEST_OUTPUT};
use crate::mac::Hmac;
use crate::secret::wipe;

/// The generator of candidates, HMAC_DRBG (SP 800-90A §10.1.2).
///
/// The key and the message alone would make the nonce; the randomness hides them from faults and power traces. If it
/// repeats, other messages still get other nonces.
pub(super) struct Nonces<H> {
    key: [u8; LONGEST_OUTPUT],
    value: [u8; LONGEST_OUTPUT],
    hash: core::marker::PhantomData<H>,
}

impl<H: Hash> Nonces<H> {
    /// Steps b to g: for the private scalar, the digest modulo n, and additional bytes, all of fixed length.
    pub(super) fn new(private: &[u8; 32], digest: &Scalar, additional: &[u8]) -> Self {
        let mut own =
            Self { key: [0; LONGEST_OUTPUT], value: [1; LONGEST_OUTPUT], hash: core::marker::PhantomData };
        let mut octets = [0; 32];
        digest.to_be_bytes(&mut octets);
        own.update(0, [private, &octets, additional]);
        own.update(1, [private, &octets, additional]);
        own
    }

    /// Step h: the next candidate in [1, n-1]. How many were refused is no secret, what they were is.
    pub(super) fn next(&mut self) -> Scalar {
        loop {
            let mut candidate = [0; 32];
            for part in candidate.chunks_mut(H::OUTPUT) {
                self.step();
                part.copy_from_slice(&self.value[..part.len()]);
            }
            let (nonce, valid) = Scalar::from_be_bytes(&candidate);
            wipe(&mut candidate);
            if valid.reveal() {
                return nonce;
            }
            self.refuse();
        }
    }

    /// Step h, the end: the last candidate was of no use.
    pub(super) fn refuse(&mut self) {
        self.update(0, []);
    }

    /// K = HMAC_K(V ‖ separator ‖ input), V = HMAC_K(V).
    fn update<const P: usize>(&mut self, separator: u8, input: [&[u8]; P]) {
        let mac = Hmac::<H>::new(&self.key[..H::OUTPUT]);
        let head = [&self.value[..H::OUTPUT], &[separator]];
        mac.tag_into(head.into_iter().chain(input), &mut self.key);
        self.step();
    }

    /// V = HMAC_K(V).
    fn step(&mut self) {
        let mac = Hmac::<H>::new(&self.key[..H::OUTPUT]);
        let value = self.value;
        mac.tag_into([&value[..H::OUTPUT]], &mut self.value);
    }
}

impl<H> Drop for Nonces<H> {
    fn drop(&mut self) {
        wipe(&mut self.key);
        wipe(&mut self.value);
    }
}
