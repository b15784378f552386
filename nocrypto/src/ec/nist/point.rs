//! Points in affine, Jacobian and Chudnovsky coordinates, their formulas, and their encoding (SEC 1 §2.3).
use super::kernel::{Kernel, is_zero};
use super::scalar::Scalar;
use super::{Curve, Fe};
use crate::ct::Choice;
use crate::ec::limbs;
use zeroize::Zeroize;

/// A point (x, y) of the curve: made from outside only by [`Affine::from_sec1`], so it is on the curve and not the
/// point at infinity.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Affine<const N: usize> {
    pub(crate) x: Fe<N>,
    pub(crate) y: Fe<N>,
}

/// (X/Z², Y/Z³); the point at infinity where Z = 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jacobian<const N: usize> {
    pub(crate) x: Fe<N>,
    pub(crate) y: Fe<N>,
    pub(crate) z: Fe<N>,
}

/// Jacobian with Z² and Z³ kept, for what is added often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chudnovsky<const N: usize> {
    pub(crate) x: Fe<N>,
    pub(crate) y: Fe<N>,
    pub(crate) z: Fe<N>,
    pub(super) zz: Fe<N>,
    pub(super) zzz: Fe<N>,
}

/// The differences of the two points an addition was given, scaled: both x zero and y zero means they were the same.
pub(crate) struct Differences<const N: usize> {
    pub(crate) x: Fe<N>,
    pub(crate) y: Fe<N>,
}

impl<const N: usize> Affine<N> {
    /// Reads `04 ‖ x ‖ y`, or `02`/`03 ‖ x` with the square root taken (SEC 1 §2.3.4). `None` for another form or
    /// length, a coordinate that is not below p, or a point off the curve. The input is public.
    pub(crate) fn from_sec1<K: Kernel<N>>(k: K, bytes: &[u8]) -> Option<Self> {
        let (form, coordinates) = bytes.split_first()?;
        match (form, coordinates.len() / N) {
            _ if !coordinates.len().is_multiple_of(8 * N) => None,
            (4, 16) => {
                let (x, y) = coordinates.split_at(8 * N);
                let (x, y) = (decode::<K, N>(k, x)?, decode::<K, N>(k, y)?);
                (k.square(&y) == right_side(k, &x)).then_some(Self { x, y })
            }
            (2 | 3, 8) => {
                let x = decode(k, coordinates)?;
                let square = right_side(k, &x);
                // p ≡ 3 mod 4: the root is a power, of a square only.
                let mut y = Fe(K::Curve::FIELD.pow(&square.0, &quarter(&K::Curve::FIELD.m)));
                if k.square(&y) != square {
                    return None;
                }
                // There is no point with y = 0 (the order is odd), so one root is odd and the other even.
                if to_plain(k, &y)[0] & 1 != u64::from(form & 1) {
                    y = k.sub(&Fe::ZERO, &y);
                }
                Some(Self { x, y })
            }
            _ => None,
        }
    }

    /// Writes `04 ‖ x ‖ y` (SEC 1 §2.3.3); `out` has 16·N + 1 bytes.
    pub(crate) fn to_uncompressed<K: Kernel<N>>(self, k: K, out: &mut [u8]) {
        if let Some((form, coordinates)) = out.split_first_mut() {
            *form = 4;
            let (x, y) = coordinates.split_at_mut(8 * N);
            limbs::to_be_bytes(&to_plain(k, &self.x), x);
            limbs::to_be_bytes(&to_plain(k, &self.y), y);
        }
    }

    /// Writes the x coordinate, 8·N bytes, big-endian.
    pub(crate) fn write_x<K: Kernel<N>>(&self, k: K, out: &mut [u8]) {
        limbs::to_be_bytes(&to_plain(k, &self.x), out);
    }

    /// The x coordinate modulo the order n.
    pub(crate) fn x_modulo_n<K: Kernel<N>>(&self, k: K) -> Scalar<K::Curve, N> {
        Scalar::from_limbs(to_plain(k, &self.x)).reduced()
    }

    pub(crate) fn from_limbs([x, y]: [[u64; N]; 2]) -> Self {
        Self { x: Fe(x), y: Fe(y) }
    }
}

impl<const N: usize> Jacobian<N> {
    pub(crate) fn from_affine<K: Kernel<N>>(_: K, point: &Affine<N>) -> Self {
        Self { x: point.x, y: point.y, z: Fe(K::Curve::FIELD.one) }
    }

    /// The point at infinity becomes (0, 0), which is not on the curve.
    pub(crate) fn to_affine<K: Kernel<N>>(self, k: K) -> Affine<N> {
        let inverse = k.invert(&self.z);
        let square = k.square(&inverse);
        Affine { x: k.mul(&self.x, &square), y: k.mul(&self.y, &k.mul(&square, &inverse)) }
    }

    pub(super) fn to_chudnovsky<K: Kernel<N>>(self, k: K) -> Chudnovsky<N> {
        let zz = k.square(&self.z);
        Chudnovsky { x: self.x, y: self.y, z: self.z, zz, zzz: k.mul(&zz, &self.z) }
    }

