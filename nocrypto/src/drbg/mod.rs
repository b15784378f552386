//! Deterministic random bit generators.
pub mod fortuna;
