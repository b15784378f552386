//! CPU features that are denied, to us and to RustCrypto alike: what an older CPU, or none that we know, would see.
//!
//! RustCrypto is told when it is built, so this is as well: `cargo xtask bench ratio --without WHAT` sets both.
use crate::group::Plan;
use nocrypto::cpu::{Feature, Features};

/// What is denied, if anything is.
#[derive(Clone, Copy, Debug)]
pub enum Denied {
    /// VAES and VPCLMULQDQ. RustCrypto cannot be told: it goes on as it likes.
    Vaes,
    /// All that needs AVX.
    Avx2,
    /// All of it.
    All,
}

impl Denied {
    /// How this program was built.
    #[must_use]
    pub fn here() -> Option<Self> {
        if cfg!(denied = "all") {
            Some(Self::All)
        } else if cfg!(denied = "avx2") {
            Some(Self::Avx2)
        } else if cfg!(denied = "vaes") {
            Some(Self::Vaes)
        } else {
            None
        }
    }
    /// Denies it to us, from now on.
    pub fn deny(self) {
        let without = |features: &[Feature]| features.iter().fold(Features::detect(), |f, x| f.without(*x));
        match self {
            Self::Vaes => without(VAES),
            Self::Avx2 => without(AVX2),
            Self::All => Features::none(),
        }
        .limit();
    }
    /// The row without those peers that find out for themselves what the CPU has.
    #[must_use]
    pub fn only_deniable(plan: Plan) -> Plan {
        let Plan { name, build } = plan;
        let build = move |name| {
            let mut row = build(name);
            row.contenders.retain(|(who, _)| ["ours", "RustCrypto"].contains(who));
            row
        };
        Plan { name, build: Box::new(build) }
    }
}

const VAES: &[Feature] = &[Feature::VaesAvx2, Feature::VaesAvx512];
const AVX2: &[Feature] = &[Feature::Avx2, Feature::VaesAvx2, Feature::VaesAvx512];
