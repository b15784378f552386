//! Key exchange: the private half is consumed by `agree`.
