//! Leaks on purpose: a run that does not find them proves nothing.
use core::hint::black_box;

/// What it is, and its code, for 32 secret bytes.
type Leak = (&'static str, fn(&[u8; 32]));

/// What memcheck and the tracer must see: a branch, an address, an early exit.
pub(crate) const LEAKS: &[Leak] = &[
    ("a branch", |secret| {
        let mut sum = 0u32;
        for byte in secret {
            if *byte & 1 == 1 {
                sum = black_box(sum) + 1;
            }
        }
        black_box(sum);
    }),
    ("a table lookup", |secret| {
        let table: [u8; 256] = black_box([7; 256]);
        black_box(table[usize::from(secret[0])]);
    }),
    ("an early exit", |secret| {
        black_box(secret.iter().position(|byte| *byte != black_box(0x5a)));
    }),
];

/// What only the list of divisions in the binary can show: neither checker looks at the time that an instruction takes.
pub(crate) fn divisions() {
    black_box(division(black_box(7), black_box(3)));
    black_box(wide_division(black_box(7), black_box(3)));
}
#[inline(never)]
fn division(secret: u64, divisor: u64) -> u64 {
    secret / divisor.max(1)
}
/// The compiler calls a function for this one.
#[inline(never)]
fn wide_division(secret: u128, divisor: u128) -> u128 {
    secret / divisor.max(1)
}
