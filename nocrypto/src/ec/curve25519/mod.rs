//! Curve25519 and edwards25519 (RFC 7748 §4.1): their backends, and what each of them can do.
mod kernel;
mod ladder;

use crate::cpu::Features;
use kernel::Portable;

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

    /// Writes X25519(`scalar`, `u`) (RFC 7748 §5).
    pub(crate) fn x25519(self, scalar: &[u8; 32], u: &[u8; 32], out: &mut [u8; 32]) {
        on!(self, k => ladder::x25519(k, scalar, u, out));
    }
}
