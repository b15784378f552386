//! ECDH on P-256 (SP 800-56A rev. 3 §5.7.1.2, RFC 8446 §4.2.8.2).
use crate::cpu::Features;
use crate::ec::p256::{Backend, Scalar};
use crate::secret::{Secret, with_clean_stack};
use rand_core::CryptoRng;

/// One side's half of an exchange.
#[derive(Debug)]
pub struct P256 {
    private: Secret<32>,
    public: [u8; 65],
    backend: Backend,
}

/// The peer's public value is not the uncompressed encoding of a point of the curve.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidPoint;
impl core::fmt::Display for InvalidPoint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the peer's public value is not an uncompressed point of the curve")
    }
}
impl core::error::Error for InvalidPoint {}

/// The private scalar is not in [1, n-1].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidScalar;
impl core::fmt::Display for InvalidScalar {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the private scalar is out of range")
    }
}
impl core::error::Error for InvalidScalar {}

impl P256 {
    /// A fresh key pair.
    #[must_use]
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let random = Secret::<48>::random(rng);
        with_clean_stack(|| Self::new(&Scalar::from_random(random.expose()), Features::detect()))
    }

    /// The key pair of a private scalar, big-endian. For test vectors: an exchange wants a fresh one.
    ///
    /// # Errors
    /// [`InvalidScalar`] if the scalar is not in [1, n-1].
    pub fn from_private(private: &[u8; 32]) -> Result<Self, InvalidScalar> {
        Self::with(private, Features::detect())
    }

    /// The same on a CPU that has only `features`.
    ///
    /// # Errors
    /// As [`Self::from_private`].
    pub fn with(private: &[u8; 32], features: Features) -> Result<Self, InvalidScalar> {
        with_clean_stack(|| {
            let (scalar, valid) = Scalar::from_be_bytes(private);
            if valid.reveal() { Ok(Self::new(&scalar, features)) } else { Err(InvalidScalar) }
        })
    }

    /// What the peer is sent: `04 ‖ x ‖ y`.
    #[must_use]
    pub fn public(&self) -> [u8; 65] {
        self.public
    }

    /// The secret shared with the owner of `peer`: the x coordinate of the common point.
    ///
    /// # Errors
    /// [`InvalidPoint`] if `peer` is not `04 ‖ x ‖ y` with coordinates in range and on the curve. The compressed form is
    /// refused (RFC 8446 §4.2.8.2).
    pub fn agree(self, peer: &[u8]) -> Result<Secret<32>, InvalidPoint> {
        let uncompressed = <&[u8; 65]>::try_from(peer).map_err(|_| InvalidPoint)?;
        let point = self.backend.decode(uncompressed).ok_or(InvalidPoint)?;
        Ok(with_clean_stack(|| {
            // In range since this key was made.
            let (scalar, _) = Scalar::from_be_bytes(self.private.expose());
            Secret::fill_with(|x| self.backend.multiply(&scalar, &point, x))
        }))
    }

    fn new(scalar: &Scalar, features: Features) -> Self {
        let backend = Backend::choose(features);
        Self {
            private: Secret::fill_with(|own| scalar.to_be_bytes(own)),
            public: backend.encode(&backend.multiply_base(scalar)),
            backend,
        }
    }
}
