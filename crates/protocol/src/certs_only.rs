//! The certs-only CMS message that EST answers with (RFC 7030 §4.1.3, RFC 8551 §3.8).

use cms::cert::CertificateChoices;
use cms::cert::x509::Certificate;
use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use der::{Decode, Encode};
use thiserror::Error;

/// The error if bytes are not a certs-only message, or if certificates cannot be put into one.
#[derive(Debug, Error)]
#[error("not a certs-only PKCS#7 message: {0}")]
pub struct NotCertsOnly(#[from] der::Error);

/// Returns a certs-only message with `certificates`, which are given as DER.
///
/// # Errors
/// Returns [`NotCertsOnly`] if one of `certificates` is not a certificate.
pub fn encode<'a>(certificates: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, NotCertsOnly> {
    let parsed: Vec<Certificate> = certificates.into_iter().map(Certificate::from_der).collect::<Result<_, _>>()?;
    Ok(ContentInfo::try_from(parsed)?.to_der()?)
}

/// Returns the certificates in `message` as DER, in their order in the message.
///
/// # Errors
/// Returns [`NotCertsOnly`] if `message` is not a CMS SignedData.
pub fn decode(message: &[u8]) -> Result<Vec<Vec<u8>>, NotCertsOnly> {
    let signed: SignedData = ContentInfo::from_der(message)?.content.decode_as()?;
    let choices = signed.certificates.map(|set| set.0.into_vec()).unwrap_or_default();
    choices
        .iter()
        .filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate.to_der().map_err(NotCertsOnly::from)),
            CertificateChoices::Other(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(name: &str) -> Vec<u8> {
        let key = rcgen::KeyPair::generate().unwrap();
        rcgen::CertificateParams::new(vec![name.into()]).unwrap().self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn what_goes_in_comes_out() {
        let one = certificate("one.example");
        let message = encode([one.as_slice()]).unwrap();
        assert_eq!(decode(&message).unwrap(), [one]);
        assert_eq!(decode(&encode([]).unwrap()).unwrap(), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(decode(b"").is_err());
        assert!(decode(&certificate("one.example")).is_err());
        assert!(encode([b"no certificate".as_slice()]).is_err());
    }
}
