//! The test vectors of nqsb by origin, as typed cases.
#![forbid(unsafe_code)]
