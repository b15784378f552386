//! ID_AA64ISAR0_EL1 (Arm Architecture Reference Manual, DDI 0487, D24.2.61).
//!
//! A program at EL1 reads the register. For one at EL0, the kernels of Linux (since 4.11) and of FreeBSD answer in the
//! register's place, with what all cores have in common. Other systems end a program that asks: there, what the target
//! promises is all that is used.
#![allow(unsafe_code, reason = "a system register is read by asm!; the layer table lists this file")]
use super::{Feature, Features};
use core::arch::asm;

pub(super) fn features() -> Features {
    if cfg!(any(target_os = "none", target_os = "linux", target_os = "android", target_os = "freebsd")) {
        let isar0;
        // SAFETY: it reads a register that every core has, at a level or under a kernel that answers.
        unsafe {
            asm!("mrs {}, ID_AA64ISAR0_EL1", out(reg) isar0, options(pure, nomem, nostack, preserves_flags))
        };
        return decide(isar0);
    }
    decide(PROMISED)
}

/// What the target says of every CPU that it is for, in the register's form.
const PROMISED: u64 = {
    let aes = if cfg!(target_feature = "aes") { 2 << AES } else { 0 };
    let sha2 = if cfg!(target_feature = "sha2") { 1 << SHA1 | 1 << SHA2 } else { 0 };
    let sha3 = if cfg!(target_feature = "sha3") { 2 << SHA2 | 1 << SHA3 } else { 0 };
    aes | sha2 | sha3
};

fn decide(isar0: u64) -> Features {
    let field = |at: u32| isar0 >> at & 15;
    let found = [
        // 1 is AES without PMULL.
        (field(AES) >= 2, Feature::AesClmul),
        (field(SHA1) >= 1 && field(SHA2) >= 1, Feature::Sha),
        (field(SHA2) >= 2 && field(SHA3) >= 1, Feature::Sha512Sha3),
        // This file is compiled only where the target has it.
        (true, Feature::Neon),
    ];
    Features(found.iter().filter(|(there, _)| *there).map(|(_, f)| *f as u32).fold(0, |all, f| all | f))
}

// Where the fields begin; each has four bits.
const AES: u32 = 4;
const SHA1: u32 = 8;
const SHA2: u32 = 12;
const SHA3: u32 = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registers_of_known_cores_say_what_those_cores_have() {
        for (core, isar0, aes, sha, sha512) in [
            ("Neoverse V1", 0x1011_1111_1021_2120, true, true, true),
            ("Cortex-A76", 0x0000_1000_1021_1120, true, true, false),
            ("Cortex-A53", 0x1_1120, true, true, false),
            ("Cortex-A72 without cryptography", 0x1_0000, false, false, false),
            ("AES alone", 0x10, false, false, false),
            ("SHA-1 alone", 0x100, false, false, false),
            ("SHA-256 alone", 0x1000, false, false, false),
            ("SHA-512 without SHA-3", 0x2100, false, true, false),
            ("SHA-3 without SHA-512", 0x1_0000_1100, false, true, false),
        ] {
            let f = decide(isar0);
            let found = (f.aes_clmul().is_some(), f.sha().is_some(), f.sha512_sha3().is_some());
            assert_eq!(found, (aes, sha, sha512), "{core}");
            assert!(f.neon().is_some() && f.avx2().is_none(), "{core}");
        }
    }
    #[test]
    fn a_field_is_a_number_and_does_not_touch_its_neighbours() {
        assert_eq!(decide(u64::MAX), decide(0xf_0000_fff0));
        assert_eq!(decide(!0xf_0000_fff0), decide(0));
    }
}
