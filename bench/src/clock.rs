//! The CPU time of this thread: what others do meanwhile does not count, as far as they do not share the core.
#![allow(unsafe_code, reason = "clock_gettime is foreign")]

/// Nanoseconds that this thread has run.
///
/// # Panics
/// If the system has no such clock.
#[must_use]
pub fn now() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes the time, which is ours.
    let result = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(result, 0, "no clock for the CPU time of a thread");
    time.tv_sec.cast_unsigned() * 1_000_000_000 + time.tv_nsec.cast_unsigned()
}

/// Zeros in the upper halves of the vector registers. Some code leaves others there, and then SSE instructions of whoever
/// comes next are slow, to twice the time.
pub fn clear_upper_halves() {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx") {
        // SAFETY: AVX is there; the compiler keeps nothing in upper halves outside of functions that have it.
        unsafe { std::arch::x86_64::_mm256_zeroupper() }
    }
}
