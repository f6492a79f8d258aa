use x509_parser::prelude::{FromDer, X509Certificate};

/// The common name of a certificate's subject; none where there is none or the DER is not one.
pub(crate) fn common_name(der: &[u8]) -> Option<String> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let name = certificate.subject().iter_common_name().next()?;
    name.as_str().ok().map(str::to_owned)
}
