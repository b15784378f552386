//! What was secret on the heap is zeros when it is given back; and what may not take from the heap does not.
#![allow(unsafe_code, reason = "an allocator that looks at what it gets back")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop at once"
)]
mod arm;
mod subjects;

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use nocrypto::Secret;
use nocrypto::aead::{Aead, Aes128Ccm, Aes128Gcm, Aes256Gcm, ChaCha20Poly1305, Gmac, XChaCha20Poly1305};
use nocrypto::cipher::aes::Aes256;
use nocrypto::cipher::legacy::{Rc2, Rc4, TripleDes};
use nocrypto::cpu::Features;
use nocrypto::drbg::fortuna::Generator;
use nocrypto::drbg::hmac::HmacDrbg;
use nocrypto::hash::legacy::{Md5, Sha1};
use nocrypto::hash::sha3::{Sha3_256, Shake256};
use nocrypto::hash::{Hash, Sha256, Sha384};
use nocrypto::kdf::hkdf::Prk;
use nocrypto::mac::{Cmac, Hmac, Poly1305};
use std::alloc::System;
use subjects::SUBJECTS;

struct Looking;
thread_local! {
    /// Blocks that this thread gave back, and those of them that were not wiped.
    static SEEN: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    /// Bytes that this thread took.
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}
/// No secret here is shorter. A wiped object may keep a tag that tells its backend, and the padding behind that.
const SHORTEST: usize = 16;

// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        TAKEN.set(TAKEN.get() + layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the block is still the caller's, who lets it go; it was zeroed, so all of it is initialised.
        let block = unsafe { core::slice::from_raw_parts(at, layout.size()) };
        let kept = block.split(|byte| *byte == 0).any(|run| run.len() >= SHORTEST);
        let (blocks, dirty) = SEEN.get();
        SEEN.set((blocks + 1, dirty + usize::from(kept)));
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}
#[global_allocator]
static ALLOCATOR: Looking = Looking;

/// Lets go of what `make` makes: how many blocks that gives back, and how many of them are not wiped.
fn let_go<T>(make: impl FnOnce() -> T) -> (usize, usize) {
    let value = core::hint::black_box(make());
    SEEN.set((0, 0));
    drop(value);
    SEEN.get()
}

#[test]
fn a_block_that_is_not_wiped_is_found() {
    assert_eq!(let_go(|| Box::new([0xa5u8; 32])), (1, 1));
    assert_eq!(let_go(|| Box::new([0u8; 32])), (1, 0));
}

/// With a block begun, so that there is something in every part of the state.
fn keyed<H: Hash>() -> Hmac<H> {
    let mut mac = Hmac::new(&[0xa5; 32]);
    mac.update(&[0x5a; 100]);
    mac
}
#[test]
fn keyed_states_are_wiped() {
    assert_eq!(let_go(keyed::<Sha256>), (1, 0));
    assert_eq!(let_go(keyed::<Sha384>), (1, 0));
    assert_eq!(let_go(keyed::<Sha3_256>), (1, 0));
    assert_eq!(let_go(keyed::<Sha1>), (1, 0));
    assert_eq!(let_go(keyed::<Md5>), (1, 0));
    assert_eq!(let_go(|| keyed::<Sha256>().clone()), (1, 0));
    assert_eq!(let_go(|| Prk::<Sha256>::extract(b"salt", &[0xa5; 32])), (1, 0));
    // Finishing lets go of the state as well, and so does every hash on the heap.
    SEEN.set((0, 0));
    let _ = keyed::<Sha256>().finish();
    assert_eq!(SEEN.get(), (1, 0));
    let absorbed = || {
        let mut shake = Box::new(Shake256::new());
        shake.update(&[0xa5; 100]);
        shake
    };
    assert_eq!(let_go(absorbed), (1, 0));
    let squeezed = || {
        let mut shake = absorbed();
        shake.squeeze().fill(&mut [0; 32]);
        shake
    };
    assert_eq!(let_go(squeezed), (1, 0));
}

