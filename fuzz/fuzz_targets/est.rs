#![no_main]
//! The body of an EST request, as a client sends it, and the body of an EST answer, as a bank sends it.

use data_encoding::BASE64;
use inkan_bank::fuzzing as bank;
use inkan_client::fuzzing as client;
use inkan_fuzz::signed_anew;
use inkan_protocol::certs_only;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // As it is in the body.
    bank::est_body(bytes);
    client::authorities(bytes);
    // As DER, with the base64 of the transfer around it.
    let body = BASE64.encode(bytes);
    assert_eq!(bank::est_body(body.as_bytes()).as_deref(), Some(bytes));
    client::authorities(body.as_bytes());
    let certificates = certs_only::decode(bytes).unwrap_or_default();
    if let Ok(again) = certs_only::encode(certificates.iter().map(Vec::as_slice)) {
        let read = certs_only::decode(&again).expect("what was encoded can be decoded");
        assert_eq!(read.len(), certificates.len());
    }
    let certificate = certificates.first().map_or(bytes, Vec::as_slice);
    bank::certification_request(bytes, certificate);
    if let Some(signed) = signed_anew(bytes) {
        bank::certification_request(&signed, certificate);
    }
});
