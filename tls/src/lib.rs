//! TLS as a value: bytes in, record, message, state, actions, bytes out. No socket, no clock, no randomness.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;
