//! Valgrind's client requests (valgrind.h, memcheck.h): an instruction sequence that means nothing on a CPU.
#![allow(unsafe_code, reason = "the sequence is assembly; the layer table lists this file")]

/// Whether this runs under valgrind.
pub(crate) fn is_running() -> bool {
    request([0x1001, 0, 0]) != 0
}
/// Errors that memcheck has seen until now.
pub(crate) fn errors() -> usize {
    request([0x1201, 0, 0])
}
/// From here on the bytes are undefined to memcheck, and all that is computed from them: a branch or an address that
/// depends on them is an error.
pub(crate) fn poison(bytes: &mut [u8]) {
    request([memcheck(1), bytes.as_ptr().addr(), bytes.len()]);
}
/// From here on the bytes are as good as any.
pub(crate) fn unpoison(bytes: &mut [u8]) {
    request([memcheck(2), bytes.as_ptr().addr(), bytes.len()]);
}

/// The code of memcheck's own n-th request.
const fn memcheck(n: usize) -> usize {
    (b'M' as usize) << 24 | (b'C' as usize) << 16 | n
}

/// The answer, 0 on a CPU.
#[cfg(target_arch = "x86_64")]
fn request([code, first, second]: [usize; 3]) -> usize {
    let arguments = [code, first, second, 0, 0, 0];
    let mut answer = 0usize;
    // SAFETY: four rotations by 128 bits in all and an exchange of a register with itself; valgrind reads the six
    // arguments, and changes only what it thinks of the bytes they name.
    unsafe {
        core::arch::asm!(
            "rol rdi, 3",
            "rol rdi, 13",
            "rol rdi, 61",
            "rol rdi, 51",
            "xchg rbx, rbx",
            in("rax") arguments.as_ptr(),
            inout("rdx") answer,
            options(nostack)
        );
    }
    answer
}
#[cfg(not(target_arch = "x86_64"))]
fn request(_: [usize; 3]) -> usize {
    0
}
