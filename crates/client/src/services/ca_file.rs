use std::path::Path;

use data_encoding::BASE64;
use inkan_protocol::{FileFault, read_named_file};
use inkan_store::{NoCertificates, certificates_in};

use crate::Error;

/// The largest size of a file of CA certificates, in bytes.
pub const MAX_CA_FILE_BYTES: usize = 1024 * 1024;
/// The length of a line of base64, in characters (RFC 7468 §2).
const LINE: usize = 64;

/// Reads the CA certificates in a file that the user named. Returns them as PEM, for [`crate::Inkan::add_bank`] and
/// other functions that take a CA. The file is in DER, PEM or PKCS#7.
///
/// # Errors
/// [`Error::File`] if the file cannot be read or is too large; [`Error::CaFile`] if it holds something else;
/// [`Error::CaDamaged`] if one of several certificates is damaged.
pub fn read_ca_file(path: &Path) -> Result<String, Error> {
    let content = read_named_file(path, MAX_CA_FILE_BYTES).map_err(|fault| Error::File(path.to_owned(), fault))?;
    ca_certificates(&path.display().to_string(), &content)
}

/// Does the same as [`read_ca_file`] for a file whose content has already been read. `name` is the user's name for the
/// file.
///
/// # Errors
/// The errors of [`read_ca_file`].
pub fn ca_certificates(name: &str, content: &[u8]) -> Result<String, Error> {
    if content.len() > MAX_CA_FILE_BYTES {
        return Err(Error::File(name.into(), FileFault::TooLarge { limit: MAX_CA_FILE_BYTES }));
    }
    let found = certificates_in(content).map_err(|cause| match cause {
        NoCertificates::OtherKind(kind) => Error::CaFile { name: name.to_owned(), kind },
        NoCertificates::Damaged { number, of } => Error::CaDamaged { name: name.to_owned(), number, of },
    })?;
    Ok(found.iter().map(|der| pem(der)).collect())
}

/// Returns a certificate as PEM (RFC 7468).
pub(crate) fn pem(der: &[u8]) -> String {
    let base64 = BASE64.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(LINE.min(rest.len()));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

#[cfg(test)]
mod tests {
    use inkan_store::FileKind;

    use super::*;

    #[test]
    fn what_is_not_a_certificate_says_what_it_is() {
        for (content, expected) in
            [(&b""[..], FileKind::Empty), (b"PK\x03\x04", FileKind::Archive), (b"hello", FileKind::Unknown)]
        {
            let refused = ca_certificates("ca.cer", content);
            assert!(matches!(refused, Err(Error::CaFile { kind, .. }) if kind == expected), "{refused:?}");
        }
    }
}
