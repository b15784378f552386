//! What holds nqsb against the outside: fuzz targets, and programs that talk to other people's suites.
#![forbid(unsafe_code)]

pub mod fuzz;
