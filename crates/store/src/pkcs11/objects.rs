//! What is in a token, found and read.

use cryptoki::error::Result;
use cryptoki::object::{Attribute, AttributeType, CertificateType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;

use super::failure::is_gone;
use crate::certificate;
use crate::public_key::{Kind, PublicKey};

/// A certificate of the token.
#[derive(Debug)]
pub(super) struct CertificateObject {
    pub(super) handle: ObjectHandle,
    /// `CKA_ID`, that of its key.
    pub(super) key: Vec<u8>,
    /// `CKA_VALUE`
    pub(super) der: Vec<u8>,
}

impl CertificateObject {
    /// The public key inside, unless it is no certificate.
    pub(super) fn public_key(&self) -> Option<PublicKey> {
        certificate::parse(&self.der).ok().map(|parsed| PublicKey::of(parsed.public_key()))
    }
}

/// A private or public key of the token.
#[derive(Debug)]
pub(super) struct KeyObject {
    pub(super) handle: ObjectHandle,
    /// `CKA_ID`
    pub(super) id: Vec<u8>,
    /// The token would give it out.
    pub(super) extractable: bool,
}

/// Every X.509 certificate.
pub(super) fn certificates(session: &Session) -> Result<Vec<CertificateObject>> {
    certificates_like(session, &[])
}

/// Every X.509 certificate with these attributes.
pub(super) fn certificates_like(session: &Session, like: &[Attribute]) -> Result<Vec<CertificateObject>> {
    let x509 = [Attribute::CertificateType(CertificateType::X_509)];
    read(
        session,
        ObjectClass::CERTIFICATE,
        &[&x509, like].concat(),
        &[AttributeType::Id, AttributeType::Value],
        |handle, read| {
            let mut object = CertificateObject { handle, key: Vec::new(), der: Vec::new() };
            for attribute in read {
                match attribute {
                    Attribute::Id(id) => object.key = id,
                    Attribute::Value(der) => object.der = der,
                    _ => {}
                }
            }
            object
        },
    )
}

/// Every key of that class with these attributes.
pub(super) fn keys(session: &Session, class: ObjectClass, like: &[Attribute]) -> Result<Vec<KeyObject>> {
    read(session, class, like, &[AttributeType::Id, AttributeType::Extractable], |handle, read| {
        let mut object = KeyObject { handle, id: Vec::new(), extractable: false };
        for attribute in read {
            match attribute {
                Attribute::Id(id) => object.id = id,
                Attribute::Extractable(extractable) => object.extractable = extractable,
                _ => {}
            }
        }
        object
    })
}

/// The objects of one class that are `public_key` or its private half: by the `CKA_ID` that NSS and we compute, else
/// by what they say of themselves, for tokens that number their keys otherwise.
pub(super) fn keys_of(session: &Session, class: ObjectClass, public_key: &PublicKey) -> Result<Vec<KeyObject>> {
    let (Some(id), Some(kind)) = (public_key.token_id(), key_type(public_key)) else { return Ok(Vec::new()) };
    let found = keys(session, class, &[Attribute::Id(id), Attribute::KeyType(kind)])?;
    if !found.is_empty() {
        return Ok(found);
    }
    let mut found = keys(session, class, &[Attribute::KeyType(kind)])?;
    let mut failure = None;
    found.retain(|key| match public_key_of(session, key) {
        Ok(read) => read.as_ref() == Some(public_key),
        Err(error) => {
            failure = Some(error);
            false
        }
    });
    failure.map_or(Ok(found), Err)
}

/// The public key that a key object is or belongs to: from its own attributes, from the public object beside it, or
/// from a certificate beside it. None where nothing tells.
pub(super) fn public_key_of(session: &Session, key: &KeyObject) -> Result<Option<PublicKey>> {
    if let Some(own) = public_attributes(session, key.handle)? {
        return Ok(Some(own));
    }
    if key.id.is_empty() {
        return Ok(None);
    }
    let beside = [Attribute::Id(key.id.clone())];
    for public in keys(session, ObjectClass::PUBLIC_KEY, &beside)? {
        if let Some(public) = public_attributes(session, public.handle)? {
            return Ok(Some(public));
        }
    }
    Ok(certificates_like(session, &beside)?.iter().find_map(CertificateObject::public_key))
}

/// The public key in the attributes of one object; a private EC key has none.
pub(super) fn public_attributes(session: &Session, key: ObjectHandle) -> Result<Option<PublicKey>> {
    use AttributeType as A;
    let wanted = [A::KeyType];
    let kind = match session.get_attributes(key, &wanted) {
        Err(error) if is_gone(&error) => return Ok(None),
        read => read?,
    };
    let wanted = match kind.first() {
        Some(Attribute::KeyType(KeyType::RSA)) => [A::Modulus, A::PublicExponent],
        Some(Attribute::KeyType(KeyType::EC)) => [A::EcParams, A::EcPoint],
        _ => return Ok(None),
    };
    match session.get_attributes(key, &wanted) {
        Err(error) if is_gone(&error) => Ok(None),
        read => Ok(match read?.as_slice() {
            [Attribute::Modulus(modulus), Attribute::PublicExponent(exponent)] => PublicKey::rsa(modulus, exponent),
            [Attribute::EcParams(parameters), Attribute::EcPoint(point)] => PublicKey::ec(parameters, point),
            _ => None,
        }),
    }
}

fn key_type(public_key: &PublicKey) -> Option<KeyType> {
    match public_key.kind {
        Kind::Ec(_) => Some(KeyType::EC),
        Kind::Rsa(_) => Some(KeyType::RSA),
        Kind::Other(_) => None,
    }
}

fn read<T>(
    session: &Session,
    class: ObjectClass,
    like: &[Attribute],
    attributes: &[AttributeType],
    make: impl Fn(ObjectHandle, Vec<Attribute>) -> T,
) -> Result<Vec<T>> {
    let template = [&[Attribute::Class(class), Attribute::Token(true)], like].concat();
    let mut objects = Vec::new();
    for handle in session.find_objects(&template)? {
        match session.get_attributes(handle, attributes) {
            Ok(read) => objects.push(make(handle, read)),
            Err(error) if is_gone(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(objects)
}
