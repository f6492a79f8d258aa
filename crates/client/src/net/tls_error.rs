//! What TLS said, found in the errors of the libraries above it.

use std::error::Error as StdError;
use std::io;

use rustls::AlertDescription;

/// What TLS said, in what hyper and rustls left in the error chain.
pub(crate) fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    find(error)
}

/// The alerts by which a server turns a client certificate down (RFC 8446 §6.2).
pub(crate) fn judges_certificate(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(
        alert,
        Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied
            | Alert::CertificateRequired
    )
}

/// Returns whether a server answers by `alert` to a client certificate that it cannot read, or whose signature it
/// cannot verify (RFC 8446 §6.2). The alert concerns the certificate only if a certificate was sent.
pub(crate) fn cannot_read_certificate(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(alert, Alert::DecodeError | Alert::IllegalParameter | Alert::DecryptError)
}

/// The first `T` in the chain.
pub(crate) fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref::<T>())
}

/// The error and what caused it, one after the other. An `io::Error` hides what it wraps from `source`, so it is
/// opened.
pub(crate) fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_found_inside_nested_io_errors() {
        let alert = rustls::Error::AlertReceived(AlertDescription::UnknownCA);
        let nested = io::Error::other(io::Error::other(alert));
        assert!(matches!(find::<rustls::Error>(&nested), Some(rustls::Error::AlertReceived(_))));
        assert!(find::<rustls::Error>(&io::Error::other("nothing")).is_none());
    }
}
