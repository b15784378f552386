//! Points of edwards25519, -x² + y² = 1 + dx²y² (RFC 8032 §5.1), in extended coordinates with the complete formulas of
//! Hisil, Wong, Carter and Dawson (2008): no exceptions.
use super::kernel::{Fe, Kernel, P, canonical, power_250, same};
use crate::ct::Choice;
use crate::ec::limbs;
use zeroize::Zeroize;

/// (X/Z, Y/Z) with T = XY/Z; every coordinate weak.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(super) x: Fe,
    pub(super) y: Fe,
    pub(super) z: Fe,
    pub(super) t: Fe,
}

/// An affine point for adding, halved so that the sum needs Z and not 2Z: ((y + x)/2, (y - x)/2, dxy).
#[derive(Clone, Copy, Debug)]
pub(super) struct Addend {
    pub(super) plus: Fe,
    pub(super) minus: Fe,
    pub(super) dxy: Fe,
}

/// The same for a point with a Z: ((Y + X)/2, (Y - X)/2, dT, Z).
#[derive(Clone, Copy, Debug)]
pub(super) struct ProjectiveAddend {
    affine: Addend,
    z: Fe,
}

impl Point {
    pub(super) const IDENTITY: Self = Self { x: Fe::ZERO, y: Fe::ONE, z: Fe::ONE, t: Fe::ZERO };

    /// Reads y and the sign of x (RFC 8032 §5.1.3). `None` if y is not below p, x² has no root, or x = 0 is called
    /// negative. Variable time: the input is public.
    pub(super) fn decode_vartime<K: Kernel>(k: K, bytes: &[u8; 32]) -> Option<Self> {
        let negative = bytes[31] >> 7;
        let y = Fe::from_bytes(bytes);
        if limbs::sub(&y.0, &P).1 == 0 {
            return None;
        }
        // x² = u/v; the candidate root is u·v³·(u·v⁷)^((p-5)/8), maybe times a root of -1.
        let yy = k.square(&y);
        let u = k.sub(&yy, &Fe::ONE);
        let v = k.add_weak(&k.mul(&yy, &D), &Fe::ONE);
        let uv3 = k.mul(&k.mul(&u, &v), &k.square(&v));
        let uv7 = k.mul(&uv3, &k.square(&k.square(&v)));
        let (power, _) = power_250(k, &uv7);
        let power = k.mul(&k.square(&k.square(&power)), &uv7);
        let mut x = k.mul(&uv3, &power);
        let is_root = |x: &Fe| same(&k.mul(&v, &k.square(x)), &u).reveal();
        if !is_root(&x) {
            x = k.mul(&x, &SQRT_MINUS_1);
            if !is_root(&x) {
                return None;
            }
        }
        let plain_x = canonical(&x);
        if plain_x == [0; 4] && negative == 1 {
            return None;
        }
        if plain_x[0] & 1 != u64::from(negative) {
            x = k.mul(&k.sub(&Fe::ZERO, &x), &Fe::ONE);
        }
        Some(Self { x, y, z: Fe::ONE, t: k.mul(&x, &y) })
    }

    /// The same with Z = 1, and x and y canonical: of what led to the point, nothing is left to be seen.
    pub(super) fn normalized<K: Kernel>(&self, k: K) -> Self {
        let inverse = Fe(k.divide(&Fe::ONE, &self.z));
        let x = Fe(canonical(&k.mul(&self.x, &inverse)));
        let y = Fe(canonical(&k.mul(&self.y, &inverse)));
        Self { x, y, z: Fe::ONE, t: k.mul(&x, &y) }
    }

    /// y and the sign of x (RFC 8032 §5.1.2), of a normalized point.
    pub(super) fn encode(&self) -> [u8; 32] {
        let Self { x, mut y, .. } = *self;
        y.0[3] |= x.0[0] << 63;
        limbs::to_le_bytes(&y.0)
    }

    /// u = (Z + Y)/(Z - Y), where the map to Curve25519 takes the point (RFC 7748 §4.1); 0 for the identity.
    pub(super) fn montgomery_u<K: Kernel>(&self, k: K) -> [u8; 32] {
        limbs::to_le_bytes(&k.divide(&k.add_weak(&self.z, &self.y), &k.sub(&self.z, &self.y)))
    }

    /// Whether the point has order 1, 2, 4 or 8.
    pub(super) fn has_small_order<K: Kernel>(&self, k: K) -> Choice {
        let mut point = *self;
        for _ in 0..3 {
            point.double(k, false);
        }
        same(&point.x, &Fe::ZERO) & same(&point.y, &point.z)
    }

