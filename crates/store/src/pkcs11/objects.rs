//! Finds and reads the objects of a token.

use cryptoki::error::Result;
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;

use super::failure::is_gone;
use crate::certificate;
use crate::public_key::PublicKey;

/// A certificate of the token.
#[derive(Debug)]
pub(super) struct CertificateObject {
    pub(super) handle: ObjectHandle,
    /// The `CKA_ID`, which is the same as that of the certificate's key.
    pub(super) key: Vec<u8>,
    /// The DER of the certificate (`CKA_VALUE`).
    pub(super) der: Vec<u8>,
    /// The label (`CKA_LABEL`), which NSS calls a nickname.
    pub(super) label: Option<String>,
}

impl CertificateObject {
    /// Returns the public key in the certificate, even if the certificate does not parse as a whole.
    pub(super) fn public_key(&self) -> Option<PublicKey> {
        certificate::public_key_of(&self.der)
    }

    /// Returns whether the certificate parses.
    pub(super) fn is_readable(&self) -> bool {
        certificate::parse(&self.der).is_ok()
    }
}

/// Returns every X.509 certificate.
pub(super) fn certificates(session: &Session) -> Result<Vec<CertificateObject>> {
    certificates_like(session, &[Attribute::CertificateType(CertificateType::X_509)])
}

/// Returns every certificate of any type. A key that one of them may use is not deleted.
pub(super) fn all_certificates(session: &Session) -> Result<Vec<CertificateObject>> {
    certificates_like(session, &[])
}

fn certificates_like(session: &Session, like: &[Attribute]) -> Result<Vec<CertificateObject>> {
    let attributes = [AttributeType::Id, AttributeType::Value, AttributeType::Label];
    read(session, ObjectClass::CERTIFICATE, like, &attributes, |handle, read| {
        let mut object = CertificateObject { handle, key: Vec::new(), der: Vec::new(), label: None };
        for attribute in read {
            match attribute {
                Attribute::Id(id) => object.key = id,
                Attribute::Value(der) => object.der = der,
                Attribute::Label(label) => object.label = Some(String::from_utf8_lossy(&label).into_owned()),
                _ => {}
            }
        }
        object
    })
}

/// Returns the token's objects of one class with the attributes `like`. `make` gets the attributes of each object that
/// are among `attributes`. An object that is deleted meanwhile is left out.
pub(super) fn read<T>(
    session: &Session,
    class: ObjectClass,
    like: &[Attribute],
    attributes: &[AttributeType],
    make: impl Fn(ObjectHandle, Vec<Attribute>) -> T,
) -> Result<Vec<T>> {
    let template = [&[Attribute::Class(class), Attribute::Token(true)], like].concat();
    let mut objects = Vec::new();
    for handle in session.find_objects(&template)? {
        if let Some(read) = attributes_of(session, handle, attributes)? {
            objects.push(make(handle, read));
        }
    }
    Ok(objects)
}

/// Returns the attributes of the object that are among `attributes`; none if the object was deleted.
pub(super) fn attributes_of(
    session: &Session,
    object: ObjectHandle,
    attributes: &[AttributeType],
) -> Result<Option<Vec<Attribute>>> {
    match session.get_attributes(object, attributes) {
        Err(error) if is_gone(&error) => Ok(None),
        read => read.map(Some),
    }
}
