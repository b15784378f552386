//! HKDF (RFC 5869): extract a key from input keying material, expand it into many.
use super::TooLong;
use crate::hash::{Hash, LONGEST_OUTPUT};
use crate::mac::Hmac;
use crate::secret::wipe;
use core::iter::once;

/// A pseudorandom key (§2.2), ready to expand. Its bytes are not kept, but what HMAC makes of them.
#[derive(Clone, Debug)]
pub struct Prk<H: Hash>(Hmac<H>);

impl<H: Hash> Prk<H> {
    /// HKDF-Extract (§2.2). An empty `salt` is the same as `H::OUTPUT` zeros.
    #[must_use]
    pub fn extract(salt: &[u8], ikm: &[u8]) -> Self {
        let mut prk = [0; LONGEST_OUTPUT];
        Hmac::<H>::new(salt).tag_into([ikm], &mut prk);
        let own = Self::from_bytes(&prk[..H::OUTPUT]);
        wipe(&mut prk);
        own
    }
    /// Bytes that are pseudorandom already; by §2.3 at least `H::OUTPUT` of them.
    #[must_use]
    pub fn from_bytes(prk: &[u8]) -> Self {
        Self(Hmac::new(prk))
    }
    /// HKDF-Expand (§2.3): fills `out` for the purpose `info`, whose parts are taken as one string.
    ///
    /// # Errors
    /// [`TooLong`] if `out` is beyond 255 · `H::OUTPUT` bytes; then it stays as it is.
    pub fn expand(&self, info: &[&[u8]], out: &mut [u8]) -> Result<(), TooLong> {
        if out.len() > 255 * H::OUTPUT {
            return Err(TooLong);
        }
        let mut start = 0;
        for counter in 1..=255 {
            let (before, rest) = out.split_at_mut(start);
            if rest.is_empty() {
                break;
            }
            // T(0) is empty; the others are read where they have been written.
            let previous = &before[start.saturating_sub(H::OUTPUT)..];
            let counter = [counter];
            let parts = once(previous).chain(info.iter().copied()).chain([counter.as_slice()]);
            self.0.tag_into(parts, rest);
            start += rest.len().min(H::OUTPUT);
        }
        Ok(())
    }
}
