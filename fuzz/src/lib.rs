//! Signs what a fuzzer changed. A change breaks the signature, so that nothing behind the check of the signature would
//! be reached.

use std::sync::LazyLock;

use der::{AnyRef, Decode, Encode, Reader, SliceReader, Tagged};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};

/// The key on P-256 of RFC 6979 §A.2.5: the private key, and the public key as an uncompressed point.
const PRIVATE: [u8; 32] = hex(b"C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
const PUBLIC: [u8; 65] = hex(b"0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6\
      7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
/// A certificate of the CA `CN=Fuzzing CA` with that key, in base64.
const AUTHORITY: &str = "\
    MIIBgTCCASegAwIBAgIUDOkndYayayrSXGRo0CeU94Eh6hMwCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKRnV6emluZyBD\
    QTAgFw0yNjExMjgxNTM1MjhaGA8yMTI2MTEwNDE1MzUyOFowFTETMBEGA1UEAwwKRnV6emluZyBDQTBZMBMGByqGSM49\
    AgEGCCqGSM49AwEHA0IABGD+1LolWp0xyWHrdMY1bWjASbiSO2H6bOZpYi5g8p+2eQP+EAi4vJmkGunpVii8ZPLxsgwt\
    fp9Rd6PClNRGIpmjUzBRMB0GA1UdDgQWBBQalWlXm84ympQtB2nJwLVkMVY3EDAfBgNVHSMEGDAWgBQalWlXm84ympQt\
    B2nJwLVkMVY3EDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCJscAjm2CCaHJDbGRqRUU0llT18LMw\
    Kq6F+bpjsAfJGgIgY3IeTSTR1JpXmxsbW+/ZUs9zstnmOVRjaPqcaFa3Qh4=";
/// `ecdsa-with-SHA256` as an AlgorithmIdentifier (RFC 5758 §3.2).
const ALGORITHM: [u8; 12] = hex(b"300A06082A8648CE3D040302");

static KEY: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    let random = SystemRandom::new();
    EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_ASN1_SIGNING, &PRIVATE, &PUBLIC, &random)
        .expect("the example of the standard is a key")
});

/// Returns the certificate of the CA that signs.
pub fn authority() -> Vec<u8> {
    data_encoding::BASE64.decode(AUTHORITY.as_bytes()).expect("base64")
}

/// Returns a certificate or a PKCS#10 request with the content of `der`, signed anew by the key of RFC 6979; none if
/// `der` is not a sequence that begins with a content.
pub fn signed_anew(der: &[u8]) -> Option<Vec<u8>> {
    let whole = AnyRef::from_der(der).ok().filter(|whole| whole.tag() == der::Tag::Sequence)?;
    let content = SliceReader::new(whole.value()).ok()?.tlv_bytes().ok()?;
    let signature = KEY.sign(&SystemRandom::new(), content).ok()?;
    let signature = der::asn1::BitString::from_bytes(signature.as_ref()).ok()?.to_der().ok()?;
    AnyRef::new(der::Tag::Sequence, &[content, &ALGORITHM, &signature].concat()).ok()?.to_der().ok()
}

const fn hex<const N: usize>(text: &[u8]) -> [u8; N] {
    assert!(text.len() == 2 * N);
    let mut bytes = [0; N];
    let mut at = 0;
    while at < N {
        bytes[at] = digit(text[2 * at]) << 4 | digit(text[2 * at + 1]);
        at += 1;
    }
    bytes
}

const fn digit(character: u8) -> u8 {
    match character {
        b'0'..=b'9' => character - b'0',
        b'A'..=b'F' => character - b'A' + 10,
        _ => panic!("not a digit"),
    }
}
