//! P-256 (SP 800-186 §3.2.1.3): its parameters, its backends, and what each of them can do.
mod table;

use super::limbs::hex;
use super::modulus::Modulus;
use super::nist::kernel::Portable;
use super::nist::point::Affine;
use super::nist::{Curve, multiply, scalar, verify_vartime};
use crate::cpu::Features;
use core::marker::PhantomData;

/// The curve.
#[derive(Clone, Copy, Debug)]
pub(crate) struct P256;

impl Curve<4> for P256 {
    const FIELD: Modulus<4> =
        Modulus::new(hex("ffffffff 00000001 00000000 00000000 00000000 ffffffff ffffffff ffffffff"));
    const ORDER: Modulus<4> =
        Modulus::new(hex("ffffffff 00000000 ffffffff ffffffff bce6faad a7179e84 f3b9cac2 fc632551"));
    const B: [u64; 4] = hex("5ac635d8 aa3a93e7 b3ebbd55 769886bc 651d06b0 cc53b0f6 3bce3c3e 27d2604b");
    const ODD_MULTIPLES_OF_G: &'static [[[u64; 4]; 2]; 32] = &table::BASE.0[0];
}

/// A number modulo the order of the group.
pub(crate) type Scalar = scalar::Scalar<P256, 4>;
/// A point of the curve other than infinity.
pub(crate) type Point = Affine<4>;

/// Where the arithmetic is done; chosen once per key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Backend {
    /// On every CPU.
    Portable,
}

/// Evaluates an expression with the kernel of a backend under a name.
macro_rules! on {
    ($backend:expr, $kernel:ident => $body:expr) => {
        match $backend {
            Backend::Portable => {
                let $kernel = Portable::<P256>(PhantomData);
                $body
            }
        }
    };
}

impl Backend {
    /// The best backend for a CPU with `features`.
    pub(crate) fn choose(_features: Features) -> Self {
        Self::Portable
    }

    /// The point in `bytes` (SEC 1 §2.3.4, uncompressed or compressed), or `None`.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Point> {
        on!(self, k => Point::from_sec1(k, bytes))
    }

    /// The uncompressed encoding.
    pub(crate) fn encode(self, point: &Point) -> [u8; 65] {
        let mut out = [0; 65];
        on!(self, k => point.to_uncompressed(k, &mut out));
        out
    }

    /// `scalar`·G for a scalar in [1, n-1].
    pub(crate) fn multiply_base(self, scalar: &Scalar) -> Point {
        on!(self, k => multiply::base(k, scalar, &table::BASE.0).to_affine(k))
    }

    /// Writes the x coordinate of `scalar`·`point`, big-endian, for a scalar in [1, n-1].
    pub(crate) fn multiply(self, scalar: &Scalar, point: &Point, x: &mut [u8; 32]) {
        on!(self, k => multiply::point(k, scalar, point).to_affine(k).write_x(k, x));
    }

    /// The x coordinate of a point modulo n.
    pub(crate) fn x_modulo_n(self, point: &Point) -> Scalar {
        on!(self, k => point.x_modulo_n(k))
    }

    /// `1/scalar` modulo n.
    pub(crate) fn invert(self, scalar: &Scalar) -> Scalar {
        on!(self, k => scalar.invert(k))
    }

    /// Whether the x coordinate of u₁G + u₂Q is `r` modulo n. Variable time: all is public.
    pub(crate) fn x_is_vartime(self, u1: &Scalar, u2: &Scalar, q: &Point, r: &Scalar) -> bool {
        on!(self, k => verify_vartime::x_is(k, u1, u2, q, r))
    }
}