    pub(super) fn negate<K: Kernel>(&self, k: K) -> Self {
        // Sums are not weak; a product with one is.
        let minus = |a| k.mul(&k.sub(&Fe::ZERO, a), &Fe::ONE);
        Self { x: minus(&self.x), t: minus(&self.t), ..*self }
    }

    /// 4S + 3M, and one more M for T, which only an addition after this wants.
    #[inline(always)]
    pub(super) fn double<K: Kernel>(&mut self, k: K, want_t: bool) {
        let a = k.square(&self.x);
        let b = k.square(&self.y);
        let zz = k.square(&self.z);
        let ss = k.square(&k.add_weak(&self.x, &self.y));
        let h = k.add_weak(&a, &b);
        let g = k.sub(&a, &b);
        let e = k.sub(&h, &ss);
        let f = k.add(&k.add(&g, &zz), &zz);
        self.x = k.mul(&e, &f);
        self.y = k.mul(&g, &h);
        self.z = k.mul(&f, &g);
        if want_t {
            self.t = k.mul(&e, &h);
        }
    }

    /// 7M.
    #[inline(always)]
    pub(super) fn add<K: Kernel>(&mut self, k: K, other: &Addend) {
        let z = self.z;
        self.add_scaled(k, other, &z);
    }

    /// 8M.
    #[inline(always)]
    pub(super) fn add_projective<K: Kernel>(&mut self, k: K, other: &ProjectiveAddend) {
        let z = k.mul(&self.z, &other.z);
        self.add_scaled(k, &other.affine, &z);
    }

    /// Both additions, given the product of the Z.
    #[inline(always)]
    fn add_scaled<K: Kernel>(&mut self, k: K, other: &Addend, z: &Fe) {
        let a = k.mul(&k.sub(&self.y, &self.x), &other.minus);
        let b = k.mul(&k.add_weak(&self.y, &self.x), &other.plus);
        let c = k.mul(&self.t, &other.dxy);
        let e = k.sub(&b, &a);
        let f = k.sub(z, &c);
        let g = k.add_weak(z, &c);
        let h = k.add_weak(&b, &a);
        self.x = k.mul(&e, &f);
        self.y = k.mul(&g, &h);
        self.z = k.mul(&f, &g);
        self.t = k.mul(&e, &h);
    }

    pub(super) fn to_projective_addend<K: Kernel>(self, k: K) -> ProjectiveAddend {
        let affine = Addend {
            plus: k.mul(&k.add_weak(&self.y, &self.x), &HALF),
            minus: k.mul(&k.sub(&self.y, &self.x), &HALF),
            dxy: k.mul(&self.t, &D),
        };
        ProjectiveAddend { affine, z: self.z }
    }
}

impl Zeroize for Point {
    fn zeroize(&mut self) {
        for coordinate in [&mut self.x, &mut self.y, &mut self.z, &mut self.t] {
            coordinate.0.zeroize();
        }
    }
}

impl Addend {
    /// The neutral element as limbs.
    pub(super) const IDENTITY: [[u64; 4]; 3] = [HALF.0, HALF.0, [0; 4]];

    /// As limbs, in the order of the fields.
    pub(super) fn from_limbs([plus, minus, dxy]: [[u64; 4]; 3]) -> Self {
        Self { plus: Fe(plus), minus: Fe(minus), dxy: Fe(dxy) }
    }

    /// The opposite point where `choice` is true.
    #[inline(always)]
    pub(super) fn negate_if<K: Kernel>(&self, k: K, choice: Choice) -> Self {
        Self {
            plus: k.select(choice, &self.minus, &self.plus),
            minus: k.select(choice, &self.plus, &self.minus),
            dxy: k.select(choice, &k.sub(&Fe::ZERO, &self.dxy), &self.dxy),
        }
    }
}

impl ProjectiveAddend {
    #[inline(always)]
    pub(super) fn negate_if<K: Kernel>(&self, k: K, choice: Choice) -> Self {
        Self { affine: self.affine.negate_if(k, choice), z: self.z }
    }
}

/// d = -121665/121666.
pub(super) const D: Fe =
    Fe(limbs::hex("52036cee 2b6ffe73 8cc74079 7779e898 00700a4d 4141d8ab 75eb4dca 135978a3"));
/// 2^((p-1)/4), a root of -1.
const SQRT_MINUS_1: Fe =
    Fe(limbs::hex("2b832480 4fc1df0b 2b4d0099 3dfbd7a7 2f431806 ad2fe478 c4ee1b27 4a0ea0b0"));
/// 1/2.
const HALF: Fe = Fe(limbs::hex("3fffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff fffffff7"));
