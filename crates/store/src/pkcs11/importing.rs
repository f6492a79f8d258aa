use cryptoki::error::{Error, RvError};
use cryptoki::object::{Attribute, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;
use der::Encode;
use der::asn1::OctetStringRef;
use zeroize::Zeroize;

use super::failure::{refused, unavailable};
use super::installation::{check_serial_number, install, install_authority};
use super::key_pair::destroy;
use super::keys::keys_of;
use super::objects;
use crate::certificate::{is_authority, parse, public_key_of};
use crate::key_material::KeyMaterial;
use crate::public_key::{Kind, PublicKey};
use crate::{CertificateId, Identity, NotACertificate, StoreError};

const IMPORT: &str = "import a key";

/// Writes key, certificate and the CA certificates of the chain to the token. If the key or its certificate fails, the
/// new objects are destroyed. A CA certificate that the token refuses is left out.
pub(super) fn import(session: &Session, identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
    let public_key = public_key_of(identity.certificate()).ok_or(NotACertificate)?;
    public_key.check_supported()?;
    let material = KeyMaterial::of(identity.key()).map_err(|form| StoreError::ImportUnsupported(form.into()))?;
    let id = identity.id();
    let all = objects::certificates(session).map_err(unavailable)?;
    let certificate_there = all.iter().any(|object| object.der == identity.certificate());
    let key_there = !keys_of(session, ObjectClass::PRIVATE_KEY, &public_key).map_err(unavailable)?.is_empty();
    if certificate_there && key_there {
        return Err(StoreError::AlreadyInstalled(None));
    }
    if !certificate_there {
        check_serial_number(session, identity.certificate())?;
    }
    let mut made = Vec::new();
    let outcome = (|| {
        if !key_there {
            create(session, &material, &public_key, name, &mut made).map_err(cause)?;
        }
        if certificate_there { Ok(id) } else { install(session, identity.certificate(), name) }
    })();
    match outcome {
        Ok(_) => {
            for der in identity.chain().iter().filter(|der| !all.iter().any(|object| object.der == **der)) {
                if parse(der).is_ok_and(|parsed| is_authority(&parsed))
                    && let Err(error) = install_authority(session, der)
                {
                    tracing::warn!(
                        error = &error as &(dyn std::error::Error + 'static),
                        "the token refused a CA certificate of the chain"
                    );
                }
            }
        }
        Err(_) => roll_back(session, &made),
    }
    outcome
}

/// Writes both halves, the private half last. If writing the public half fails, nothing secret is left in the token.
fn create(
    session: &Session,
    material: &KeyMaterial<'_>,
    public_key: &PublicKey,
    name: &str,
    made: &mut Vec<ObjectHandle>,
) -> cryptoki::error::Result<()> {
    let id = public_key.token_id().ok_or(Error::InvalidValue)?;
    let common = [Attribute::Token(true), Attribute::Label(name.as_bytes().to_vec()), Attribute::Id(id)];
    if keys_of(session, ObjectClass::PUBLIC_KEY, public_key)?.is_empty() {
        let own = [Attribute::Class(ObjectClass::PUBLIC_KEY), Attribute::Private(false), Attribute::Verify(true)];
        let template = [common.as_slice(), &own, &public_attributes(material, public_key)?].concat();
        made.push(session.create_object(&template)?);
    }
    let own =
        [Attribute::Private(true), Attribute::Sensitive(true), Attribute::Extractable(false), Attribute::Sign(true)];
    let class = [Attribute::Class(ObjectClass::PRIVATE_KEY)];
    let mut template = [common.as_slice(), &own, &class, &private_attributes(material)].concat();
    let created = session.create_object(&template);
    template.iter_mut().for_each(forget);
    made.push(created?);
    Ok(())
}

fn public_attributes(material: &KeyMaterial<'_>, public_key: &PublicKey) -> cryptoki::error::Result<Vec<Attribute>> {
    match (material, &public_key.kind) {
        (KeyMaterial::Rsa(key), _) => Ok(vec![
            Attribute::KeyType(KeyType::RSA),
            Attribute::Modulus(key.modulus.as_bytes().to_vec()),
            Attribute::PublicExponent(key.public_exponent.as_bytes().to_vec()),
        ]),
        (KeyMaterial::Ec { curve, .. }, Kind::Ec(point)) => {
            let point = OctetStringRef::new(point).and_then(|octets| octets.to_der());
            let point = Attribute::EcPoint(point.map_err(|_| Error::InvalidValue)?);
            Ok(vec![Attribute::KeyType(KeyType::EC), Attribute::EcParams(curve.clone()), point])
        }
        _ => Err(Error::InvalidValue),
    }
}

fn private_attributes(material: &KeyMaterial<'_>) -> Vec<Attribute> {
    match material {
        KeyMaterial::Rsa(key) => vec![
            Attribute::KeyType(KeyType::RSA),
            Attribute::Modulus(key.modulus.as_bytes().to_vec()),
            Attribute::PublicExponent(key.public_exponent.as_bytes().to_vec()),
            Attribute::PrivateExponent(key.private_exponent.as_bytes().to_vec()),
            Attribute::Prime1(key.prime1.as_bytes().to_vec()),
            Attribute::Prime2(key.prime2.as_bytes().to_vec()),
            Attribute::Exponent1(key.exponent1.as_bytes().to_vec()),
            Attribute::Exponent2(key.exponent2.as_bytes().to_vec()),
            Attribute::Coefficient(key.coefficient.as_bytes().to_vec()),
        ],
        KeyMaterial::Ec { curve, number } => {
            vec![Attribute::KeyType(KeyType::EC), Attribute::EcParams(curve.clone()), Attribute::Value(number.to_vec())]
        }
    }
}

/// Overwrites the secret values of a template.
fn forget(attribute: &mut Attribute) {
    use Attribute as A;
    if let A::PrivateExponent(secret)
    | A::Prime1(secret)
    | A::Prime2(secret)
    | A::Exponent1(secret)
    | A::Exponent2(secret)
    | A::Coefficient(secret)
    | A::Value(secret) = attribute
    {
        secret.zeroize();
    }
}

fn roll_back(session: &Session, made: &[ObjectHandle]) {
    for object in made.iter().rev() {
        if let Err(error) = destroy(session, *object) {
            tracing::error!(
                error = &error as &(dyn std::error::Error + 'static),
                "part of a failed import is left in the store"
            );
        }
    }
}

/// Returns the error for a failed import. A TPM or a card that imports no keys answers with one of these values.
fn cause(error: Error) -> StoreError {
    use RvError as R;
    match error {
        Error::Pkcs11(
            R::FunctionNotSupported
            | R::AttributeReadOnly
            | R::AttributeTypeInvalid
            | R::AttributeValueInvalid
            | R::TemplateInconsistent
            | R::TemplateIncomplete
            | R::ActionProhibited,
            _,
        )
        | Error::NullFunctionPointer => StoreError::ImportUnsupported(error.into()),
        error => refused(IMPORT)(error),
    }
}
