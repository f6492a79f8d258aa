//! Finds the TLS error in the errors of the libraries above TLS.

use std::error::Error as StdError;
use std::io;

use rustls::AlertDescription;

/// Returns the TLS error in the error chain of hyper and rustls, if there is one.
pub(crate) fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    find(error)
}

/// Returns whether a server refuses a client certificate by `alert` (RFC 8446 §6.2).
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

/// Returns whether a server sends `alert` if it cannot read a client certificate, or cannot verify the signature of one
/// (RFC 8446 §6.2). The alert concerns the certificate only if a certificate was sent.
pub(crate) fn cannot_read_certificate(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(alert, Alert::DecodeError | Alert::IllegalParameter | Alert::DecryptError)
}

/// Returns the first error of the type `T` in the chain.
pub(crate) fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref::<T>())
}

/// Returns the error and its causes, one after the other. The `source` of an `io::Error` skips the error that it wraps,
/// so the wrapped error is taken out by `get_ref`.
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
