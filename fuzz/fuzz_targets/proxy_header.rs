#![no_main]
//! The beginning of a connection from a load balancer.

use inkan_bank::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(rest) = fuzzing::proxy_header(bytes) {
        assert!(rest.len() < bytes.len() && bytes.ends_with(rest), "the header is read, and nothing after it");
    }
});
