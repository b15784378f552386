//! The width-w non-adjacent form of a public scalar (Hankerson, Menezes, Vanstone 2004, Alg. 3.35). Variable time.

/// Digits of the longest scalar: 384 bits and a carry.
const DIGITS: usize = 385;

/// Σ `digits[i]`·2^i; each digit is zero or odd, and of `width` next to each other at most one is not zero.
pub(super) struct Wnaf {
    digits: [i8; DIGITS],
    len: usize,
}

impl Wnaf {
    /// The digits of `scalar`, for 2 ≤ width ≤ 8.
    pub(super) fn new<const N: usize>(scalar: &[u64; N], width: usize) -> Self {
        let mut own = Self { digits: [0; DIGITS], len: 0 };
        let window = |at: usize| {
            let low = scalar.get(at / 64).map_or(0, |limb| limb >> (at % 64));
            let high = scalar.get(at / 64 + 1).map_or(0, |limb| limb << 1 << (63 - at % 64));
            (low | high) & ((1 << width) - 1)
        };
        let (mut at, mut carry) = (0, 0);
        while at < DIGITS {
            let value = window(at) + carry;
            if value & 1 == 0 {
                // An even value with a carry had an odd window: the carry goes on.
                at += 1;
                continue;
            }
            // The upper half is written as what is missing to 2^width, and one carried.
            carry = value >> (width - 1);
            own.digits[at] = (value as i16 - ((carry as i16) << width)) as i8;
            own.len = at + 1;
            at += width;
        }
        own
    }

    /// Positions of this form.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The digit at a position below [`DIGITS`]: where in a table of odd multiples (1, 3, 5 …) it stands, and whether
    /// it is negative.
    pub(super) fn digit(&self, at: usize) -> Option<(usize, bool)> {
        let digit = self.digits[at];
        (digit != 0).then(|| (usize::from(digit.unsigned_abs() >> 1), digit < 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn the_digits_sum_up_to_the_scalar() {
        let edges = [0, 1, 2, 3, 15, 16, 17, 1 << 63, u64::MAX - 1, u64::MAX];
        for low in edges {
            for high in edges {
                for width in 2..=8 {
                    let wnaf = Wnaf::new(&[low, high, low ^ high, high], width);
                    let expected = [high, low ^ high, high, low]
                        .iter()
                        .fold(BigInt::from(0), |sum, limb| (sum << 64) + BigInt::from(*limb));
                    let mut sum = BigInt::from(0);
                    let mut last = None;
                    for at in (0..wnaf.len()).rev() {
                        sum *= 2;
                        if let Some((index, negative)) = wnaf.digit(at) {
                            assert!(index < 1 << (width - 2), "digit too large for the table");
                            assert!(last.is_none_or(|l| l - at >= width), "digits too near");
                            let value = BigInt::from(2 * index + 1);
                            sum += if negative { -value } else { value };
                            last = Some(at);
                        }
                    }
                    assert_eq!(sum, expected);
                }
            }
        }
    }
}
