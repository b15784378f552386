//! Public keys (FIPS 186-5 §6.4.2), the same on each curve but for its size.
use crate::cpu::Features;
use crate::ec::{p256, p384};
use crate::hash::Hash;
use crate::sign::{BadSignature, InvalidKey};

macro_rules! public_key {
    ($(#[$doc:meta])* $name:ident, $curve:ident, $point_bytes:literal, $signature_bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            point: $curve::Point,
            backend: $curve::Backend,
        }

        impl $name {
            /// Reads an uncompressed or compressed point (SEC 1 §2.3.4).
            ///
            /// # Errors
            /// [`InvalidKey`] if it is of another form or length, a coordinate is out of range, or the point is off
            /// the curve.
            pub fn from_sec1(bytes: &[u8]) -> Result<Self, InvalidKey> {
                Self::with(bytes, Features::detect())
            }

            /// The same on a CPU that has only `features`.
            ///
            /// # Errors
            /// As [`Self::from_sec1`].
            pub fn with(bytes: &[u8], features: Features) -> Result<Self, InvalidKey> {
                let backend = $curve::Backend::choose(features);
                let point = backend.decode(bytes).ok_or(InvalidKey)?;
                Ok(Self { point, backend })
            }

            /// `04 ‖ x ‖ y`.
            #[must_use]
            pub fn to_uncompressed(&self) -> [u8; $point_bytes] {
                self.backend.encode(&self.point)
            }

            /// Checks r ‖ s for the hash of `message`. Variable time: all is public.
            ///
            /// # Errors
            /// [`BadSignature`] if r or s is not in [1, n-1], or the signature is wrong.
            pub fn verify<H: Hash>(
                &self,
                message: &[u8],
                signature: &[u8; $signature_bytes],
            ) -> Result<(), BadSignature> {
                let (r, s) = signature.split_at($signature_bytes / 2);
                let (r, r_valid) = $curve::Scalar::from_be_bytes(r);
                let (s, s_valid) = $curve::Scalar::from_be_bytes(s);
                if !(r_valid & s_valid).reveal() {
                    return Err(BadSignature);
                }
                let e = $curve::Scalar::from_digest(H::digest(message).as_ref());
                let w = self.backend.invert(&s);
                let (u1, u2) = (e.mul(&w), r.mul(&w));
                let right = self.backend.x_is_vartime(&u1, &u2, &self.point, &r);
                if right { Ok(()) } else { Err(BadSignature) }
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.point == other.point
            }
        }
        impl Eq for $name {}
    };
}
public_key! {
    /// A point of P-256 other than infinity.
    P256PublicKey, p256, 65, 64
}
public_key! {
    /// A point of P-384 other than infinity.
    P384PublicKey, p384, 97, 96
}

impl P256PublicKey {
    /// The key of a point that was computed.
    pub(super) fn of(point: p256::Point, backend: p256::Backend) -> Self {
        Self { point, backend }
    }
    pub(super) fn backend(&self) -> p256::Backend {
        self.backend
    }
}
