use x509_parser::prelude::{FromDer, X509Certificate};

/// Returns the common name of a certificate's subject; none without one, or if the DER is not a certificate.
pub(crate) fn common_name(der: &[u8]) -> Option<String> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let name = certificate.subject().iter_common_name().next()?;
    name.as_str().ok().map(str::to_owned)
}
