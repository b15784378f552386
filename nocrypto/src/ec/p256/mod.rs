//! P-256 (SP 800-186 §3.2.1.3): its parameters, its backends, and what each of them can do.
mod table;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

use super::limbs::hex;
use super::modulus::Modulus;
use super::nist::point::Affine;
use super::nist::{Curve, multiply, scalar, verify_vartime};
use crate::cpu::Features;

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
    /// With MULX, ADX and AVX2.
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    X86_64(x86_64::X86_64),
}

/// Evaluates an expression with the kernel of a backend under a name.
macro_rules! on {
    ($backend:expr, $kernel:ident => $body:expr) => {
        match $backend {
            $crate::ec::p256::Backend::Portable => {
                let $kernel =
                    $crate::ec::nist::kernel::Portable::<$crate::ec::p256::P256>(core::marker::PhantomData);
                $body
            }
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            $crate::ec::p256::Backend::X86_64($kernel) => $body,
        }
    };
}
#[cfg(test)]
pub(crate) use on;

impl Backend {
    /// The best backend for a CPU with `features`.
    pub(crate) fn choose(features: Features) -> Self {
        #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
        if let Some(kernel) = x86_64::X86_64::find(features) {
            return Self::X86_64(kernel);
        }
        let _ = features;
        Self::Portable
    }

    /// One of each kind that this CPU can have.
    #[cfg(test)]
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        [Features::none(), Features::detect()].into_iter().map(Self::choose)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ec::limbs::to_be_bytes;
    use crate::ec::nist::kernel::Kernel;
    use crate::ec::nist::point::Jacobian;
    use crate::ec::reference::{self, big, small};
    use num_bigint::BigUint;
    use proptest::prelude::*;

    /// G, and the order (SP 800-186 §3.2.1.3).
    fn generator() -> reference::Point {
        let x = hex::<4>("6b17d1f2 e12c4247 f8bce6e5 63a440f2 77037d81 2deb33a0 f4a13945 d898c296");
        let y = hex::<4>("4fe342e2 fe1a7f9b 8ee7eb4a 7c0f9e16 2bce3357 6b315ece cbb64068 37bf51f5");
        Some((big(&x), big(&y)))
    }
    fn p() -> BigUint {
        big(&P256::FIELD.m)
    }
    fn n() -> BigUint {
        big(&P256::ORDER.m)
    }

    /// In Montgomery form, as the tables have it.
    fn entry(point: &reference::Point) -> [[u64; 4]; 2] {
        let (x, y) = point.as_ref().unwrap();
        [x, y].map(|coordinate| small(&((coordinate << 256) % p())))
    }

    #[test]
    fn the_base_point_is_on_the_curve_and_has_the_order() {
        let (x, y) = generator().unwrap();
        assert_eq!(&y * &y % p(), (&x * &x * &x + (p() - &x) * 3u8 + big(&P256::B)) % p());
        assert_eq!(reference::multiply(&p(), &n(), &generator()), None);
    }

    #[test]
    fn the_table_holds_what_it_says() {
        let mut first = generator();
        for row in &table::BASE.0 {
            let twice = reference::add(&p(), &first, &first);
            let mut multiple = first.clone();
            for found in row {
                assert_eq!(*found, entry(&multiple));
                multiple = reference::add(&p(), &multiple, &twice);
            }
            for _ in 0..6 {
                first = reference::add(&p(), &first, &first);
            }
        }
    }

    /// Checks both multiplications, by the point and by the base, on every backend.
    fn multiplies(scalar: &BigUint) {
        let expected = Affine::from_limbs(entry(&reference::multiply(&p(), scalar, &generator())));
        let mut bytes = [0; 32];
        to_be_bytes::<4>(&small(scalar), &mut bytes);
        let (scalar, valid) = Scalar::from_be_bytes(&bytes);
        assert!(valid.reveal());
        let base = Affine::from_limbs(table::BASE.0[0][0]);
        for backend in Backend::all() {
            assert_eq!(backend.multiply_base(&scalar), expected, "{bytes:02x?}");
            let product = on!(backend, k => multiply::point(k, &scalar, &base).to_affine(k));
            assert_eq!(product, expected, "{bytes:02x?}");
        }
    }

    #[test]
    fn multiples_are_right_at_every_scalar_where_points_meet() {
        for small in 1..64u32 {
            multiplies(&small.into());
            multiplies(&(n() - small));
        }
        // multiply::point doubles in the last addition for n - 2d, and its even opposite 2d; multiply::base for
        // 2d·2^252 - n with the top digit d, and the opposite.
        for d in (1..32u32).step_by(2) {
            let meeting = BigUint::from(2 * d) << 252;
            if meeting > n() && meeting < n() * 2u8 {
                multiplies(&(&meeting - n()));
                multiplies(&(n() * 2u8 - &meeting));
            }
        }
        for k in (1..256).step_by(15) {
            multiplies(&((BigUint::from(1u8) << k) % n()));
            multiplies(&((BigUint::from(1u8) << k) - 1u8));
        }
    }

