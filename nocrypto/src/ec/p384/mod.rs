//! P-384 (SP 800-186 §3.2.1.4): its parameters, and what verification needs.
mod table;

use super::limbs::hex;
use super::modulus::Modulus;
use super::nist::kernel::Portable;
use super::nist::point::Affine;
use super::nist::{Curve, scalar, verify_vartime};
use crate::cpu::Features;
use core::marker::PhantomData;

/// The curve.
#[derive(Clone, Copy, Debug)]
pub(crate) struct P384;

impl Curve<6> for P384 {
    const FIELD: Modulus<6> = Modulus::new(hex(
        "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff fffffffe ffffffff 00000000 00000000 ffffffff",
    ));
    const ORDER: Modulus<6> = Modulus::new(hex(
        "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff c7634d81 f4372ddf 581a0db2 48b0a77a ecec196a ccc52973",
    ));
    const B: [u64; 6] = hex(
        "b3312fa7 e23ee7e4 988e056b e3f82d19 181d9c6e fe814112 0314088f 5013875a c656398d 8a2ed19d 2a85c8ed d3ec2aef",
    );
    const ODD_MULTIPLES_OF_G: &'static [[[u64; 6]; 2]; 32] = &table::ODD_MULTIPLES_OF_G;
}

/// A number modulo the order of the group.
pub(crate) type Scalar = scalar::Scalar<P384, 6>;
/// A point of the curve other than infinity.
pub(crate) type Point = Affine<6>;

/// Where the arithmetic is done: on every CPU alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backend(Portable<P384>);

impl Backend {
    /// The best backend for a CPU with `features`.
    pub(crate) fn choose(_: Features) -> Self {
        Self(Portable(PhantomData))
    }

    /// The point in `bytes` (SEC 1 §2.3.4, uncompressed or compressed), or `None`.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Point> {
        Point::from_sec1(self.0, bytes)
    }

    /// The uncompressed encoding.
    pub(crate) fn encode(self, point: &Point) -> [u8; 97] {
        let mut out = [0; 97];
        point.to_uncompressed(self.0, &mut out);
        out
    }

    /// `1/scalar` modulo n.
    pub(crate) fn invert(self, scalar: &Scalar) -> Scalar {
        scalar.invert(self.0)
    }

    /// Whether the x coordinate of u₁G + u₂Q is `r` modulo n. Variable time: all is public.
    pub(crate) fn x_is_vartime(self, u1: &Scalar, u2: &Scalar, q: &Point, r: &Scalar) -> bool {
        verify_vartime::x_is(self.0, u1, u2, q, r)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ec::reference::{self, big, small};
    use num_bigint::BigUint;

    /// SP 800-186 §3.2.1.4.
    fn generator() -> reference::Point {
        let x = hex::<6>(
            "aa87ca22 be8b0537 8eb1c71e f320ad74 6e1d3b62 8ba79b98 59f741e0 82542a38 5502f25d bf55296c 3a545e38 72760ab7",
        );
        let y = hex::<6>(
            "3617de4a 96262c6f 5d9e98bf 9292dc29 f8f41dbd 289a147c e9da3113 b5f0b8c0 0a60b1ce 1d7e819d 7a431d7c 90ea0e5f",
        );
        Some((big(&x), big(&y)))
    }

    #[test]
    fn the_base_point_is_on_the_curve_and_has_the_order() {
        let (p, n, b) = (big(&P384::FIELD.m), big(&P384::ORDER.m), big(&P384::B));
        let (x, y) = generator().unwrap();
        assert_eq!(&y * &y % &p, (&x * &x * &x + (&p - &x) * 3u8 + b) % &p);
        assert_eq!(reference::multiply(&p, &n, &generator()), None);
    }

    #[test]
    fn the_table_holds_what_it_says() {
        let p = big(&P384::FIELD.m);
        let twice = reference::add(&p, &generator(), &generator());
        let mut multiple = generator();
        for found in P384::ODD_MULTIPLES_OF_G {
            let (x, y) = multiple.clone().unwrap();
            assert_eq!(*found, [x, y].map(|c: BigUint| small(&((c << 384) % &p))));
            multiple = reference::add(&p, &multiple, &twice);
        }
    }
}
