//! On every arm and for every length the portable result, and nothing is read or written outside of the given buffers:
//! each ends, and in turn begins, at a page without access.
#![cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
#![allow(unsafe_code, reason = "pages without access are had from the kernel alone")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
mod arm;
mod subjects;

use core::arch::asm;
use nocrypto::aead::{Aead, AesCcm, AesGcm, ChaCha20Poly1305, XChaCha20Poly1305};
use nocrypto::cpu::Features;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use subjects::{SUBJECTS, Subject};

/// The longest text, and room for what stands before or behind it.
const ROOM: usize = 20 * PAGE;
/// No system here has larger ones; in smaller ones it fits as well.
const PAGE: usize = 65536;

/// Memory between two pages without access.
struct Fenced(*mut u8);

impl Fenced {
    fn new() -> Self {
        let (read_write, private_anonymous) = (3, 0x22);
        let base = system_call(MMAP, [0, ROOM + 2 * PAGE, read_write, private_anonymous, usize::MAX, 0]);
        assert!(base < usize::MAX - PAGE, "mmap: {}", base.cast_signed());
        for page in [base, base + PAGE + ROOM] {
            assert_eq!(system_call(MPROTECT, [page, PAGE, 0, 0, 0, 0]), 0, "mprotect");
        }
        Self(core::ptr::without_provenance_mut(base + PAGE))
    }
    /// All of it.
    fn all(&mut self) -> &mut [u8] {
        // SAFETY: the memory between the fences, which lives as long as `self`.
        unsafe { core::slice::from_raw_parts_mut(self.0, ROOM) }
    }
    /// This content, at the end or at the beginning.
    fn with(&mut self, content: &[u8], at_end: bool) -> &mut [u8] {
        let start = if at_end { ROOM - content.len() } else { 0 };
        let bytes = &mut self.all()[start..start + content.len()];
        bytes.copy_from_slice(content);
        bytes
    }
}
impl Drop for Fenced {
    fn drop(&mut self) {
        let unmapped = system_call(MUNMAP, [self.0.addr() - PAGE, ROOM + 2 * PAGE, 0, 0, 0, 0]);
        assert_eq!(unmapped, 0, "munmap");
    }
}

#[test]
#[cfg(target_arch = "x86_64")] // elsewhere an emulator may stand between the two programs
fn what_looks_over_a_fence_dies() {
    use std::os::unix::process::ExitStatusExt;
    if let Ok(offset) = std::env::var("LOOK_AT") {
        let fenced = Fenced::new();
        let at = fenced.0.wrapping_offset(offset.parse().unwrap());
        // SAFETY: there is no such memory: this is what the test is about, and the process ends here.
        std::process::exit(unsafe { at.read_volatile() }.into());
    }
    let ended = |offset: isize| {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "what_looks_over_a_fence_dies"]).env("LOOK_AT", offset.to_string());
        child.output().unwrap().status
    };
    for outside in [-1, ROOM as isize] {
        assert_eq!(ended(outside).signal(), Some(11), "{outside}");
    }
    for inside in [0, ROOM as isize - 1] {
        assert_eq!(ended(inside).code(), Some(0), "{inside}");
    }
}

/// What the portable arm makes of the texts, and then every arm, at both fences.
fn same_everywhere(subject: &Subject, texts: &[Vec<u8>], fenced: &mut Fenced) {
    for text in texts {
        let (mut expected, mut expected_out) = (text.clone(), [0; 64]);
        (subject.make)(Features::none())(&mut expected, &mut expected_out);
        for arm in Features::arms().take(if subject.has_arms { usize::MAX } else { 1 }) {
            for at_end in [true, false] {
                let (work, mut out) = ((subject.make)(arm), [0; 64]);
                let got = fenced.with(text, at_end);
                work(got, &mut out);
                assert!(
                    got == &expected[..] && out == expected_out,
                    "{} of {} bytes, {arm:?}",
                    subject.name,
                    text.len()
                );
            }
        }
    }
}
fn random(rng: &mut ChaCha8Rng, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    rng.fill_bytes(&mut bytes);
    bytes
}

#[test]
fn every_length_up_to_1024_gives_the_portable_result_inside_of_its_buffer() {
    let rng = &mut ChaCha8Rng::seed_from_u64(1);
    let texts: Vec<_> = (0..=1024).map(|length| random(rng, length)).collect();
    SUBJECTS.iter().for_each(|subject| same_everywhere(subject, &texts, &mut Fenced::new()));
}

#[test]
fn long_texts_give_the_portable_result_inside_of_their_buffers() {
    let rng = &mut ChaCha8Rng::seed_from_u64(2);
    let mut lengths = vec![1350, 2047, 2048, 2049, 2304, 2571, 4096, 8192, 16384, 16401, 65536, 70_000];
    lengths.extend((0..20).map(|_| 1025 + rng.next_u32() as usize % 8_000));
    lengths.extend((0..3).map(|_| 9_000 + rng.next_u32() as usize % 60_000));
    let texts: Vec<_> = lengths.into_iter().map(|length| random(rng, length)).collect();
    SUBJECTS.iter().for_each(|subject| same_everywhere(subject, &texts, &mut Fenced::new()));
}

