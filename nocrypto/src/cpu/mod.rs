//! Proofs that a CPU feature is there. A fast backend's key holds its proof, so it cannot exist on a CPU without it.
//!
//! Detection needs no operating system: registers of the CPU, read once and kept in one word.
use core::sync::atomic::{AtomicU32, Ordering};

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[path = "x86_64.rs"]
mod detect;
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
#[path = "aarch64.rs"]
mod detect;
#[cfg(not(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "aarch64", target_endian = "little", target_feature = "neon")
)))]
#[path = "none.rs"]
mod detect;
#[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
pub(crate) mod neon;
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(crate) mod vector;

/// Leaves zeros in the vector registers: for the end of work with a key.
#[inline]
pub(crate) fn clear_vectors() {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    vector::clear();
    #[cfg(all(target_arch = "aarch64", target_endian = "little", target_feature = "neon"))]
    neon::clear();
}

macro_rules! features {
    ($( $(#[$doc:meta])* $name:ident = $bit:literal, $proof:ident, $getter:ident; )*) => {
        /// One feature, or bundle of features, that a backend asks for.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        #[repr(u32)]
        pub enum Feature { $( $(#[$doc])* $name = 1 << $bit, )* }
        const ALL: &[Feature] = &[$( Feature::$name, )*];
        $(
            $(#[$doc])*
            ///
            /// A proof: made only by asking a [`Features`] that has it.
            #[derive(Clone, Copy, Debug)]
            pub struct $proof(());
        )*
        impl Features { $(
            $(#[$doc])*
            #[must_use]
            pub fn $getter(self) -> Option<$proof> {
                let there = self.0 & Feature::$name as u32;
                #[cfg(nqsb_ct)]
                GRANTED.fetch_or(there, Ordering::Relaxed);
                (there != 0).then_some($proof(()))
            }
        )* }
    };
}
features! {
    /// AES and multiplication without carries. x86-64: AES-NI, PCLMULQDQ, SSSE3 and SSE4.1; aarch64: AES and PMULL.
    AesClmul = 0, AesClmul, aes_clmul;
    /// x86-64: VAES and VPCLMULQDQ on 256-bit registers, with AVX2 and all of [`Feature::AesClmul`].
    VaesAvx2 = 1, VaesAvx2, vaes_avx2;
    /// SHA-1 and SHA-256. x86-64: the SHA extensions, SSSE3 and SSE4.1; aarch64: SHA1 and SHA256.
    Sha = 2, Sha, sha;
    /// x86-64: AVX2 (with the operating system's consent), BMI1 and BMI2.
    Avx2 = 3, Avx2, avx2;
    /// x86-64: MULX, ADCX and ADOX.
    MulxAdx = 4, MulxAdx, mulx_adx;
    /// x86-64: AVX-512 F, BW and VL (with the operating system's consent) and all of [`Feature::VaesAvx2`].
    VaesAvx512 = 5, VaesAvx512, vaes_avx512;
    /// x86-64: AVX-512 F, BW, DQ, VL and IFMA (with the operating system's consent) and all of [`Feature::Avx2`].
    Avx512Ifma = 6, Avx512Ifma, avx512_ifma;
    /// aarch64: SHA512 and SHA3, which compilers know as one.
    Sha512Sha3 = 7, Sha512Sha3, sha512_sha3;
    /// aarch64: NEON.
    Neon = 8, Neon, neon;
}

impl From<VaesAvx2> for AesClmul {
    fn from(_: VaesAvx2) -> Self {
        Self(())
    }
}
impl From<VaesAvx512> for AesClmul {
    fn from(_: VaesAvx512) -> Self {
        Self(())
    }
}

impl Feature {
    /// The bits of this one and of all that include it.
    const fn and_above(self) -> u32 {
        let above = match self {
            Self::AesClmul => Self::VaesAvx2.and_above(),
            Self::Avx2 => Self::VaesAvx2.and_above() | Self::Avx512Ifma as u32,
            Self::VaesAvx2 => Self::VaesAvx512.and_above(),
            Self::VaesAvx512
            | Self::Avx512Ifma
            | Self::Sha
            | Self::MulxAdx
            | Self::Sha512Sha3
            | Self::Neon => 0,
        };
        self as u32 | above
    }
}

/// What this CPU has, or less: features can be denied, never claimed.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Features(u32);

/// Set beside the features once the CPU has been asked.
const KNOWN: u32 = 1 << 31;
static CACHE: AtomicU32 = AtomicU32::new(0);
/// For the checker of the binary: features of which a proof was given.
#[cfg(nqsb_ct)]
static GRANTED: AtomicU32 = AtomicU32::new(0);

impl Features {
    /// Asks the CPU once, and remembers.
    #[must_use]
    pub fn detect() -> Self {
        match CACHE.load(Ordering::Relaxed) {
            0 => {
                // Two threads may both ask: they get the same answer, unless a limit has come in between.
                let found = detect::features().0 | KNOWN;
                let before = CACHE.compare_exchange(0, found, Ordering::Relaxed, Ordering::Relaxed);
                Self(before.err().unwrap_or(found) & !KNOWN)
            }
            known => Self(known & !KNOWN),
        }
    }
    /// From now on [`Features::detect`] gives no more than `self`, everywhere in this program: to measure other arms,
    /// or where a CPU has a fault. Keys and states that are there already stay as they are.
    pub fn limit(self) {
        let _ = Self::detect();
        CACHE.fetch_and(self.0 | KNOWN, Ordering::Relaxed);
    }
    /// No feature: portable code everywhere.
    #[must_use]
    pub const fn none() -> Self {
        Self(0)
    }
    /// The same without `feature`, and so without those that include it.
    #[must_use]
    pub const fn without(self, feature: Feature) -> Self {
        Self(self.0 & !feature.and_above())
    }
    /// Those that somebody had a proof of since this was asked last.
    #[cfg(nqsb_ct)]
    pub fn granted() -> Self {
        Self(GRANTED.swap(0, Ordering::Relaxed))
    }
    /// Every set of features worth a test here: none, all, all with one feature denied, and AVX2 without those two that
    /// include it. So each backend of this CPU is the best of some set.
    pub fn arms() -> impl Iterator<Item = Self> {
        let all = Self::detect();
        let sets: [Self; 3 + ALL.len()] = core::array::from_fn(|i| match i {
            0 => Self::none(),
            1 => all,
            2 => all.without(Feature::VaesAvx2).without(Feature::Avx512Ifma),
            _ => all.without(ALL[i - 3]),
        });
        (0..sets.len()).filter(move |i| !sets[..*i].contains(&sets[*i])).map(move |i| sets[i])
    }
}
impl core::fmt::Debug for Features {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_set().entries(ALL.iter().filter(|one| self.without(**one) != *self)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_the_best_of_its_kind_in_some_arm() {
        let all = Features::detect();
        for feature in ALL.iter().filter(|f| all.without(**f) != all) {
            let (own, above) = (*feature as u32, feature.and_above() & !(*feature as u32));
            assert!(Features::arms().any(|arm| arm.0 & own != 0 && arm.0 & above == 0), "{feature:?}");
        }
    }
    #[test]
    fn no_arm_comes_twice() {
        for (i, arm) in Features::arms().enumerate() {
            assert!(Features::arms().skip(i + 1).all(|other| other != arm), "{arm:?}");
        }
    }
}
