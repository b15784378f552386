//! [`Secret`]: bytes that cannot be copied, compared or printed, and are wiped when they go.
use alloc::boxed::Box;
use rand_core::CryptoRng;

/// `N` secret bytes on the heap: moving the value moves a pointer, so no copy stays behind.
///
/// There is no `Clone`, `PartialEq` or `Deref`. Compare through [`crate::ct::eq`]; the way out is [`Secret::expose`].
pub struct Secret<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// Filled in place by `fill`, which finds zeros.
    #[must_use]
    pub fn fill_with(fill: impl FnOnce(&mut [u8; N])) -> Self {
        let mut own = Self(Box::new([0; N]));
        fill(&mut own.0);
        own
    }
    /// Filled in place, unless `fill` fails: then what it had written is wiped.
    ///
    /// # Errors
    /// Whatever `fill` returns.
    pub fn try_fill_with<E>(fill: impl FnOnce(&mut [u8; N]) -> Result<(), E>) -> Result<Self, E> {
        let mut own = Self(Box::new([0; N]));
        fill(&mut own.0)?;
        Ok(own)
    }
    /// `N` random bytes.
    #[must_use]
    pub fn random(rng: &mut dyn CryptoRng) -> Self {
        Self::fill_with(|own| rng.fill_bytes(own))
    }
    /// The bytes. Whoever calls this answers for what becomes of them.
    #[must_use]
    pub fn expose(&self) -> &[u8; N] {
        &self.0
    }
}
impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        wipe(self.0.as_mut_slice());
    }
}
impl<const N: usize> core::fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Secret<{N}>(..)")
    }
}

/// Writes zeros that the compiler may not leave out, and as wide as it likes.
#[inline]
pub(crate) fn wipe<T: Copy + Default>(words: &mut [T]) {
    words.fill(T::default());
    zeroize::optimization_barrier(words);
}

/// Runs `work` and then overwrites the stack below, where copies of secrets may lie that nobody owns any more: spilled
/// registers, moved values, intermediate results. Every outermost operation with a private key goes through here.
pub(crate) fn with_clean_stack<T>(work: impl FnOnce() -> T) -> T {
    // Never inlined: what `work` uses must lie where `overwrite_stack` writes.
    #[inline(never)]
    fn call<T>(work: impl FnOnce() -> T) -> T {
        work()
    }
    let result = call(work);
    overwrite_stack();
    result
}

/// Overwrites the stack below the caller. Kernels that are too fast to do this after each message leave it to the drop
/// of their key.
#[inline(never)]
pub(crate) fn overwrite_stack() {
    wipe(&mut [0u64; STACK / 8]);
}

/// More bytes of stack than any operation with a private key uses.
const STACK: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_shows_the_length_and_nothing_else() {
        let secret = Secret::<4>::fill_with(|own| *own = *b"abcd");
        assert_eq!(alloc::format!("{secret:?}"), "Secret<4>(..)");
        assert_eq!(secret.expose(), b"abcd");
    }
    #[test]
    fn a_failed_fill_gives_the_error() {
        let failed = Secret::<4>::try_fill_with(|_| Err("no"));
        assert_eq!(failed.err(), Some("no"));
    }
}
