#![no_main]
//! An OCSP request.

use inkan_bank::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|der: &[u8]| fuzzing::ocsp_request(der));
