//! Arithmetic modulo an odd number of `N` limbs in Montgomery form (Montgomery 1985; R = 2^(64N)). Constant time, and
//! usable in constants.
use super::limbs::{add, mask, mul_add, reduce_once, select, sub, unit};

/// An odd modulus and what follows from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Modulus<const N: usize> {
    /// The modulus itself.
    pub(super) m: [u64; N],
    /// -1/m mod 2^64.
    pub(super) neg_inv: u64,
    /// R mod m: one in Montgomery form.
    pub(super) one: [u64; N],
    /// R² mod m: takes a plain value into Montgomery form.
    pub(super) rr: [u64; N],
}

impl<const N: usize> Modulus<N> {
    /// Everything there is to know about the odd number `m`.
    pub(super) const fn new(m: [u64; N]) -> Self {
        // Newton: each step doubles the bits of the inverse that are right; m itself is right modulo 8.
        let mut inverse = m[0];
        let mut i = 0;
        while i < 5 {
            inverse = inverse.wrapping_mul(2u64.wrapping_sub(m[0].wrapping_mul(inverse)));
            i += 1;
        }
        let mut own = Self { m, neg_inv: inverse.wrapping_neg(), one: unit(), rr: [0; N] };
        let mut i = 0;
        while i < 64 * N {
            own.one = own.add(&own.one, &own.one);
            i += 1;
        }
        // The Montgomery product of R·2^a and R·2^b is R·2^(a+b): from R·2^N to R·2^(64N) in six squarings.
        own.rr = own.one;
        let mut i = 0;
        while i < N {
            own.rr = own.add(&own.rr, &own.rr);
            i += 1;
        }
        let mut i = 0;
        while i < 6 {
            own.rr = own.mul(&own.rr, &own.rr);
            i += 1;
        }
        own
    }

    /// `a·b/R mod m`. One factor must be below m, the other may be any.
    #[inline(always)]
    pub(super) const fn mul(&self, a: &[u64; N], b: &[u64; N]) -> [u64; N] {
        let mut t = [0; N];
        let mut top = 0;
        let mut i = 0;
        while i < N {
            let mut carry = 0;
            let mut j = 0;
            while j < N {
                (t[j], carry) = mul_add(a[j], b[i], t[j], carry);
                j += 1;
            }
            let (high, c1) = carry.overflowing_add(top);
            // t + q·m is 0 modulo 2^64; the limbs move down by one.
            let q = t[0].wrapping_mul(self.neg_inv);
            (_, carry) = mul_add(q, self.m[0], t[0], 0);
            let mut j = 1;
            while j < N {
                (t[j - 1], carry) = mul_add(q, self.m[j], t[j], carry);
                j += 1;
            }
            let (high, c2) = high.overflowing_add(carry);
            t[N - 1] = high;
            top = c1 as u64 + c2 as u64;
            i += 1;
        }
        reduce_once(top, &t, &self.m)
    }

    /// `a + b mod m`, both below m.
    #[inline(always)]
    pub(super) const fn add(&self, a: &[u64; N], b: &[u64; N]) -> [u64; N] {
        let (sum, carry) = add(a, b);
        reduce_once(carry, &sum, &self.m)
    }

    /// `a - b mod m`, both below m.
    #[inline(always)]
    pub(super) const fn sub(&self, a: &[u64; N], b: &[u64; N]) -> [u64; N] {
        let (difference, borrow) = sub(a, b);
        add(&difference, &select(mask(borrow), &self.m, &[0; N])).0
    }

    /// `a/2 mod m`, a below m.
    #[inline(always)]
    pub(super) const fn halve(&self, a: &[u64; N]) -> [u64; N] {
        // An odd value is made even by adding the odd m.
        let (sum, carry) = add(a, &select(mask(a[0] & 1), &self.m, &[0; N]));
        let mut out = [0; N];
        let mut i = 0;
        while i < N {
            let above = if i + 1 < N { sum[i + 1] } else { carry };
            out[i] = sum[i] >> 1 | above << 63;
            i += 1;
        }
        out
    }

    /// `a^exponent` in Montgomery form. The exponent is public: four bits decide which power is multiplied.
    pub(super) const fn pow(&self, a: &[u64; N], exponent: &[u64; N]) -> [u64; N] {
        let mut powers = [self.one; 16];
        let mut i = 1;
        while i < 16 {
            powers[i] = self.mul(&powers[i - 1], a);
            i += 1;
        }
        let mut power = self.one;
        let mut i = 16 * N;
        while i > 0 {
            i -= 1;
            let mut squarings = 0;
            while squarings < 4 {
                power = self.mul(&power, &power);
                squarings += 1;
            }
            let nibble = exponent[i / 16] >> (4 * (i % 16)) & 15;
            power = self.mul(&power, &powers[nibble as usize]);
        }
        power
    }

    /// `1/a` in Montgomery form by Fermat, `m` being prime; zero for zero.
    pub(super) const fn invert(&self, a: &[u64; N]) -> [u64; N] {
        let p_minus_1 = sub(&self.m, &unit()).0;
        self.pow(a, &sub(&p_minus_1, &unit()).0)
    }

    /// Whether `a < m`. For public `a`, or where the answer is public.
    pub(super) const fn contains(&self, a: &[u64; N]) -> bool {
        sub(a, &self.m).1 == 1
    }
}
