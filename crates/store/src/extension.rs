//! Reads the extensions of a certificate (RFC 5280 §4.2).

use x509_parser::asn1_rs::Oid;
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::X509Certificate;

/// The extension of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Extension<T> {
    /// The certificate does not have it.
    Absent,
    /// It was read.
    Present(T),
    /// It does not parse, or the certificate has it twice.
    Unreadable,
}

impl<T> Extension<T> {
    /// Finds the extension with that OID, and takes its value by `value`. x509-parser has functions for single kinds of
    /// extensions, but counts an extension that does not parse as absent.
    pub(crate) fn of<'c, 'a>(
        certificate: &'c X509Certificate<'a>,
        oid: &Oid<'static>,
        value: impl Fn(&'c ParsedExtension<'a>) -> Option<T>,
    ) -> Self {
        match certificate.get_extension_unique(oid) {
            Ok(None) => Self::Absent,
            Ok(Some(found)) => value(found.parsed_extension()).map_or(Self::Unreadable, Self::Present),
            Err(_) => Self::Unreadable,
        }
    }
}