    proptest! {
        #![proptest_config(reference::few())]

        #[test]
        fn multiples_are_right(limbs in reference::any_limbs::<4>()) {
            let scalar = big(&limbs) % n();
            if scalar != BigUint::ZERO {
                multiplies(&scalar);
            }
        }

        #[test]
        fn sums_of_multiples_are_right(
            u1 in reference::any_limbs::<4>(), u2 in reference::any_limbs::<4>(), q in 1..200u32,
        ) {
            sum_is_right(&(big(&u1) % n()), &(big(&u2) % n()), &q.into());
        }
    }

    /// Checks x(u₁G + u₂Q) for Q = qG.
    fn sum_is_right(u1: &BigUint, u2: &BigUint, q: &BigUint) {
        let scalar = |number: &BigUint| {
            Scalar::from_digest(&{
                let mut bytes = [0; 32];
                to_be_bytes::<4>(&small(number), &mut bytes);
                bytes
            })
        };
        let sum = reference::multiply(&p(), &((u1 + u2 * q) % n()), &generator());
        let point = Affine::from_limbs(entry(&reference::multiply(&p(), q, &generator())));
        for backend in Backend::all() {
            let is = |x: &BigUint| backend.x_is_vartime(&scalar(u1), &scalar(u2), &point, &scalar(x));
            match &sum {
                None => assert!(!is(&BigUint::ZERO)),
                Some((x, _)) => {
                    assert!(is(&(x % n())), "{u1:x} {u2:x} {q}");
                    assert!(!is(&((x + 1u8) % n())), "{u1:x} {u2:x} {q}");
                }
            }
        }
    }

    #[test]
    fn sums_are_right_where_points_meet() {
        for q in [1u32, 2, 3, 15, 63] {
            for u1 in 0..12u32 {
                for u2 in 0..12u32 {
                    sum_is_right(&u1.into(), &u2.into(), &q.into());
                }
                // Opposite multiples: infinity, in the end or on the way.
                sum_is_right(&(n() - u1 * q), &u1.into(), &q.into());
                sum_is_right(&(n() - u1 * q - 1u8), &u1.into(), &q.into());
            }
        }
    }

    #[test]
    fn an_x_of_n_or_more_is_compared_modulo_n() {
        // There are points with x in [n, p): the check takes x - n for them.
        let mut found = 0;
        for offset in 0..200u32 {
            let x = n() + offset;
            let square = (&x * &x * &x + (p() - &x) * 3u8 + big(&P256::B)) % p();
            let y = square.modpow(&((p() + 1u8) >> 2), &p());
            if &y * &y % p() != square {
                continue;
            }
            found += 1;
            let point = Affine::from_limbs(entry(&Some((x, y))));
            let (zero, one) = (Scalar::from_digest(&[0]), Scalar::from_digest(&[1]));
            let offset = Scalar::from_digest(&offset.to_be_bytes());
            for backend in Backend::all() {
                assert!(backend.x_is_vartime(&zero, &one, &point, &offset));
                assert!(!backend.x_is_vartime(&zero, &one, &point, &offset.add(&one)));
            }
        }
        assert!(found > 50);
    }

    #[test]
    fn doubling_agrees_with_adding_and_keeps_infinity() {
        let base = Affine::from_limbs(table::BASE.0[0][0]);
        for backend in Backend::all() {
            on!(backend, k => {
                let mut twice = Jacobian::from_affine(k, &base);
                twice.double(k);
                let mut sum = twice;
                sum.double(k);
                let four = sum.to_affine(k);
                // 4G = 3G + G.
                let mut sum = Jacobian::from_affine(k, &Affine::from_limbs(table::BASE.0[0][1]));
                sum.add_affine(k, &base);
                assert_eq!(sum.to_affine(k), four);
                // G - G is infinity, and stays it.
                let mut opposite = base;
                k.negate_if(crate::ct::Choice::from_lsb(1), &mut opposite.y);
                let mut nothing = Jacobian::from_affine(k, &base);
                nothing.add_affine(k, &opposite);
                assert_eq!(nothing.z.0, [0; 4]);
                nothing.double(k);
                assert_eq!(nothing.z.0, [0; 4]);
            });
        }
    }

    #[test]
    fn random_scalars_are_in_range_and_hardly_biased() {
        let random = |high: u128, low: &BigUint| {
            let mut bytes = [0; 48];
            bytes[..16].copy_from_slice(&high.to_be_bytes());
            to_be_bytes::<4>(&small(low), &mut bytes[16..]);
            big::<4>(Scalar::from_random(&bytes).limbs())
        };
        let top: BigUint = (BigUint::from(1u8) << 256) - 1u8;
        for high in [0, 1, 2, u128::MAX - 1, u128::MAX] {
            for low in [BigUint::ZERO, BigUint::from(1u8), n() - 1u8, n(), n() + 1u8, top.clone()] {
                let expected = ((BigUint::from(high) << 256) + &low) % n();
                let expected = if expected == BigUint::ZERO { BigUint::from(1u8) } else { expected };
                assert_eq!(random(high, &low), expected);
            }
        }
    }
}