    /// Doubles the point; infinity stays infinity, and nothing else becomes it, the order being odd.
    ///
    /// With a = -3 and the slope halved: L = 3/2·(X - Z²)(X + Z²), S = Y², T = X·S,
    /// X₃ = L² - 2T, Y₃ = L(T - X₃) - S², Z₃ = YZ: 4M + 4S. The order of the lines lets the core overlap the long
    /// chain with the short ones.
    #[inline(always)]
    pub(crate) fn double<K: Kernel<N>>(&mut self, k: K) {
        let zz = k.square(&self.z);
        let s = k.square(&self.y);
        let m = k.mul(&k.sub(&self.x, &zz), &k.add(&self.x, &zz));
        let t = k.mul(&self.x, &s);
        let l = k.three_halves(&m);
        let ll = k.square(&l);
        self.z = k.mul(&self.y, &self.z);
        self.x = k.sub(&k.sub(&ll, &t), &t);
        let ss = k.square(&s);
        self.y = k.sub(&k.mul(&l, &k.sub(&t, &self.x)), &ss);
    }

    /// Adds a point that is neither this one nor its opposite, none of them infinity: add-1998-cmo-2 of the
    /// Explicit-Formulas Database with Z₂² and Z₂³ at hand, 11M + 3S.
    #[inline(always)]
    pub(super) fn add<K: Kernel<N>>(&mut self, k: K, other: &Chudnovsky<N>) -> Differences<N> {
        let zz = k.square(&self.z);
        let u1 = k.mul(&self.x, &other.zz);
        let zzz = k.mul(&self.z, &zz);
        let u2 = k.mul(&other.x, &zz);
        let s1 = k.mul(&self.y, &other.zzz);
        let h = k.sub(&u2, &u1);
        let s2 = k.mul(&other.y, &zzz);
        let hh = k.square(&h);
        let r = k.sub(&s2, &s1);
        let z = k.mul(&self.z, &other.z);
        let rr = k.square(&r);
        let v = k.mul(&u1, &hh);
        let hhh = k.mul(&hh, &h);
        self.x = k.sub(&k.sub(&k.sub(&rr, &hhh), &v), &v);
        self.z = k.mul(&z, &h);
        let sh = k.mul(&s1, &hhh);
        self.y = k.sub(&k.mul(&r, &k.sub(&v, &self.x)), &sh);
        Differences { x: h, y: r }
    }

    /// The same for an affine point, 8M + 3S.
    #[inline(always)]
    pub(crate) fn add_affine<K: Kernel<N>>(&mut self, k: K, other: &Affine<N>) -> Differences<N> {
        let zz = k.square(&self.z);
        let u2 = k.mul(&other.x, &zz);
        let zzz = k.mul(&self.z, &zz);
        let h = k.sub(&u2, &self.x);
        let s2 = k.mul(&other.y, &zzz);
        let hh = k.square(&h);
        self.z = k.mul(&self.z, &h);
        let r = k.sub(&s2, &self.y);
        let rr = k.square(&r);
        let v = k.mul(&self.x, &hh);
        let hhh = k.mul(&hh, &h);
        self.x = k.sub(&k.sub(&k.sub(&rr, &hhh), &v), &v);
        let sh = k.mul(&self.y, &hhh);
        self.y = k.sub(&k.mul(&r, &k.sub(&v, &self.x)), &sh);
        Differences { x: h, y: r }
    }

    #[inline(always)]
    pub(super) fn assign<K: Kernel<N>>(&mut self, k: K, choice: Choice, from: &Self) {
        k.assign(choice, &mut self.x, &from.x);
        k.assign(choice, &mut self.y, &from.y);
        k.assign(choice, &mut self.z, &from.z);
    }
}

impl<const N: usize> Zeroize for Jacobian<N> {
    fn zeroize(&mut self) {
        self.x.0.zeroize();
        self.y.0.zeroize();
        self.z.0.zeroize();
    }
}

impl<const N: usize> Chudnovsky<N> {
    pub(super) fn to_limbs(self) -> [[u64; N]; 5] {
        [self.x.0, self.y.0, self.z.0, self.zz.0, self.zzz.0]
    }
    #[inline(always)]
    pub(super) fn from_limbs([x, y, z, zz, zzz]: [[u64; N]; 5]) -> Self {
        Self { x: Fe(x), y: Fe(y), z: Fe(z), zz: Fe(zz), zzz: Fe(zzz) }
    }
}

impl<const N: usize> Differences<N> {
    /// Whether the points were the same.
    #[inline(always)]
    pub(super) fn none(&self) -> Choice {
        is_zero(&self.x) & is_zero(&self.y)
    }
}

/// x³ - 3x + b.
fn right_side<K: Kernel<N>, const N: usize>(k: K, x: &Fe<N>) -> Fe<N> {
    let cube = k.mul(&k.square(x), x);
    let three_x = k.add(&k.add(x, x), x);
    k.add(&k.sub(&cube, &three_x), &from_plain(k, &K::Curve::B))
}

/// 8·N big-endian bytes of a number below p.
fn decode<K: Kernel<N>, const N: usize>(k: K, bytes: &[u8]) -> Option<Fe<N>> {
    let plain = limbs::from_be_bytes(bytes);
    K::Curve::FIELD.contains(&plain).then(|| from_plain(k, &plain))
}

pub(super) fn from_plain<K: Kernel<N>, const N: usize>(k: K, plain: &[u64; N]) -> Fe<N> {
    k.mul(&Fe(*plain), &Fe(K::Curve::FIELD.rr))
}

fn to_plain<K: Kernel<N>, const N: usize>(k: K, a: &Fe<N>) -> [u64; N] {
    k.mul(a, &Fe(limbs::unit())).0
}

/// (p + 1)/4 for p ≡ 3 mod 4.
fn quarter<const N: usize>(p: &[u64; N]) -> [u64; N] {
    let next = limbs::add(p, &limbs::unit()).0;
    core::array::from_fn(|i| next[i] >> 2 | next.get(i + 1).map_or(0, |above| above << 62))
}
