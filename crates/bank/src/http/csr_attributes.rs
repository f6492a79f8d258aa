use axum::response::{IntoResponse, Response};
use der::asn1::{Any, SetOfVec};
use der::{Decode, Encode};
use x509_cert::attr::Attribute;
use x509_cert::der::oid::ObjectIdentifier;

use crate::authority::AuthorityError;
use crate::rules::refusal::Refusal;

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
/// The smallest RSA key, in bits.
const RSA_BITS: u16 = 2048;

/// Answers `GET` [`inkan_protocol::path::EST_CSR_ATTRIBUTES`] (RFC 7030 §4.5, RFC 9908 §3): reports the kinds of key
/// that the bank certifies, the preferred one first, and the hash by which requests are signed.
pub(super) async fn answer() -> Result<Response, Refusal> {
    let der = attributes().map_err(AuthorityError::from)?;
    let headers = [("content-type", "application/csrattrs"), ("content-transfer-encoding", "base64")];
    Ok((headers, data_encoding::BASE64.encode(&der)).into_response())
}

/// Returns the attributes in DER: `CsrAttrs ::= SEQUENCE OF AttrOrOID`.
fn attributes() -> Result<Vec<u8>, der::Error> {
    let of_kind = |oid: ObjectIdentifier, value: Any| -> Result<Any, der::Error> {
        Any::from_der(&Attribute { oid, values: SetOfVec::try_from(vec![value])? }.to_der()?)
    };
    let all = vec![
        of_kind(EC_PUBLIC_KEY, Any::from_der(&P256.to_der()?)?)?,
        Any::from_der(&ECDSA_WITH_SHA256.to_der()?)?,
        of_kind(RSA_ENCRYPTION, Any::from_der(&RSA_BITS.to_der()?)?)?,
        Any::from_der(&RSA_WITH_SHA256.to_der()?)?,
    ];
    all.to_der()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_name_both_kinds_of_key() {
        // SEQUENCE { SEQUENCE { ecPublicKey, SET { P-256 } }, ecdsa-with-SHA256,
        //            SEQUENCE { rsaEncryption, SET { 2048 } }, sha256WithRSAEncryption }
        let expected = "303f301506072a8648ce3d0201310a06082a8648ce3d03010706082a8648ce3d040302\
                        301106092a864886f70d0101013104020208000609\
                        2a864886f70d01010b";
        assert_eq!(data_encoding::HEXLOWER.encode(&attributes().unwrap()), expected);
    }
}
