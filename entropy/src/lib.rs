//! Entropy: sources, health tests, pools, and the Fortuna generator that they seed.
#![no_std]
extern crate alloc;
