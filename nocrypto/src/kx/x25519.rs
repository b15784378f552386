//! X25519 (RFC 7748 §6.1).
use crate::cpu::Features;
use crate::ct;
use crate::ec::curve25519::Backend;
use crate::secret::{Secret, with_clean_stack};
use rand_core::CryptoRng;

/// One side's half of an exchange.
#[derive(Debug)]
pub struct X25519 {
    private: Secret<32>,
    public: [u8; 32],
    backend: Backend,
}

/// The peer's public value has a small order: the shared secret would be the same for every private key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NonContributory;
impl core::fmt::Display for NonContributory {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the peer's public value leads to the same secret for every key")
    }
}
impl core::error::Error for NonContributory {}

impl X25519 {
    /// A fresh key pair.
    #[must_use]
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self::new(Secret::random(rng), Features::detect())
    }

    /// The key pair of 32 private bytes. For test vectors: an exchange wants a fresh one.
    #[must_use]
    pub fn from_private(private: &[u8; 32]) -> Self {
        Self::with(private, Features::detect())
    }

    /// The same on a CPU that has only `features`.
    #[must_use]
    pub fn with(private: &[u8; 32], features: Features) -> Self {
        Self::new(Secret::fill_with(|own| own.copy_from_slice(private)), features)
    }

    /// What the peer is sent.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.public
    }

    /// The secret shared with the owner of `peer`, and of nobody else.
    ///
    /// # Errors
    /// [`NonContributory`] if the secret is all zero (RFC 7748 §6.1, RFC 8446 §7.4.2).
    pub fn agree(self, peer: &[u8; 32]) -> Result<Secret<32>, NonContributory> {
        let shared = with_clean_stack(|| {
            Secret::fill_with(|out| self.backend.x25519(self.private.expose(), peer, out))
        });
        if ct::eq(shared.expose(), &[0; 32]).reveal() { Err(NonContributory) } else { Ok(shared) }
    }

    fn new(private: Secret<32>, features: Features) -> Self {
        let backend = Backend::choose(features);
        let public = with_clean_stack(|| backend.x25519_base(private.expose()));
        Self { private, public, backend }
    }
}
