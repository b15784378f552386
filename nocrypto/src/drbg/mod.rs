//! Deterministic random bit generators.
