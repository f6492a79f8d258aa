//! The bank's certification authority. The first start makes it, and later starts use it.

mod cert_id;
pub(crate) mod common_name;
mod crl;
pub(crate) mod crl_cache;
mod end;
mod issue;
mod publication;
mod request;
mod responder;
mod rsa_modulus;
mod serial_number;
mod statement;

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, SanType,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};
use thiserror::Error;
use time::{Duration, OffsetDateTime};
use x509_parser::prelude::{FromDer, ParsedExtension, X509Certificate};
use zeroize::Zeroizing;

pub(crate) use crl::{CrlContent, CrlEntry};
pub(crate) use end::CaEnd;
pub(crate) use issue::Subject;
pub(crate) use publication::Publication;
pub(crate) use request::{CertificationRequest, RequestError};
pub(crate) use responder::{Responder, ocsp_time};
pub(crate) use statement::is_signed;

use crate::keys::digest::sha256_hex;
use crate::keys::files::{self, Readers};

/// The file of the CA's certificate in the bank's directory.
pub(crate) const CA_CERTIFICATE: &str = "ca.pem";
/// The file of the CA's key.
const KEY: &str = "ca.key";
/// The validity of the CA's certificate, in days. It ends long after the last certificate that the CA signs.
const CA_DAYS: i64 = 20 * 365;
/// The validity of a server's certificate, in days: the most that browsers and systems accept (CA/Browser Forum, before
/// the shorter terms). Each start makes a new certificate.
const SERVER_DAYS: i64 = 397;

/// The CA with its key.
#[derive(Debug)]
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    /// The first and the last moment of the CA's certificate.
    validity: (OffsetDateTime, OffsetDateTime),
    file: PathBuf,
    publication: Option<Publication>,
    responder: Mutex<Option<Arc<Responder>>>,
}

