use der::asn1::ObjectIdentifier;
use der::{Tag, Tagged};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::der_kind::{SIGNED_DATA, inside, is_first_tagged, values};
use super::{FileKind, armor, recognise, text};
use crate::certificate::parse;
use crate::pkcs12::{After, der_from_ber};

/// The greatest number of certificates in one file: several times as many as any list of CAs has.
const MOST: usize = 1024;

/// Why no certificates were taken from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCertificates {
    /// The file is of another kind; [`FileKind::Unknown`] if it is damaged as a whole.
    OtherKind(FileKind),
    /// One of several certificates in the file is damaged.
    Damaged {
        /// The number of the damaged certificate, from 1, in the order of the file.
        number: usize,
        /// The number of certificates in the file.
        of: usize,
    },
}

impl From<FileKind> for NoCertificates {
    fn from(kind: FileKind) -> Self {
        Self::OtherKind(kind)
    }
}

/// Returns the certificates in a file, as DER and in their order: one in DER, any number in PEM or PKCS#7, in binary or
/// as text, with or without a byte order mark. Keys beside them are left out.
///
/// # Errors
/// [`NoCertificates`]. If one certificate of a list is damaged, none is taken, since the damaged one may be the one
/// that matters.
pub fn certificates_in(content: &[u8]) -> Result<Vec<Vec<u8>>, NoCertificates> {
    let kind = recognise(content);
    let wanted = matches!(kind, FileKind::Certificate | FileKind::CertificateCollection | FileKind::KeyAndCertificate);
    if !wanted {
        return Err(kind.into());
    }
    let mut found = Vec::new();
    if content.first() == Some(&0x30) {
        collect(content, &mut found)?;
    } else {
        let text = text::decode(content);
        let sections = armor::sections(&text);
        let ders: Vec<Option<Vec<u8>>> = match sections.as_slice() {
            [] => armor::bare_base64(&text).map(Some).into_iter().collect(),
            sections => sections.iter().filter(|section| section.is_certified()).map(|one| one.der()).collect(),
        };
        for (number, der) in (1..).zip(&ders) {
            let collected = der.as_ref().map_or(Err(FileKind::Unknown.into()), |der| collect(der, &mut found));
            collected.map_err(|cause| match ders.len() {
                1 => cause,
                of => NoCertificates::Damaged { number, of },
            })?;
        }
    }
    if found.is_empty() || found.len() > MOST { Err(FileKind::Unknown.into()) } else { Ok(found) }
}

/// Adds the certificate in `content`, or those of the PKCS#7 in `content`.
///
/// # Errors
/// Fails if the content is neither of the two. For a PKCS#7, the error names the damaged certificate.
fn collect(content: &[u8], found: &mut Vec<Vec<u8>>) -> Result<(), NoCertificates> {
    // Taken as it is: what is signed must not change.
    if let Ok((_, certificate)) = X509Certificate::from_der(content) {
        found.push(certificate.as_raw().to_vec());
        return Ok(());
    }
    let certificates = in_signed_data(content).ok_or(FileKind::Unknown)?;
    let of = certificates.len();
    for (number, der) in (1..).zip(certificates) {
        if parse(&der).is_err() {
            return Err(NoCertificates::Damaged { number, of });
        }
        found.push(der);
    }
    Ok(())
}

/// Returns the X.509 certificates in a PKCS#7, damaged or not. Certificates of other types have a tag (RFC 5652
/// §10.2.2).
fn in_signed_data(content: &[u8]) -> Option<Vec<Vec<u8>>> {
    let der = der_from_ber(content, After::Anything).ok()?;
    let [kind, content] = <[_; 2]>::try_from(inside(&der)?).ok()?;
    if kind.decode_as::<ObjectIdentifier>().ok()? != SIGNED_DATA || !is_first_tagged(&content) {
        return None;
    }
    // SignedData has its certificates in `[0]`, and nothing else that is tagged so (RFC 5652 §5.1).
    let certificates = inside(content.value())?.into_iter().find(is_first_tagged)?;
    let x509 = values(certificates.value())?.into_iter().filter(|value| value.tag() == Tag::Sequence);
    x509.map(|certificate| der::Encode::to_der(&certificate).ok()).collect()
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair};

    use super::*;

    fn certificate(name: &str) -> rcgen::Certificate {
        CertificateParams::new(vec![name.into()]).unwrap().self_signed(&KeyPair::generate().unwrap()).unwrap()
    }

    #[test]
    fn der_pem_and_base64_are_taken_with_and_without_a_mark() {
        let (one, two) = (certificate("one.example"), certificate("two.example"));
        let bundle = format!("# Roots\r\n{}\n{}", one.pem(), two.pem().replace('\n', "\r\n"));
        let both = vec![one.der().to_vec(), two.der().to_vec()];
        let utf16: Vec<u8> = format!("\u{feff}{bundle}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for file in [bundle.as_bytes(), format!("\u{feff}{bundle}").as_bytes(), &utf16] {
            assert_eq!(certificates_in(file).as_ref(), Ok(&both));
        }
        assert_eq!(certificates_in(one.der()), Ok(vec![one.der().to_vec()]));
        assert_eq!(certificates_in(&[one.der().as_ref(), &[0, 0]].concat()), Ok(vec![one.der().to_vec()]));
        let bare: String = one.pem().lines().filter(|line| !line.starts_with("-----")).collect();
        assert_eq!(certificates_in(bare.as_bytes()), Ok(vec![one.der().to_vec()]));
    }

    #[test]
    fn a_key_beside_a_certificate_is_left_out() {
        let (key, one) = (KeyPair::generate().unwrap(), certificate("one.example"));
        let both = format!("{}{}", key.serialize_pem(), one.pem());
        assert_eq!(certificates_in(both.as_bytes()), Ok(vec![one.der().to_vec()]));
        assert_eq!(certificates_in(key.serialize_pem().as_bytes()), Err(FileKind::PrivateKey.into()));
    }

    #[test]
    fn a_damaged_certificate_is_refused() {
        let pem = certificate("one.example").pem();
        let cut: String =
            pem.lines().enumerate().filter(|(number, _)| *number != 2).map(|(_, l)| format!("{l}\n")).collect();
        let unknown = Err(FileKind::Unknown.into());
        assert_eq!(certificates_in(cut.as_bytes()), unknown);
        assert_eq!(certificates_in(b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"), unknown);
        assert_eq!(certificates_in(b""), Err(FileKind::Empty.into()));
        let no_base64 = "-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n";
        for bad in [cut.as_str(), no_base64] {
            let bundle = format!("{pem}{bad}{pem}");
            assert_eq!(certificates_in(bundle.as_bytes()), Err(NoCertificates::Damaged { number: 2, of: 3 }));
        }
    }
}
