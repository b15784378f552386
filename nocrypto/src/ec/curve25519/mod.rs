//! Curve25519 and edwards25519 (RFC 7748 §4.1): their backends, and what each of them can do.
mod kernel;
mod ladder;
mod multiply;
mod point;
mod scalar;
mod table;
mod verify_vartime;

use crate::cpu::Features;
use kernel::Portable;

pub(crate) use point::Point;
pub(crate) use scalar::{Scalar, split};

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
                let $kernel = Portable;
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

    /// Writes X25519(`private`, `u`) (RFC 7748 §5).
    pub(crate) fn x25519(self, private: &[u8; 32], u: &[u8; 32], out: &mut [u8; 32]) {
        on!(self, k => ladder::x25519(k, private, u, out));
    }

    /// X25519(`private`, 9), from the table of the Edwards curve.
    pub(crate) fn x25519_base(self, private: &[u8; 32]) -> [u8; 32] {
        on!(self, k => multiply::base(k, &Scalar::from_clamped(private)).montgomery_u(k))
    }

    /// The encoding of `scalar`·B.
    pub(crate) fn multiply_base(self, scalar: &Scalar) -> [u8; 32] {
        on!(self, k => multiply::base(k, scalar).normalized(k).encode())
    }

    /// A = `scalar`·B as its encoding and the opposite -A, which is what verification wants.
    pub(crate) fn public_key(self, scalar: &Scalar) -> ([u8; 32], Point) {
        on!(self, k => {
            let point = multiply::base(k, scalar).normalized(k);
            (point.encode(), point.negate(k))
        })
    }

    /// The opposite -A of a public key A. `None` if the encoding is not canonical (RFC 8032 §5.1.3), or A has a small
    /// order. Variable time: all is public.
    pub(crate) fn decode_opposite_vartime(self, bytes: &[u8; 32]) -> Option<Point> {
        on!(self, k => {
            let point = Point::decode_vartime(k, bytes)?;
            (!point.has_small_order(k)).reveal().then(|| point.negate(k))
        })
    }

    /// The encoding of `s`·B + `h`·`a`. Variable time: all is public.
    pub(crate) fn encoded_sum_vartime(self, s: &Scalar, h: &Scalar, a: &Point) -> [u8; 32] {
        on!(self, k => verify_vartime::encoded_sum(k, s, h, a))
    }
}
