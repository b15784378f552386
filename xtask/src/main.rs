//! What CI runs, a person can run: `cargo xtask check`.
fn main() {}
