//! The marks between which `ct_trace` looks.
#![allow(unsafe_code, reason = "the mark is assembly; the layer table lists this file")]

/// A breakpoint: it ends the program where nobody traces it.
pub(crate) fn mark() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the instruction changes no register and no memory.
    unsafe {
        core::arch::asm!("int3", options(nomem, nostack));
    }
}
