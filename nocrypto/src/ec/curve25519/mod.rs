//! Curve25519 and edwards25519 (RFC 7748 §4.1): their backends, and what each of them can do.
mod kernel;
mod ladder;
mod multiply;
mod point;
mod scalar;
mod table;
mod verify_vartime;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod x86_64;

use crate::cpu::Features;

pub(crate) use point::Point;
pub(crate) use scalar::{Scalar, split};

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
            $crate::ec::curve25519::Backend::Portable => {
                let $kernel = $crate::ec::curve25519::kernel::Portable;
                $body
            }
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            $crate::ec::curve25519::Backend::X86_64($kernel) => $body,
        }
    };
}
#[cfg(test)]
use on;

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
    fn all() -> impl Iterator<Item = Self> {
        [Features::none(), Features::detect()].into_iter().map(Self::choose)
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

#[cfg(test)]
mod tests {
    use super::point::D;
    use super::*;
    use crate::ec::reference::{any_limbs, big, few, inverse, small};
    use num_bigint::BigUint;
    use proptest::prelude::*;

    fn p() -> BigUint {
        (BigUint::from(1u8) << 255) - 19u8
    }
    /// L of RFC 8032 §5.1.
    fn order() -> BigUint {
        (BigUint::from(1u8) << 252) + 27_742_317_777_372_353_535_851_937_790_883_648_493u128
    }
    /// d = -121665/121666.
    fn d() -> BigUint {
        big(&D.0)
    }
    /// The base point of RFC 8032 §5.1: y = 4/5, x even.
    fn generator() -> (BigUint, BigUint) {
        let y = BigUint::from(4u8) * inverse(&BigUint::from(5u8), &p()) % p();
        let square = (&y * &y - 1u8) * inverse(&((d() * &y * &y + 1u8) % p()), &p()) % p();
        let root = square.modpow(&((p() + 3u8) >> 3), &p());
        let other = &root * BigUint::from(2u8).modpow(&((p() - 1u8) >> 2), &p()) % p();
        let x = if &root * &root % p() == square { root } else { other };
        assert_eq!(&x * &x % p(), square);
        (if x.bit(0) { p() - x } else { x }, y)
    }
    /// The addition of RFC 8032 §5.1, on numerators and common denominators.
    fn add_fractions([x1, y1, z1]: &[BigUint; 3], [x2, y2, z2]: &[BigUint; 3]) -> [BigUint; 3] {
        let p = p();
        let z = z1 * z2 % &p;
        let (xx, yy, zz) = (x1 * x2 % &p, y1 * y2 % &p, &z * &z % &p);
        let t = d() * &xx % &p * &yy % &p;
        let (below_x, below_y) = (&zz + &t, &zz + &p - &t);
        let x = z.clone() * &below_y % &p * (x1 * y2 + x2 * y1) % &p;
        let y = z * &below_x % &p * (yy + xx) % &p;
        [x, y, below_x * below_y % &p]
    }
    fn reduce([x, y, z]: [BigUint; 3]) -> (BigUint, BigUint) {
        let inverse = inverse(&z, &p());
        (x * &inverse % p(), y * inverse % p())
    }
    fn fractions((x, y): &(BigUint, BigUint)) -> [BigUint; 3] {
        [x.clone(), y.clone(), BigUint::from(1u8)]
    }
    fn add(a: &(BigUint, BigUint), b: &(BigUint, BigUint)) -> (BigUint, BigUint) {
        reduce(add_fractions(&fractions(a), &fractions(b)))
    }
    fn multiply(scalar: &BigUint, point: &(BigUint, BigUint)) -> (BigUint, BigUint) {
        let nothing = fractions(&(BigUint::ZERO, BigUint::from(1u8)));
        reduce((0..scalar.bits()).rev().fold(nothing, |sum, bit| {
            let doubled = add_fractions(&sum, &sum);
            if scalar.bit(bit) { add_fractions(&doubled, &fractions(point)) } else { doubled }
        }))
    }
    fn encode((x, y): &(BigUint, BigUint)) -> [u8; 32] {
        crate::ec::limbs::to_le_bytes(&small(&(y + (BigUint::from(u8::from(x.bit(0))) << 255))))
    }
    /// As the tables have it.
    fn entry((x, y): &(BigUint, BigUint)) -> [[u64; 4]; 3] {
        let half = (p() + 1u8) >> 1;
        [(y + x) * &half, (y + p() - x) * &half, d() * x * y].map(|number| small(&(number % p())))
    }

    #[test]
    fn the_base_point_has_the_order() {
        assert_eq!(d() * 121_666u32 % p(), p() - 121_665u32);
        assert_eq!(multiply(&order(), &generator()), (BigUint::ZERO, BigUint::from(1u8)));
        // Its u is 9 (RFC 7748 §4.1).
        let (_, y) = generator();
        let u = (&y + 1u8) * inverse(&(p() + 1u8 - &y), &p()) % p();
        assert_eq!(u, BigUint::from(9u8));
    }

    #[test]
    fn the_tables_hold_what_they_say() {
        let mut first = generator();
        for row in &table::BASE.0 {
            let mut multiple = first.clone();
            for found in row {
                assert_eq!(*found, entry(&multiple));
                multiple = add(&multiple, &first);
            }
            for _ in 0..5 {
                first = add(&first, &first);
            }
        }
        let twice = add(&generator(), &generator());
        let mut multiple = generator();
        for found in &table::ODD_MULTIPLES {
            assert_eq!(*found, entry(&multiple));
            multiple = add(&multiple, &twice);
        }
    }

    fn multiplies(limbs: &[u64; 4]) {
        let mut wide = [0; 64];
        wide[..32].copy_from_slice(&crate::ec::limbs::to_le_bytes(limbs));
        let scalar = Scalar::from_wide(&wide);
        assert_eq!(big(scalar.limbs()), big(limbs) % order());
        let expected = encode(&multiply(&(big(limbs) % order()), &generator()));
        for backend in Backend::all() {
            assert_eq!(backend.multiply_base(&scalar), expected, "{limbs:x?}");
        }
        // Clamped, and the same by the ladder.
        let (bytes, _) = split(&wide);
        let clamped = Scalar::from_clamped(bytes);
        let expected = encode(&multiply(&(big(clamped.limbs()) % order()), &generator()));
        for backend in Backend::all() {
            assert_eq!(backend.multiply_base(&clamped), expected, "{limbs:x?}");
            let (mut nine, mut by_ladder) = ([0; 32], [0; 32]);
            nine[0] = 9;
            backend.x25519(bytes, &nine, &mut by_ladder);
            assert_eq!(backend.x25519_base(bytes), by_ladder, "{limbs:x?}");
        }
    }

    #[test]
    fn multiples_are_right_at_the_edges() {
        for number in 0..35u8 {
            multiplies(&small(&number.into()));
            multiplies(&small(&(order() + number - 17u8)));
        }
        for k in (0..256).step_by(11) {
            multiplies(&small(&(BigUint::from(1u8) << k)));
            multiplies(&small(&((BigUint::from(1u8) << k) - 1u8)));
        }
        multiplies(&[u64::MAX; 4]);
    }

    proptest! {
        #![proptest_config(few())]

        #[test]
        fn multiples_are_right(limbs in any_limbs()) {
            multiplies(&limbs);
        }

        #[test]
        fn scalars_agree_with_big_integers(a in any_limbs(), b in any_limbs::<4>(), wide in any_limbs::<8>()) {
            let (x, y) = (big(&a), big(&b) % order());
            let bytes = crate::ec::limbs::to_le_bytes;
            let below = |number: &BigUint| Scalar::from_canonical_vartime(&bytes(&small(number))).unwrap();
            prop_assert_eq!(big(below(&y).mul(&below(&(&x % order()))).limbs()), &x * &y % order());
            prop_assert_eq!(big(below(&y).add(&below(&(&x % order()))).limbs()), (&x + &y) % order());
            let mut wide_bytes = [0; 64];
            for (out, limb) in wide_bytes.chunks_mut(8).zip(&wide) {
                out.copy_from_slice(&limb.to_le_bytes());
            }
            prop_assert_eq!(big(Scalar::from_wide(&wide_bytes).limbs()), big(&wide) % order());
            // A clamped factor is not reduced.
            let clamped = Scalar::from_clamped(&bytes(&a));
            prop_assert_eq!(big(below(&y).mul(&clamped).limbs()), &y * big(clamped.limbs()) % order());
        }

        #[test]
        fn sums_of_multiples_are_right(s in any_limbs::<4>(), h in any_limbs::<4>(), q in 1..100u32) {
            let (s, h) = (big(&s) % order(), big(&h) % order());
            let bytes = crate::ec::limbs::to_le_bytes;
            let scalar = |number: &BigUint| Scalar::from_canonical_vartime(&bytes(&small(number))).unwrap();
            let a = multiply(&q.into(), &generator());
            let expected = encode(&multiply(&((&s + (order() - &h) * q) % order()), &generator()));
            for backend in Backend::all() {
                let opposite = backend.decode_opposite_vartime(&encode(&a)).unwrap();
                prop_assert_eq!(backend.encoded_sum_vartime(&scalar(&s), &scalar(&h), &opposite), expected);
            }
        }
    }
}
