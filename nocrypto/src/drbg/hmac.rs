//! HMAC_DRBG (NIST SP 800-90A §10.1.2): a generator whose state is an HMAC key and a value that HMAC drives on.
use crate::hash::{Hash, LONGEST_OUTPUT};
use crate::mac::Hmac;
use crate::secret::wipe;
use alloc::boxed::Box;
use rand_core::{TryCryptoRng, TryRng};

/// An instance: the output is as good as the entropy that it is given.
pub struct HmacDrbg<H: Hash> {
    key: Hmac<H>,
    value: Box<[u8; LONGEST_OUTPUT]>,
    /// Requests since the last seed, and one more.
    count: u64,
}

impl<H: Hash> HmacDrbg<H> {
    /// Instantiates (§10.1.2.3). The three are taken as one string. The standard wants as many unknown bits in `entropy` as
    /// the output is to be strong (§8.6), and at most 2^32 bytes in each input (Table 2): both are left to the caller.
    #[must_use]
    pub fn new(entropy: &[u8], nonce: &[u8], personalization: &[u8]) -> Self {
        let mut value = Box::new([0; LONGEST_OUTPUT]);
        let key = Hmac::new(&value[..H::OUTPUT]);
        value[..H::OUTPUT].fill(1);
        let mut own = Self { key, value, count: 1 };
        own.update(&[entropy, nonce, personalization]);
        own
    }
    /// Reseeds (§10.1.2.4).
    pub fn reseed(&mut self, entropy: &[u8], additional: &[u8]) {
        self.update(&[entropy, additional]);
        self.count = 1;
    }
    /// Fills `out` (§10.1.2.5), after mixing in `additional`.
    ///
    /// # Errors
    /// [`Refused`]; then `out` stays as it is.
    pub fn generate(&mut self, out: &mut [u8], additional: &[u8]) -> Result<(), Refused> {
        if out.len() > LONGEST_REQUEST {
            return Err(Refused::TooLong);
        }
        if self.count > RESEED_INTERVAL {
            return Err(Refused::NeedsReseed);
        }
        if !additional.is_empty() {
            self.update(&[additional]);
        }
        for piece in out.chunks_mut(H::OUTPUT) {
            self.key.tag_in_place(&mut self.value[..H::OUTPUT]);
            piece.copy_from_slice(&self.value[..piece.len()]);
        }
        self.update(&[additional]);
        self.count += 1;
        Ok(())
    }
    /// HMAC_DRBG_Update (§10.1.2.2).
    fn update(&mut self, data: &[&[u8]]) {
        let rounds: &[u8] = if data.iter().all(|part| part.is_empty()) { &[0] } else { &[0, 1] };
        for round in rounds {
            let mut key = [0; LONGEST_OUTPUT];
            let value = &self.value[..H::OUTPUT];
            let parts = [value, core::slice::from_ref(round)].into_iter().chain(data.iter().copied());
            self.key.tag_into(parts, &mut key);
            self.key.rekey(&key[..H::OUTPUT]);
            wipe(&mut key);
            self.key.tag_in_place(&mut self.value[..H::OUTPUT]);
        }
    }
}
/// Without additional input. Every 2^16 bytes are a request of their own; what was filled before one that is refused
/// stays filled.
impl<H: Hash> TryRng for HmacDrbg<H> {
    type Error = Refused;
    fn try_next_u32(&mut self) -> Result<u32, Refused> {
        let mut word = [0; 4];
        self.generate(&mut word, &[])?;
        Ok(u32::from_le_bytes(word))
    }
    fn try_next_u64(&mut self) -> Result<u64, Refused> {
        let mut word = [0; 8];
        self.generate(&mut word, &[])?;
        Ok(u64::from_le_bytes(word))
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Refused> {
        out.chunks_mut(LONGEST_REQUEST).try_for_each(|request| self.generate(request, &[]))
    }
}
impl<H: Hash> TryCryptoRng for HmacDrbg<H> {}
impl<H: Hash> Drop for HmacDrbg<H> {
    fn drop(&mut self) {
        wipe(self.value.as_mut_slice());
    }
}
impl<H: Hash> core::fmt::Debug for HmacDrbg<H> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("HmacDrbg(..)")
    }
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refused {
    /// More than 2^16 bytes at once.
    TooLong,
    /// 2^48 requests since the last seed.
    NeedsReseed,
}
impl core::fmt::Display for Refused {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::TooLong => "more than 65536 bytes were asked for at once",
            Self::NeedsReseed => "the generator has to be reseeded first",
        })
    }
}
impl core::error::Error for Refused {}

/// Table 2: 2^19 bits.
const LONGEST_REQUEST: usize = 1 << 16;
/// Table 2.
const RESEED_INTERVAL: u64 = 1 << 48;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Sha256;

    #[test]
    fn after_2_to_the_48_requests_a_seed_is_asked_for() {
        let mut drbg = HmacDrbg::<Sha256>::new(b"entropy", b"nonce", b"");
        drbg.count = RESEED_INTERVAL;
        assert_eq!(drbg.generate(&mut [0], b""), Ok(()));
        assert_eq!(drbg.generate(&mut [0], b""), Err(Refused::NeedsReseed));
        drbg.reseed(b"more", b"");
        assert_eq!(drbg.generate(&mut [0], b""), Ok(()));
        assert_eq!(drbg.count, 2);
    }
}
