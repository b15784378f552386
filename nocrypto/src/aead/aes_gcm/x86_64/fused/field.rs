//! GHASH's field in registers (SP 800-38D §6.3): values are blocks with their bytes reversed.
use super::super::{CONSTS, V, broadcast, clmul, load, swap_halves, widen, xor};
use super::fold;
use core::arch::x86_64::{__m128i, _mm_setzero_si128};

/// A sum of products not yet reduced: low, middle and high.
pub(super) struct Sum(V, V, V);

featured! {
    /// No product yet.
    #[inline]
    pub(super) fn nothing() -> Sum {
        let zero = widen(_mm_setzero_si128());
        Sum(zero, zero, zero)
    }
    /// Adds the products of `x` and `h`, block by block. Four multiplications, not Karatsuba's three: the shorter chain.
    #[inline]
    pub(super) fn add(sum: &mut Sum, x: V, h: V) {
        sum.0 = xor(sum.0, clmul::<0x00>(x, h));
        sum.1 = xor(sum.1, xor(clmul::<0x01>(x, h), clmul::<0x10>(x, h)));
        sum.2 = xor(sum.2, clmul::<0x11>(x, h));
    }
    /// The sum, reduced: (low + middle x^64 + high x^128) / x^128 modulo P, of each block.
    ///
    /// With q the low half, adding q P clears that half. As P = 1 + x^64 (0xc2 << 56) + x^128, what remains after
    /// division by x^64 is the other half, with q as the new upper half (together: the halves swapped), and
    /// q (0xc2 << 56). That twice.
    #[inline]
    pub(super) fn reduced(sum: Sum) -> V {
        let poly = load(&CONSTS.poly);
        let middle = xor(sum.1, xor(swap_halves(sum.0), clmul::<0x00>(sum.0, poly)));
        xor(sum.2, xor(swap_halves(middle), clmul::<0x00>(middle, poly)))
    }
    /// Products, block by block.
    #[inline]
    pub(super) fn products(a: V, b: V) -> V {
        let mut sum = nothing();
        add(&mut sum, a, b);
        reduced(sum)
    }
    /// One product.
    #[inline]
    pub(super) fn product(a: __m128i, b: __m128i) -> __m128i {
        fold(products(widen(a), broadcast(b)))
    }
}
