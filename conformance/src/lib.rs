//! What holds nqsb against the outside: fuzz targets, and programs that talk to other people's suites.
#![forbid(unsafe_code)]
#![cfg(feature = "suites")]

pub mod fuzz;

/// The README's programs compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
