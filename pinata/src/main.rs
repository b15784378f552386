//! The Piñata: a bounty server on nqsb.
fn main() {}
