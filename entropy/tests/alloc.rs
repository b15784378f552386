//! Pools and generator never grow: ten million events and their reseeds allocate nothing.
#![allow(unsafe_code, reason = "an allocator that counts")]
use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use entropy::{Pools, SourceId};
use rand_core::Rng;
use std::alloc::System;

struct Counting;
thread_local! {
    /// Of this thread: the test harness allocates beside us.
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.set(CALLS.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        CALLS.set(CALLS.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}
#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn ten_million_events_allocate_nothing() {
    const PLATFORM: SourceId = SourceId::new(16, "platform", 128, 256);
    let mut pools = Pools::new();
    pools.add(PLATFORM, &[1; 32]);
    let Ok(mut fortuna) = pools.seed() else { panic!("256 bits are enough") };
    let before = CALLS.get();
    let mut out = [0; 32];
    for now in 0..10_000_000u64 {
        fortuna.add(PLATFORM, &now.to_le_bytes(), now);
        if now % 64 == 0 {
            fortuna.fill_bytes(&mut out);
        }
    }
    assert_eq!(CALLS.get(), before);
    assert!(fortuna.reseeds() > 39_000, "{}", fortuna.reseeds());
    // The counter counts.
    drop(Box::new(out));
    assert_eq!(CALLS.get(), before + 2);
}
