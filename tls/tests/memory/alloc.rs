//! A counting allocator, for the tests beside it.
#![allow(
    missing_docs,
    missing_debug_implementations,
    clippy::std_instead_of_core,
    reason = "a helper of tests"
)]
#![allow(unsafe_code, reason = "an allocator cannot be had without")]
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Counts what this thread has asked for.
pub(crate) struct Counting;

thread_local! {
    static LIVE: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

/// Bytes that live now.
pub(crate) fn live() -> usize {
    LIVE.get()
}
/// The most bytes that ever lived at once, since [`reset_peak`].
pub(crate) fn peak() -> usize {
    PEAK.get()
}
pub(crate) fn reset_peak() {
    PEAK.set(LIVE.get());
}
/// Calls that took memory.
pub(crate) fn calls() -> usize {
    CALLS.get()
}

// SAFETY: all work is System's, with the arguments unchanged; the counters are cells that allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.set(LIVE.get().wrapping_add(layout.size()));
        PEAK.set(PEAK.get().max(LIVE.get()));
        CALLS.set(CALLS.get().wrapping_add(1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.set(LIVE.get().wrapping_sub(layout.size()));
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}
