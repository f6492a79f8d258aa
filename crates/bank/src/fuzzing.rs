//! The readers of bytes from outside that the fuzz targets call. Only a fuzzing build (`cfg(fuzzing)`) has them.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::audit::chain::Chain;
use crate::audit::record::{BEGINNING, Record};
use crate::authority::CertificationRequest;
use crate::authority::common_name::common_name;
use crate::branch::{ImportedToken, csv, pskc, verify_file};
use crate::http::{decoded, has_nul, is_answered_as_read};
use crate::listeners::proxy_protocol::read_source;
use crate::rules::tokens::counter::Counter;

/// Reads a PKCS#10 request in DER, and compares its names with those of `certificate`. Returns whether the bank
/// certifies the request.
pub fn certification_request(der: &[u8], certificate: &[u8]) -> bool {
    let Ok(request) = CertificationRequest::from_der(der) else { return false };
    assert_eq!(request.public_key_sha256().len(), 64);
    request.is_for_the_subject_of(certificate);
    let _ = request.check_connection(Some(&[7; 32]));
    true
}

/// Decodes the body of an EST request; none if it is not base64.
pub fn est_body(body: &[u8]) -> Option<Vec<u8>> {
    decoded(body).ok()
}

/// Reads the name of the holder of a client certificate.
pub fn holder(certificate: &[u8]) -> Option<String> {
    common_name(certificate)
}

/// Reads an OCSP request in DER, and encodes the parts of the answer that come from the request.
pub fn ocsp_request(der: &[u8]) {
    assert!(is_answered_as_read(der), "a request that was read has an answer");
}

/// Returns whether the bank refuses a body of JSON because it contains NUL.
pub fn contains_nul(json: &[u8]) -> bool {
    has_nul(json)
}

/// Reads a delivery of tokens as CSV, and as PSKC with and without the pre-shared key `shared`.
pub fn token_delivery(text: &str, shared: &[u8]) {
    for read in [csv(text), pskc(text, None), pskc(text, Some(shared))] {
        read.into_iter().flatten().for_each(|token| show(&token));
    }
}

/// Computes what an imported token shows.
fn show(token: &ImportedToken) {
    let counter = Counter::new(&token.secret, token.step_seconds, token.digits, token.digest);
    let counter = counter.expect("a token that was imported computes one-time passwords");
    counter.shows("000000", counter.step_at(token.expires));
}

/// Verifies an exported audit log, and verifies its records once more with the hashes that they should have.
pub fn audit_log(text: &str) {
    let _ = verify_file(text.as_bytes(), None, None);
    let records = text.lines().map_while(|line| serde_json::from_str::<Record>(line).ok());
    let (mut chain, mut previous) = (Chain::part(None), BEGINNING.to_owned());
    for mut record in records {
        record.previous = previous;
        record.hash = record.computed();
        if chain.follow(&record).is_err() {
            return;
        }
        previous = record.hash;
    }
    let _ = chain.end();
}

/// Reads the header of the PROXY protocol, and returns what is left of `bytes` after the header; none if there is no
/// header.
pub fn proxy_header(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    let read = {
        let reading = pin!(read_source(&mut rest));
        reading.poll(&mut Context::from_waker(Waker::noop()))
    };
    match read {
        Poll::Ready(source) => source.ok().map(|_| rest),
        Poll::Pending => panic!("a slice has all its bytes"),
    }
}