/// Why the CA cannot be used, or cannot sign.
#[derive(Debug, Error)]
pub enum AuthorityError {
    /// A file cannot be read or written.
    #[error("{file}: {cause}", file = .file.display())]
    File {
        /// The file that cannot be read or written.
        file: PathBuf,
        /// The error of the system.
        #[source]
        cause: io::Error,
    },
    /// The certificates in the database were issued by a CA with another key.
    #[error("{}: not the key of the CA that issued the certificates in the database: restore the right one", .0.display())]
    OtherKey(PathBuf),
    /// The CA's certificate exists, but the file of its key is missing.
    #[error("{}: the key of the CA is missing: restore it from a backup", .0.display())]
    KeyMissing(PathBuf),
    /// The CA's certificate belongs to another key than the one in the key file.
    #[error("{}: this CA certificate belongs to another key", .0.display())]
    KeyMismatch(PathBuf),
    /// A file cannot be decoded.
    #[error("{}: the file cannot be decoded", .0.display())]
    Unreadable(PathBuf),
    /// The CA ends before a certificate of that validity would.
    #[error("the CA ends at {ends}: it issues no certificate for {days} days")]
    Ending {
        /// The days for which a certificate would be valid.
        days: u32,
        /// The last moment of the CA.
        ends: OffsetDateTime,
    },
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Making(#[from] rcgen::Error),
    /// A part of a certificate cannot be encoded in DER.
    #[error("cannot encode: {0}")]
    Encoding(#[from] der::Error),
}

/// A server's certificate and key.
pub(crate) struct ServerIdentity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl Authority {
    /// Opens the CA in a directory, with the key in `ca.key` and the certificate in `ca.pem`. If there is no CA, makes
    /// one.
    ///
    /// The key is written first. If a start was interrupted before the certificate was written, the next start makes a
    /// certificate for that key.
    pub(crate) fn open(directory: &Path, service: &str, now: OffsetDateTime) -> Result<Self, AuthorityError> {
        let key_file = directory.join(KEY);
        let file = directory.join(CA_CERTIFICATE);
        let certificate = read(&file)?;
        let key = match read(&key_file)? {
            Some(pem) => {
                let text = std::str::from_utf8(&pem).map_err(|_| AuthorityError::Unreadable(key_file.clone()))?;
                KeyPair::from_pem(text).map_err(|_| AuthorityError::Unreadable(key_file))?
            }
            None if certificate.is_some() => return Err(AuthorityError::KeyMissing(key_file)),
            None => {
                let key = KeyPair::generate()?;
                let pem = Zeroizing::new(key.serialize_pem());
                write(&key_file, pem.as_bytes(), Readers::Owner)?;
                key
            }
        };
        let certificate = match certificate {
            Some(pem) => CertificateDer::from_pem_slice(&pem).map_err(|_| AuthorityError::Unreadable(file.clone()))?,
            None => {
                let made = own_params(service, &key, now).self_signed(&key)?;
                write(&file, made.pem().as_bytes(), Readers::All)?;
                made.der().clone()
            }
        };
        Self::of(certificate, key, file)
    }

    fn of(certificate: CertificateDer<'static>, key: KeyPair, file: PathBuf) -> Result<Self, AuthorityError> {
        let validity = belongs(&certificate, &key, &file)?;
        let issuer = Issuer::from_ca_cert_der(&certificate, key)?;
        Ok(Self { issuer, certificate, validity, file, publication: None, responder: Mutex::default() })
    }

    /// Checks, before anything is made, that the CA in `directory` issued the certificate `issued`. A database with
    /// certificates must keep its CA, so a missing CA is not replaced by a new one.
    pub(crate) fn check(directory: &Path, issued: Option<&[u8]>) -> Result<(), AuthorityError> {
        let Some(issued) = issued else { return Ok(()) };
        let key_file = directory.join(KEY);
        let Some(pem) = read(&key_file)? else { return Err(AuthorityError::KeyMissing(key_file)) };
        let text = std::str::from_utf8(&pem).map_err(|_| AuthorityError::Unreadable(key_file.clone()))?;
        let key = KeyPair::from_pem(text).map_err(|_| AuthorityError::Unreadable(key_file.clone()))?;
        let own = CertificateParams::default().key_identifier(&key);
        let (_, issued) =
            X509Certificate::from_der(issued).map_err(|_| AuthorityError::Unreadable(key_file.clone()))?;
        let issuer = issued.iter_extensions().find_map(|extension| match extension.parsed_extension() {
            ParsedExtension::AuthorityKeyIdentifier(identifier) => identifier.key_identifier.as_ref(),
            _ => None,
        });
        match issuer {
            Some(issuer) if issuer.0 != own.as_slice() => Err(AuthorityError::OtherKey(key_file)),
            _ => Ok(()),
        }
    }

    /// Returns the certificate of a new CA with that key, in DER.
    pub(crate) fn new_certificate(
        service: &str,
        key: &KeyPair,
        now: OffsetDateTime,
    ) -> Result<Vec<u8>, AuthorityError> {
        Ok(own_params(service, key, now).self_signed(key)?.der().to_vec())
    }

    /// Returns the CA with that certificate and key. Writes the certificate as PEM to a file in `directory` whose name
    /// contains the beginning of its digest, since one PC may serve several banks.
    pub(crate) fn of_keys(
        certificate: CertificateDer<'static>,
        key: KeyPair,
        directory: PathBuf,
    ) -> Result<Self, AuthorityError> {
        let file = directory.join(format!("ca-{:.16}.pem", sha256_hex(&certificate)));
        belongs(&certificate, &key, &file)?;
        if read(&file)?.is_none() {
            let pem = der::pem::encode_string("CERTIFICATE", der::pem::LineEnding::LF, &certificate);
            let pem = pem.map_err(|_| AuthorityError::Unreadable(file.clone()))?;
            write(&file, pem.as_bytes(), Readers::All)?;
        }
        Self::of(certificate, key, file)
    }

    /// Returns the CA, which from now on writes the addresses of its CRL and OCSP into the certificates that it issues.
    pub(crate) fn publishing(self, publication: Option<Publication>) -> Self {
        Self { publication, ..self }
    }

    /// Returns the CA's certificate.
    pub(crate) fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// Returns the file of the CA's certificate in PEM.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Issues a server certificate for `localhost`, with that key or a new one.
    pub(crate) fn server(&self, key: Option<KeyPair>, now: OffsetDateTime) -> Result<ServerIdentity, AuthorityError> {
        let key = match key {
            Some(key) => key,
            None => KeyPair::generate()?,
        };
        let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
        params.subject_alt_names.push(SanType::IpAddress(Ipv4Addr::LOCALHOST.into()));
        params.subject_alt_names.push(SanType::IpAddress(Ipv6Addr::LOCALHOST.into()));
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "localhost");
        params.serial_number = Some(serial_number::fresh().to_vec().into());
        let (first, last) =
            (now.saturating_sub(Duration::days(1)), now.saturating_add(Duration::days(SERVER_DAYS - 1)));
        (params.not_before, params.not_after) = self.within(first, last);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(ServerIdentity {
            chain: vec![certificate.der().clone()],
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        })
    }
}

/// Returns the parameters of the CA's own certificate. Its name contains the beginning of the key's digest, since two
/// CAs must never share a name (RFC 5280 §4.1.2.4).
fn own_params(service: &str, key: &KeyPair, now: OffsetDateTime) -> CertificateParams {
    let [first, second, third, ..]: [u8; 32] = Sha256::digest(key.subject_public_key_info()).into();
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, service);
    params
        .distinguished_name
        .push(DnType::CommonName, format!("{service} Client CA {first:02x}{second:02x}{third:02x}"));
    params.serial_number = Some(serial_number::fresh().to_vec().into());
    params.not_before = now.saturating_sub(Duration::days(1));
    params.not_after = now.saturating_add(Duration::days(CA_DAYS));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// Returns the validity of a CA's certificate, if it belongs to the key.
fn belongs(
    certificate: &CertificateDer<'_>,
    key: &KeyPair,
    file: &Path,
) -> Result<(OffsetDateTime, OffsetDateTime), AuthorityError> {
    let (_, parsed) =
        X509Certificate::from_der(certificate).map_err(|_| AuthorityError::Unreadable(file.to_owned()))?;
    if parsed.public_key().raw == key.subject_public_key_info() {
        let validity = parsed.validity();
        Ok((validity.not_before.to_datetime(), validity.not_after.to_datetime()))
    } else {
        Err(AuthorityError::KeyMismatch(file.to_owned()))
    }
}

fn read(file: &Path) -> Result<Option<Vec<u8>>, AuthorityError> {
    files::read(file).map_err(|cause| AuthorityError::File { file: file.to_owned(), cause })
}

fn write(file: &Path, content: &[u8], readers: Readers) -> Result<(), AuthorityError> {
    files::write(file, content, readers).map_err(|cause| AuthorityError::File { file: file.to_owned(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: OffsetDateTime = time::macros::datetime!(2026-11-21 12:00 UTC);

    #[test]
    fn the_ca_is_the_same_at_the_next_start() {
        let directory = tempfile::tempdir().unwrap();
        let first = Authority::open(directory.path(), "Bank", NOW).unwrap().certificate;
        let second = Authority::open(directory.path(), "Bank", NOW).unwrap().certificate;
        assert_eq!(first, second);
    }

    #[test]
    fn a_key_without_certificate_gets_one_and_a_certificate_without_key_stops_the_start() {
        let directory = tempfile::tempdir().unwrap();
        Authority::open(directory.path(), "Bank", NOW).unwrap();
        std::fs::remove_file(directory.path().join("ca.pem")).unwrap();
        Authority::open(directory.path(), "Bank", NOW).unwrap();
        std::fs::remove_file(directory.path().join("ca.key")).unwrap();
        let error = Authority::open(directory.path(), "Bank", NOW).unwrap_err();
        assert!(matches!(error, AuthorityError::KeyMissing(_)), "{error}");
    }

    #[test]
    fn a_foreign_key_is_noticed() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        Authority::open(one.path(), "Bank", NOW).unwrap();
        Authority::open(other.path(), "Bank", NOW).unwrap();
        std::fs::copy(other.path().join("ca.key"), one.path().join("ca.key")).unwrap();
        let error = Authority::open(one.path(), "Bank", NOW).unwrap_err();
        assert!(matches!(error, AuthorityError::KeyMismatch(_)), "{error}");
    }
}
