use cryptoki::error::{Error, Result};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, ObjectHandle};
use cryptoki::session::Session;

use super::keys::public_attributes;
use crate::KeyAlgorithm;
use crate::public_key::PublicKey;

/// The OID `secp256r1` in DER (RFC 5480 §2.1.1.1).
const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// 65537
const EXPONENT: &[u8] = &[1, 0, 1];

/// Makes a key pair that stays: sensitive, not extractable, for signing only. Leaves nothing where it fails.
pub(super) fn generate(session: &Session, algorithm: KeyAlgorithm, label: &str) -> Result<PublicKey> {
    let label = Attribute::Label(label.as_bytes().to_vec());
    let (mechanism, parameters) = match algorithm {
        KeyAlgorithm::EcP256 => (Mechanism::EccKeyPairGen, vec![Attribute::EcParams(P256.to_vec())]),
        KeyAlgorithm::Rsa2048 => (
            Mechanism::RsaPkcsKeyPairGen,
            vec![Attribute::ModulusBits(2048.into()), Attribute::PublicExponent(EXPONENT.to_vec())],
        ),
    };
    let public =
        [vec![Attribute::Token(true), Attribute::Private(false), Attribute::Verify(true), label.clone()], parameters]
            .concat();
    let private = [
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
        label,
    ];
    let (public, private) = session.generate_key_pair(&mechanism, &public, &private)?;
    identify(session, public, private).inspect_err(|_| {
        for half in [private, public] {
            if let Err(error) = session.destroy_object(half) {
                tracing::error!(%error, "half of an unfinished key stays in the store");
            }
        }
    })
}

/// Gives both halves the `CKA_ID` by which a certificate finds them.
fn identify(session: &Session, public: ObjectHandle, private: ObjectHandle) -> Result<PublicKey> {
    let key = public_attributes(session, public)?.ok_or(Error::InvalidValue)?;
    let id = Attribute::Id(key.token_id().ok_or(Error::InvalidValue)?);
    for half in [private, public] {
        session.update_attributes(half, std::slice::from_ref(&id))?;
    }
    Ok(key)
}
