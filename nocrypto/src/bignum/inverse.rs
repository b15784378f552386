//! Modular inverses by division steps (D. Bernstein, B. Yang, "Fast constant-time gcd computation and modular
//! inversion", 2019): always the same number of steps, each on the lowest words, 62 of them at a time.
use super::limbs::{self, Limbs};
use super::{Modulus, Residue};
use crate::ct::Choice;

/// Steps whose effect on the whole numbers is one [`Matrix`].
const BATCH: usize = 62;

/// Two rows; the magnitudes in a row sum up to no more than 2^62.
type Matrix = [[i64; 2]; 2];

impl Modulus {
    /// `1/x` for a number below n; anything if the two have a common divisor.
    pub(crate) fn inverse(&self, x: &[u64]) -> Residue {
        let n = self.value();
        // Signed numbers, in two's complement.
        let len = n.len() + 1;
        let (mut f, mut g) = (Limbs::from_words(n, len), Limbs::from_words(x, len));
        // f = d x and g = e x modulo n, but for a power of two.
        let (mut d, mut e) = (Limbs::zero(len), Limbs::from_words(&[1], len));
        let (mut first, mut second) = (Limbs::zero(len), Limbs::zero(len));
        let mut delta = 1;
        // So many steps bring g to 0, and f to 1 or -1 (theorem 11.2).
        let batches = (49 * self.bits() + 80).div_ceil(17).div_ceil(BATCH);
        for _ in 0..batches {
            let [of_f, of_g] = steps(&mut delta, f[0], g[0]);
            combine(of_f, &f, &g, &mut first);
            combine(of_g, &f, &g, &mut second);
            shift(&first, &mut f);
            shift(&second, &mut g);
            let above = [combine(of_f, &d, &e, &mut first), combine(of_g, &d, &e, &mut second)];
            self.reduce(&first, above[0], &mut d);
            self.reduce(&second, above[1], &mut e);
        }
        // With the sign of f, d is between -4/3 n and 4/3 n.
        let minus = Choice::from_lsb(f[len - 1] >> 63).mask();
        d.iter_mut().for_each(|limb| *limb ^= minus);
        limbs::add(&mut d, &[minus & 1]);
        for _ in 0..2 {
            let negative = Choice::from_lsb(d[len - 1] >> 63).mask();
            limbs::add_masked(&mut d, n, negative);
        }
        // A batch divides f by 2^62, but d by 2^64.
        let mut missing = Limbs::zero(2 * batches / 64 + 1);
        missing[2 * batches / 64] = 1 << (2 * batches % 64);
        self.multiply(&self.residue(&d), &self.residue(&missing))
    }
    /// `out = (x + 2^(64 len) above) / 2^64` modulo n, made exact by less than 2^64 times n (Montgomery).
    ///
    /// What comes from a [`Matrix`] and numbers of at most 4/3 n in size ends between -1/3 n and 4/3 n.
    fn reduce(&self, x: &[u64], above: u64, out: &mut [u64]) {
        let n = self.value();
        let digit = x[0].wrapping_mul(self.n0());
        let (_, mut carry) = limbs::multiply_add(x[0], digit, n[0], 0);
        for i in 1..n.len() {
            (out[i - 1], carry) = limbs::multiply_add(x[i], digit, n[i], carry);
        }
        let top = n.len();
        (out[top - 1], carry) = limbs::multiply_add(x[top], 0, 0, carry);
        out[top] = above.wrapping_add(carry);
    }
}

/// [`BATCH`] division steps on the lowest words of f and g, and the matrix that has the same effect on f and g, but for
/// the division by 2^62.
fn steps(delta: &mut u64, mut f: u64, mut g: u64) -> Matrix {
    let [mut u, mut v, mut q, mut r] = [1u64, 0, 0, 1];
    for _ in 0..BATCH {
        let odd = Choice::from_lsb(g);
        let exchange = (odd & Choice::from_lsb(delta.wrapping_neg() >> 63)).mask();
        let odd = odd.mask();
        // g + f, or g - f where g becomes the new f, or g as it is.
        let signed = |x: u64| (x ^ exchange).wrapping_sub(exchange) & odd;
        g = g.wrapping_add(signed(f));
        q = q.wrapping_add(signed(u));
        r = r.wrapping_add(signed(v));
        f = f.wrapping_add(g & exchange);
        u = u.wrapping_add(q & exchange);
        v = v.wrapping_add(r & exchange);
        *delta = (*delta ^ exchange).wrapping_sub(exchange).wrapping_add(1);
        g >>= 1;
        (u, v) = (u << 1, v << 1);
    }
    [[u as i64, v as i64], [q as i64, r as i64]]
}

/// `out + 2^(64 len) result = x a + y b`, all signed.
fn combine([x, y]: [i64; 2], a: &[u64], b: &[u64], out: &mut [u64]) -> u64 {
    let (x, y, top) = (i128::from(x), i128::from(y), a.len() - 1);
    let mut sum = 0;
    for i in 0..top {
        sum += x * i128::from(a[i]) + y * i128::from(b[i]);
        out[i] = sum as u64;
        sum >>= 64;
    }
    sum += x * i128::from(a[top] as i64) + y * i128::from(b[top] as i64);
    out[top] = sum as u64;
    (sum >> 64) as u64
}

/// `out = x / 2^62`, signed.
fn shift(x: &[u64], out: &mut [u64]) {
    let top = x.len() - 1;
    for i in 0..top {
        out[i] = x[i] >> BATCH | x[i + 1] << (64 - BATCH);
    }
    out[top] = (x[top] as i64 >> BATCH) as u64;
}
