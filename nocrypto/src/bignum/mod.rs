//! Constant-time integers of fixed length, for RSA.
