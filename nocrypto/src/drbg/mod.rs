//! Deterministic random bit generators.
pub mod fortuna;
pub mod hmac;
