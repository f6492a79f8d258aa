use std::collections::HashSet;

use cryptoki::error::Result;
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass};
use cryptoki::session::Session;
use der::{AnyRef, Encode, Tag};
use x509_parser::prelude::X509Certificate;

use super::failure::{refused, unavailable};
use super::keys::{KeyObject, keys_of};
use super::objects::read;
use crate::certificate::parse;
use crate::certificate_parts::Parts;
use crate::key_name::LENGTH;
use crate::public_key::PublicKey;
use crate::unusual_dates::with_usual_dates;
use crate::{CertificateId, StoreError, StoredCertificate};

const INSTALL: &str = "install a certificate";

/// Writes `certificate` to the token of its key, and labels both with the name.
pub(super) fn install(
    session: &Session,
    certificate: &[u8],
    name: &str,
) -> std::result::Result<CertificateId, StoreError> {
    let usual = with_usual_dates(certificate);
    let parsed = parse(&usual)?;
    // NSS answers a second one with a bare CKR_GENERAL_ERROR, and other tokens take it.
    let same =
        [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::Token(true), Attribute::Value(certificate.to_vec())];
    let same = session.find_objects(&same).map_err(unavailable)?;
    if !same.is_empty() {
        return Err(StoreError::AlreadyInstalled(None));
    }
    check_serial_number(session, certificate)?;
    let public_key = PublicKey::of(parsed.public_key());
    let private = keys_of(session, ObjectClass::PRIVATE_KEY, &public_key).map_err(unavailable)?;
    let public = keys_of(session, ObjectClass::PUBLIC_KEY, &public_key).unwrap_or_default();
    let id =
        identify(session, &public_key, &private, &public).map_err(unavailable)?.ok_or(StoreError::KeyMissing(None))?;
    let label = create(session, &parsed, certificate, name, id)?;
    for key in private.iter().chain(&public) {
        // The certificate is in, and the key's label is only for the eye.
        if let Err(error) = session.update_attributes(key.handle, std::slice::from_ref(&label)) {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "the label of the key cannot be changed"
            );
        }
    }
    Ok(CertificateId::of(certificate))
}

/// Fails if the token has another certificate with the same issuer and serial number. NSS would refuse it with
/// CKR_GENERAL_ERROR, which does not say why.
pub(super) fn check_serial_number(session: &Session, certificate: &[u8]) -> std::result::Result<(), StoreError> {
    let parts = Parts::of(certificate);
    let (Some(issuer), Some(serial)) = (parts.issuer, parts.serial) else { return Ok(()) };
    let Ok(serial) = AnyRef::new(Tag::Integer, serial).and_then(|serial| serial.to_der()) else { return Ok(()) };
    let same = [Attribute::Token(true), Attribute::Issuer(issuer.to_vec()), Attribute::SerialNumber(serial)];
    let values =
        read(session, ObjectClass::CERTIFICATE, &same, &[AttributeType::Value], |_, read| match read.as_slice() {
            [Attribute::Value(der)] if der != certificate => Some(CertificateId::of(der)),
            _ => None,
        });
    match values.map_err(unavailable)?.into_iter().flatten().next() {
        Some(by) => Err(StoreError::SerialNumberTaken { by }),
        None => Ok(()),
    }
}

/// Writes the certificate of a CA under its own name. The token has no key for it.
pub(super) fn install_authority(session: &Session, certificate: &[u8]) -> std::result::Result<(), StoreError> {
    let parsed = parse(certificate)?;
    let name = StoredCertificate::read(&parsed, None).name;
    let id = PublicKey::of(parsed.public_key()).token_id().unwrap_or_default();
    create(session, &parsed, certificate, &name, id).map(|_| ())
}

/// Returns the `CKA_ID` for a key and its certificate. If the key still has the `CKA_ID` that it was made with, it gets
/// the `CKA_ID` by which NSS and Chromium join a key and its certificate. A `CKA_ID` that another program chose is
/// kept.
fn identify(
    session: &Session,
    public_key: &PublicKey,
    private: &[KeyObject],
    public: &[KeyObject],
) -> Result<Option<Vec<u8>>> {
    let Some(key) = private.first() else { return Ok(None) };
    let Some(last) = public_key.token_id() else { return Ok(Some(key.id.clone())) };
    let mut id = key.id.clone();
    for half in private.iter().chain(public) {
        let of_certificates = [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::Id(half.id.clone())];
        let waited = half.id.len() == LENGTH && session.find_objects(&of_certificates)?.is_empty();
        if !waited && !half.id.is_empty() {
            continue;
        }
        match session.update_attributes(half.handle, &[Attribute::Id(last.clone())]) {
            Ok(()) if half.handle == key.handle => id.clone_from(&last),
            Ok(()) => {}
            Err(error) => {
                // The certificate takes the identity that the private half has.
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the CKA_ID of the key cannot be changed"
                );
                break;
            }
        }
    }
    Ok(Some(id))
}

/// Returns the label under which the certificate is written.
fn create(
    session: &Session,
    parsed: &X509Certificate<'_>,
    der: &[u8],
    name: &str,
    id: Vec<u8>,
) -> std::result::Result<Attribute, StoreError> {
    let name = free_name(session, parsed, name).map_err(refused(INSTALL))?;
    let label = Attribute::Label(name.into_bytes());
    let serial = AnyRef::new(Tag::Integer, parsed.raw_serial()).and_then(|serial| serial.to_der());
    let template = [
        Attribute::Class(ObjectClass::CERTIFICATE),
        Attribute::CertificateType(CertificateType::X_509),
        Attribute::Token(true),
        Attribute::Private(false),
        label.clone(),
        Attribute::Subject(parsed.subject().as_raw().to_vec()),
        Attribute::Issuer(parsed.issuer().as_raw().to_vec()),
        Attribute::SerialNumber(serial.map_err(|_| crate::NotACertificate)?),
        Attribute::Id(id),
        Attribute::Value(der.to_vec()),
    ];
    session.create_object(&template).map_err(refused(INSTALL))?;
    Ok(label)
}

/// Returns `name`. If a certificate of another subject has that label, a number is appended. NSS allows a label for one
/// subject only, and a user must be able to distinguish the certificates.
fn free_name(session: &Session, certificate: &X509Certificate<'_>, name: &str) -> Result<String> {
    let wanted = [AttributeType::Label, AttributeType::Subject];
    let others = read(session, ObjectClass::CERTIFICATE, &[], &wanted, |_, read| match read.as_slice() {
        [Attribute::Label(label), Attribute::Subject(subject)] if subject != certificate.subject().as_raw() => {
            Some(label.clone())
        }
        _ => None,
    })?;
    let taken: HashSet<Vec<u8>> = others.into_iter().flatten().collect();
    let numbered = (2..).map(|number: u32| format!("{name} ({number})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    Ok(names.find(|name| !taken.contains(name.as_bytes())).unwrap_or_else(|| name.to_owned()))
}
