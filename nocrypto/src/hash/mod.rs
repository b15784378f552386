//! Hash functions: one trait, implemented by all.

/// A hash function, fed in pieces.
pub trait Hash: Clone {
    /// Bytes of one input block of the compression function (for HMAC).
    const BLOCK: usize;
    /// Bytes of output.
    const OUTPUT: usize;
    /// `[u8; OUTPUT]`.
    type Output: AsRef<[u8]> + AsMut<[u8]> + Copy + Eq + core::fmt::Debug + Default;
    /// Nothing hashed yet; the backend is chosen here.
    fn new() -> Self;
    /// Hashes `input` behind what was hashed before.
    fn update(&mut self, input: &[u8]);
    /// The hash of everything.
    fn finish(self) -> Self::Output;
    /// The hash of `input`, in one call.
    fn digest(input: &[u8]) -> Self::Output {
        let mut hash = Self::new();
        hash.update(input);
        hash.finish()
    }
}
