//! Strict DER (X.690): a grammar written once gives decoder, encoder and generator.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;
