#![no_main]
//! A delivery of tokens, as CSV or PSKC.

use inkan_bank::fuzzing;
use libfuzzer_sys::fuzz_target;

/// The pre-shared key of the example in RFC 6030 §6.
const SHARED: [u8; 16] = *b"\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12";

fuzz_target!(|text: &str| fuzzing::token_delivery(text, &SHARED));
