//! CPUID and XGETBV (Intel SDM vol. 1 §14.3, vol. 2A CPUID).
#![allow(unsafe_code, reason = "XGETBV is unsafe to name; the layer table lists this file")]
use super::{Feature, Features};
use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};

/// What the CPU says, apart from what follows from it.
#[derive(Clone, Copy, Default)]
struct Registers {
    leaf1_ecx: u32,
    leaf7_ebx: u32,
    leaf7_ecx: u32,
    /// Zero where the operating system has not enabled XSAVE.
    xcr0: u64,
}

pub(super) fn features() -> Features {
    let leaf1_ecx = __cpuid(1).ecx;
    let leaf7 = if __cpuid(0).eax >= 7 { Some(__cpuid_count(7, 0)) } else { None };
    // SAFETY: OSXSAVE says that the operating system has enabled XGETBV.
    let xcr0 = if bit(leaf1_ecx, 27) { unsafe { xcr0() } } else { 0 };
    decide(Registers {
        leaf1_ecx,
        leaf7_ebx: leaf7.map_or(0, |l| l.ebx),
        leaf7_ecx: leaf7.map_or(0, |l| l.ecx),
        xcr0,
    })
}

#[target_feature(enable = "xsave")]
fn xcr0() -> u64 {
    // SAFETY: register 0 exists wherever XGETBV does.
    unsafe { _xgetbv(0) }
}

const fn bit(register: u32, n: u32) -> bool {
    register >> n & 1 == 1
}

fn decide(r: Registers) -> Features {
    let (ssse3, sse41) = (bit(r.leaf1_ecx, 9), bit(r.leaf1_ecx, 19));
    // AVX state must be saved on a switch (XCR0 bits 1 and 2), or its use is undefined: CPUID alone may lie.
    let avx = bit(r.leaf1_ecx, 28) && bit(r.leaf1_ecx, 27) && r.xcr0 & 6 == 6;
    let bmi2 = bit(r.leaf7_ebx, 8);
    let avx2 = avx && bit(r.leaf7_ebx, 5) && bit(r.leaf7_ebx, 3) && bmi2;
    let aes_clmul = bit(r.leaf1_ecx, 25) && bit(r.leaf1_ecx, 1) && ssse3 && sse41;
    let vaes = aes_clmul && avx2 && bit(r.leaf7_ecx, 9) && bit(r.leaf7_ecx, 10);
    // The masks and the upper halves are saved too (XCR0 bits 5 to 7); AVX-512 F, BW and VL.
    let avx512 = avx2 && r.xcr0 & 0xe0 == 0xe0 && [16, 30, 31].iter().all(|n| bit(r.leaf7_ebx, *n));
    // DQ and IFMA.
    let ifma = avx512 && bit(r.leaf7_ebx, 17) && bit(r.leaf7_ebx, 21);
    let sha = bit(r.leaf7_ebx, 29) && ssse3 && sse41;
    // Valgrind runs ADX but hides it: its checker goes by BMI2.
    let adx = (bit(r.leaf7_ebx, 19) || cfg!(nqsb_ct)) && bmi2;
    let found = [
        (aes_clmul, Feature::AesClmul),
        (vaes, Feature::VaesAvx2),
        (vaes && avx512, Feature::VaesAvx512),
        (ifma, Feature::Avx512Ifma),
        (sha, Feature::Sha),
        (avx2, Feature::Avx2),
        (adx, Feature::MulxAdx),
    ];
    Features(found.iter().filter(|(there, _)| *there).map(|(_, f)| *f as u32).fold(0, |all, f| all | f))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Registers = Registers {
        leaf1_ecx: 1 << 1 | 1 << 9 | 1 << 19 | 1 << 25 | 1 << 27 | 1 << 28,
        leaf7_ebx: 1 << 3
            | 1 << 5
            | 1 << 8
            | 1 << 16
            | 1 << 17
            | 1 << 19
            | 1 << 21
            | 1 << 29
            | 1 << 30
            | 1 << 31,
        leaf7_ecx: 1 << 9 | 1 << 10,
        xcr0: 0xe7,
    };

    #[test]
    fn a_full_cpu_has_every_feature() {
        let f = decide(FULL);
        let aarch64 = [Feature::Sha512Sha3, Feature::Neon];
        assert!(super::super::ALL.iter().all(|x| f.without(*x) != f || aarch64.contains(x)), "{f:?}");
    }
    #[test]
    fn avx_needs_the_operating_system() {
        // CPUID says AVX2, the system has not enabled XSAVE: as on `-cpu max,-avx,-xsave`.
        for r in [
            Registers { leaf1_ecx: FULL.leaf1_ecx & !(1 << 27), xcr0: 0, ..FULL },
            Registers { xcr0: 3, ..FULL },
            Registers { leaf1_ecx: FULL.leaf1_ecx & !(1 << 28), ..FULL },
        ] {
            let f = decide(r);
            assert!(f.avx2().is_none() && f.vaes_avx2().is_none());
            assert!(f.vaes_avx512().is_none() && f.avx512_ifma().is_none());
            assert!(f.aes_clmul().is_some() && f.sha().is_some() && f.mulx_adx().is_some());
        }
    }
    #[test]
    fn avx_512_needs_the_operating_system_too() {
        for xcr0 in [0x7, 0x27, 0x67, 0xa7, 0xc7] {
            let f = decide(Registers { xcr0, ..FULL });
            assert!(f.vaes_avx512().is_none() && f.avx512_ifma().is_none(), "{xcr0:x}");
            assert!(f.vaes_avx2().is_some() && f.avx2().is_some(), "{xcr0:x}");
        }
    }
    #[test]
    fn the_proof_of_ifma_is_one_of_every_part_of_avx_512_that_goes_with_it() {
        assert!(decide(FULL).avx512_ifma().is_some());
        for missing in [5, 8, 16, 17, 21, 30, 31] {
            let f = decide(Registers { leaf7_ebx: FULL.leaf7_ebx & !(1 << missing), ..FULL });
            assert!(f.avx512_ifma().is_none(), "bit {missing}");
        }
    }
    #[test]
    fn the_proof_of_avx2_is_one_of_bmi1_and_bmi2_as_well() {
        assert!(decide(FULL).avx2().is_some());
        for missing in [3, 5, 8] {
            let f = decide(Registers { leaf7_ebx: FULL.leaf7_ebx & !(1 << missing), ..FULL });
            assert!(f.avx2().is_none() && f.vaes_avx2().is_none(), "bit {missing}");
        }
    }
    #[test]
    fn an_old_cpu_has_nothing() {
        assert_eq!(decide(Registers::default()), Features::none());
    }
}
