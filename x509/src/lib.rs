//! X.509 certificates, keys and path validation (RFC 5280).
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;
