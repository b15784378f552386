//! libFuzzer's door to `conformance::fuzz::tls_client`, where the target is and its corpus is replayed as a test.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| conformance::fuzz::tls_client(data));