#[test]
fn at_every_offset_the_result_is_the_same_and_the_bytes_around_stay() {
    let (fenced, rng) = (&mut Fenced::new(), &mut ChaCha8Rng::seed_from_u64(3));
    for subject in SUBJECTS.iter().filter(|subject| subject.has_arms) {
        for length in [1, 16, 31, 64, 65, 130, 257, 512, 600, 1000, 1350] {
            let text = random(rng, length);
            let (mut expected, mut expected_out) = (text.clone(), [0; 64]);
            (subject.make)(Features::none())(&mut expected, &mut expected_out);
            for offset in 0..64 {
                // One arm after the other: each meets each offset, in eight of the lengths or more.
                let arms = Features::arms().count();
                for arm in Features::arms().skip((offset + length) % arms % 2).step_by(2) {
                    let around = &mut fenced.all()[..offset + length + 64];
                    around.fill(0xee);
                    let range = offset..offset + length;
                    around[range.clone()].copy_from_slice(&text);
                    let (work, mut out) = ((subject.make)(arm), [0; 64]);
                    work(&mut around[range.clone()], &mut out);
                    let name = subject.name;
                    assert!(around[range] == expected, "{name}, {length} bytes at {offset}, {arm:?}");
                    assert!(out == expected_out, "{name}, {length} bytes at {offset}, {arm:?}");
                    let (before, behind) = (&around[..offset], &around[offset + length..]);
                    assert!(
                        before.iter().chain(behind).all(|byte| *byte == 0xee),
                        "{name} at {offset}, {arm:?}"
                    );
                }
            }
        }
    }
}

/// Keys, nonces, associated data and tags have fences of their own.
fn stays_inside<const N: usize, const NONCE: usize, const TAG: usize, A>(
    with: impl Fn(&[u8; N], Features) -> A,
) where
    A: Aead<Nonce = [u8; NONCE], Tag = [u8; TAG]>,
{
    let mut fenced: [Fenced; 5] = core::array::from_fn(|_| Fenced::new());
    let content = random(&mut ChaCha8Rng::seed_from_u64(4), 4096);
    for arm in Features::arms() {
        for at_end in [true, false] {
            let [key, nonce, aad, text, tag] = &mut fenced;
            let aead = with((&*key.with(&[7; N], at_end)).try_into().unwrap(), arm);
            for length in (0..=600).chain(LENGTHS) {
                let nonce = (&*nonce.with(&content[..NONCE], at_end)).try_into().unwrap();
                let aad = &*aad.with(&content[..length * 7 % 331], at_end);
                let text = text.with(&content[..length], at_end);
                let sealed = aead.seal(nonce, aad, text).unwrap();
                let tag = (&*tag.with(&sealed, at_end)).try_into().unwrap();
                assert_eq!(aead.open(nonce, aad, text, tag), Ok(()));
                assert_eq!(text, &content[..length], "{length} {arm:?}");
            }
        }
    }
}

#[test]
fn keys_nonces_associated_data_and_tags_are_not_read_beyond_their_ends() {
    stays_inside(AesGcm::<16>::with);
    stays_inside(AesGcm::<24>::with);
    stays_inside(AesGcm::<32>::with);
    stays_inside(AesCcm::<16, 13, 4>::with);
    stays_inside(AesCcm::<32, 7, 16>::with);
    stays_inside(ChaCha20Poly1305::with);
    stays_inside(XChaCha20Poly1305::with);
}

/// One of the three calls below.
fn system_call(number: usize, [a, b, c, d, e, f]: [usize; 6]) -> usize {
    let result;
    // SAFETY: only on memory that a `Fenced` owns.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        asm!("syscall", inout("rax") number => result, in("rdi") a, in("rsi") b, in("rdx") c, in("r10") d,
            in("r8") e, in("r9") f, out("rcx") _, out("r11") _);
    }
    // SAFETY: only on memory that a `Fenced` owns.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        asm!("svc 0", in("x8") number, inout("x0") a => result, in("x1") b, in("x2") c, in("x3") d, in("x4") e,
            in("x5") f);
    }
    result
}

/// Around what the kernels take at once.
const LENGTHS: [usize; 12] = [960, 961, 1023, 1024, 1025, 1350, 2047, 2048, 2240, 2304, 2571, 4096];
const MMAP: usize = if cfg!(target_arch = "x86_64") { 9 } else { 222 };
const MPROTECT: usize = if cfg!(target_arch = "x86_64") { 10 } else { 226 };
const MUNMAP: usize = if cfg!(target_arch = "x86_64") { 11 } else { 215 };
