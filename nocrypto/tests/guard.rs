//! Nothing is read or written outside the given buffers: each ends, and in turn begins, at a page without access.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![allow(unsafe_code, reason = "pages without access are had from the kernel alone")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
use core::arch::asm;
use nocrypto::aead::{Aead, Aes128Gcm, Aes256Gcm, ChaCha20Poly1305};
use nocrypto::cipher::aes::Aes256;
use nocrypto::cpu::Features;

const PAGE: usize = 4096;

/// One page with access between two without.
struct Page(*mut u8);

impl Page {
    fn new() -> Self {
        let (read_write, private_anonymous) = (3, 0x22);
        let base = system_call(9, [0, 3 * PAGE, read_write, private_anonymous, usize::MAX, 0]);
        assert!(base < usize::MAX - PAGE, "mmap: {}", base.cast_signed());
        for page in [base, base + 2 * PAGE] {
            assert_eq!(system_call(10, [page, PAGE, 0, 0, 0, 0]), 0, "mprotect");
        }
        Self(core::ptr::without_provenance_mut(base + PAGE))
    }
    /// The first bytes of the page, or the last.
    fn bytes(&mut self, length: usize, last: bool) -> &mut [u8] {
        assert!(length <= PAGE);
        let offset = if last { PAGE - length } else { 0 };
        // SAFETY: inside of the page, which lives as long as `self`.
        unsafe { core::slice::from_raw_parts_mut(self.0.wrapping_add(offset), length) }
    }
    /// The same, with this content.
    fn with(&mut self, content: &[u8], last: bool) -> &mut [u8] {
        let bytes = self.bytes(content.len(), last);
        bytes.copy_from_slice(content);
        bytes
    }
}
impl Drop for Page {
    fn drop(&mut self) {
        assert_eq!(system_call(11, [self.0.addr() - PAGE, 3 * PAGE, 0, 0, 0, 0]), 0, "munmap");
    }
}

/// mmap (9), mprotect (10), munmap (11).
fn system_call(number: usize, [a, b, c, d, e, f]: [usize; 6]) -> usize {
    let result;
    // SAFETY: the three calls above, and only on pages that a `Page` owns.
    unsafe {
        asm!("syscall", inout("rax") number => result, in("rdi") a, in("rsi") b, in("rdx") c, in("r10") d,
            in("r8") e, in("r9") f, out("rcx") _, out("r11") _);
    }
    result
}

fn stays_inside<const N: usize, A>(with: impl Fn(&[u8; N], Features) -> A)
where
    A: Aead<Nonce = [u8; 12], Tag = [u8; 16]>,
{
    let mut pages: [Page; 5] = core::array::from_fn(|_| Page::new());
    let content: Vec<u8> = (0..PAGE).map(|i| (i % 251) as u8).collect();
    for arm in Features::arms() {
        for last in [true, false] {
            let [key, nonce, aad, text, tag] = &mut pages;
            let aead = with((&*key.with(&[7; N], last)).try_into().unwrap(), arm);
            for length in
                (0..=600).chain([960, 961, 1023, 1024, 1025, 1350, 2047, 2048, 2240, 2304, 2571, 4096])
            {
                let nonce: &[u8; 12] = (&*nonce.with(&[5; 12], last)).try_into().unwrap();
                let aad = &*aad.with(&content[..length % 67], last);
                let text = text.with(&content[..length], last);
                let sealed = aead.seal(nonce, aad, text).unwrap();
                let tag: &[u8; 16] = (&*tag.with(&sealed, last)).try_into().unwrap();
                assert_eq!(aead.open(nonce, aad, text, tag), Ok(()));
                assert_eq!(text, &content[..length], "{length} {arm:?}");
            }
        }
    }
}

#[test]
fn aes_gcm_stays_inside_of_its_buffers() {
    stays_inside(Aes128Gcm::with);
    stays_inside(Aes256Gcm::with);
}
#[test]
fn chacha20_poly1305_stays_inside_of_its_buffers() {
    stays_inside(ChaCha20Poly1305::with);
}
#[test]
fn aes_stays_inside_of_its_buffers() {
    let (mut key, mut text) = (Page::new(), Page::new());
    for arm in Features::arms() {
        for last in [true, false] {
            let aes = Aes256::with((&*key.with(&[7; 32], last)).try_into().unwrap(), arm);
            for count in 0..40 {
                aes.encrypt_blocks(text.bytes(16 * count, last).as_chunks_mut().0);
            }
        }
    }
}
