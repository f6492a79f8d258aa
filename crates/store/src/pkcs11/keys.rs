//! Identifies the keys of a token. NSS and Inkan derive the `CKA_ID` from the public key. Other programs and tokens
//! choose any `CKA_ID`, and a private EC key does not contain its public half.

use std::collections::HashMap;

use cryptoki::error::Result;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;
use der::Encode;
use der::asn1::OctetStringRef;

use super::objects::{self, CertificateObject, attributes_of};
use crate::public_key::{Kind, PublicKey};

/// A private or a public key in the token.
#[derive(Debug)]
pub(super) struct KeyObject {
    pub(super) handle: ObjectHandle,
    /// The `CKA_ID` of the key.
    pub(super) id: Vec<u8>,
    /// Whether the key can be exported, could once be exported, or was imported, so that there may be a copy elsewhere.
    pub(super) may_be_elsewhere: bool,
}

/// Returns every key of that class with the attributes `like`.
pub(super) fn keys(session: &Session, class: ObjectClass, like: &[Attribute]) -> Result<Vec<KeyObject>> {
    use AttributeType as A;
    let attributes = [A::Id, A::Extractable, A::AlwaysSensitive, A::NeverExtractable];
    objects::read(session, class, like, &attributes, |handle, read| {
        let mut object = KeyObject { handle, id: Vec::new(), may_be_elsewhere: false };
        for attribute in read {
            match attribute {
                Attribute::Id(id) => object.id = id,
                Attribute::Extractable(yes) => object.may_be_elsewhere |= yes,
                Attribute::AlwaysSensitive(kept) | Attribute::NeverExtractable(kept) => {
                    object.may_be_elsewhere |= !kept;
                }
                _ => {}
            }
        }
        object
    })
}

/// Returns the objects of one class that are `public_key` or its private half.
pub(super) fn keys_of(session: &Session, class: ObjectClass, public_key: &PublicKey) -> Result<Vec<KeyObject>> {
    let Some(kind) = key_type(public_key).map(Attribute::KeyType) else { return Ok(Vec::new()) };
    let own = match &public_key.kind {
        Kind::Rsa(modulus) => vec![Attribute::Modulus(modulus.clone())],
        Kind::Ec(point) => points(point),
        Kind::Other(_) => Vec::new(),
    };
    let like = |class, attribute: Attribute| keys(session, class, &[kind.clone(), attribute]);
    let first_found = |class, attributes: &mut dyn Iterator<Item = Attribute>| {
        attributes.map(|attribute| like(class, attribute)).find(|found| !matches!(found, Ok(keys) if keys.is_empty()))
    };
    let computed = public_key.token_id().map(Attribute::Id);
    if let Some(found) = first_found(class, &mut computed.into_iter().chain(own.iter().cloned())) {
        return found;
    }
    let mut beside: Vec<Vec<u8>> = Vec::new();
    if class == ObjectClass::PRIVATE_KEY {
        let public = first_found(ObjectClass::PUBLIC_KEY, &mut own.into_iter()).unwrap_or(Ok(Vec::new()))?;
        beside.extend(public.into_iter().map(|key| key.id));
    }
    let certificates = objects::certificates(session)?;
    let same = certificates.into_iter().filter(|object| object.public_key().as_ref() == Some(public_key));
    beside.extend(same.map(|object| object.key));
    let mut ids = beside.into_iter().filter(|id| !id.is_empty()).map(Attribute::Id);
    first_found(class, &mut ids).unwrap_or(Ok(Vec::new()))
}

/// Returns every key of that class whose public half is known: from the key itself, or from a public key or a
/// certificate beside it.
pub(super) fn identified_keys(
    session: &Session,
    class: ObjectClass,
    certificates: &[CertificateObject],
) -> Result<Vec<PublicKey>> {
    let mut beside: HashMap<Vec<u8>, PublicKey> = certificates
        .iter()
        .filter(|object| !object.key.is_empty())
        .filter_map(|object| Some((object.key.clone(), object.public_key()?)))
        .collect();
    for key in keys(session, ObjectClass::PUBLIC_KEY, &[])? {
        if let Some(public_key) = public_attributes(session, key.handle)? {
            // The private half has its last name already where an installation was cut before the public one had.
            beside.extend(public_key.token_id().map(|id| (id, public_key.clone())));
            beside.insert(key.id, public_key);
        }
    }
    let mut identified = Vec::new();
    for key in keys(session, class, &[])? {
        match public_attributes(session, key.handle)? {
            Some(own) => identified.push(own),
            None => identified.extend(beside.get(&key.id).cloned()),
        }
    }
    Ok(identified)
}

/// Returns the key with that `CKA_ID`, if the token gives its public half.
pub(super) fn key_called(session: &Session, id: &[u8]) -> Result<Option<PublicKey>> {
    if id.is_empty() {
        return Ok(None);
    }
    for class in [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
        for key in keys(session, class, &[Attribute::Id(id.to_vec())])? {
            if let Some(found) = public_attributes(session, key.handle)? {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

/// Returns the type of the key; none for a kind with which Inkan cannot sign.
pub(super) fn key_type(public_key: &PublicKey) -> Option<KeyType> {
    match public_key.kind {
        Kind::Rsa(_) => Some(KeyType::RSA),
        Kind::Ec(_) => Some(KeyType::EC),
        Kind::Other(_) => None,
    }
}

/// Returns the public key in the attributes of one object. A private EC key has none.
pub(super) fn public_attributes(session: &Session, key: ObjectHandle) -> Result<Option<PublicKey>> {
    use AttributeType as A;
    let wanted = match attributes_of(session, key, &[A::KeyType])?.as_deref() {
        Some([Attribute::KeyType(KeyType::RSA)]) => [A::Modulus, A::PublicExponent],
        Some([Attribute::KeyType(KeyType::EC)]) => [A::EcParams, A::EcPoint],
        _ => return Ok(None),
    };
    Ok(match attributes_of(session, key, &wanted)?.as_deref() {
        Some([Attribute::Modulus(modulus), Attribute::PublicExponent(exponent)]) => PublicKey::rsa(modulus, exponent),
        Some([Attribute::EcParams(parameters), Attribute::EcPoint(point)]) => PublicKey::ec(parameters, point),
        _ => None,
    })
}

/// Returns the two forms in which tokens store a point: the form that the standard requires, and the form of some
/// tokens.
fn points(point: &[u8]) -> Vec<Attribute> {
    let wrapped = OctetStringRef::new(point).and_then(|octets| octets.to_der());
    wrapped.into_iter().chain([point.to_vec()]).map(Attribute::EcPoint).collect()
}