#[test]
fn keys_and_generators_are_wiped() {
    assert_eq!(let_go(|| Secret::<32>::fill_with(|own| own.fill(0xa5))), (1, 0));
    for features in Features::arms() {
        let begun = || {
            let mut mac = Cmac::<32>::with(&[0xa5; 32], features);
            mac.update(&[0x5a; 40]);
            mac
        };
        assert_eq!(let_go(begun), (2, 0), "{features:?}");
        let used = || {
            let mut generator = Generator::with(&[b"seed"], features);
            generator.fill(&mut [0; 100]);
            generator
        };
        assert_eq!(let_go(used), (3, 0), "{features:?}");
        assert_eq!(let_go(|| Aes256::with(&[0xa5; 32], features)), (1, 0), "{features:?}");
        let wiped = |(blocks, dirty): (usize, usize)| blocks > 0 && dirty == 0;
        assert!(wiped(let_go(|| Aes128Gcm::with(&[0xa5; 16], features))), "{features:?}");
        assert!(wiped(let_go(|| Aes256Gcm::with(&[0xa5; 32], features))), "{features:?}");
        assert!(wiped(let_go(|| ChaCha20Poly1305::with(&[0xa5; 32], features))), "{features:?}");
        assert!(wiped(let_go(|| XChaCha20Poly1305::with(&[0xa5; 32], features))), "{features:?}");
        assert!(wiped(let_go(|| Aes128Ccm::with(&[0xa5; 16], features))), "{features:?}");
        assert!(wiped(let_go(|| Gmac::<16>::with(&[0xa5; 16], features))), "{features:?}");
    }
    let begun = || {
        let mut mac = Poly1305::new(&[0xa5; 32]);
        mac.update(&[0x5a; 40]);
        mac
    };
    assert_eq!(let_go(begun), (1, 0));
    assert_eq!(let_go(|| TripleDes::new(&[0xa5; 24])), (1, 0));
    assert_eq!(let_go(|| Rc2::new(&[0xa5; 16], 128)), (1, 0));
    assert_eq!(let_go(|| Rc4::new(&[0xa5; 16])), (1, 0));
    assert_eq!(let_go(|| HmacDrbg::<Sha256>::new(&[0xa5; 32], b"nonce", b"")), (2, 0));
}

/// Seals and opens after it has been made; how much of the heap each of the two took.
fn takes<A>(make: impl FnOnce() -> A) -> (usize, usize)
where
    A: Aead<Nonce = [u8; 12], Tag = [u8; 16]>,
{
    let mut text = vec![7; 5000];
    TAKEN.set(0);
    let aead = make();
    let making = TAKEN.replace(0);
    for length in [1, 64, 300, 600, 5000] {
        let tag = aead.seal(&[1; 12], b"aad", &mut text[..length]).unwrap();
        aead.open(&[1; 12], b"aad", &mut text[..length], &tag).unwrap();
        aead.open(&[1; 12], b"aad", &mut text[..length], &tag).unwrap_err();
    }
    (making + size_of::<A>(), TAKEN.get())
}

#[test]
fn an_expanded_key_is_small_and_sealing_takes_nothing_from_the_heap() {
    for features in Features::arms() {
        for (making, working) in [
            takes(|| Aes128Gcm::with(&[0xa5; 16], features)),
            takes(|| Aes256Gcm::with(&[0xa5; 32], features)),
            takes(|| ChaCha20Poly1305::with(&[0xa5; 32], features)),
        ] {
            assert_eq!(working, 0, "{features:?}");
            // 704 bytes on the heap, and what says where they are.
            assert!(making <= 704 + 32, "{making} {features:?}");
        }
    }
}

#[test]
fn nothing_takes_from_the_heap_once_its_key_is_made() {
    let mut text = vec![7; 5000];
    for subject in SUBJECTS {
        for arm in Features::arms() {
            for length in [0, 1, 16, 100, 600, 5000] {
                let (work, mut out) = ((subject.make)(arm), [0; 64]);
                TAKEN.set(0);
                work(&mut text[..length], &mut out);
                assert_eq!(TAKEN.get() != 0, subject.makes_keys, "{} {arm:?}", subject.name);
            }
        }
    }
}
