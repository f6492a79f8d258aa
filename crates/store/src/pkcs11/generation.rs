use cryptoki::error::{Error, Result};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, ObjectClass, ObjectHandle};
use cryptoki::session::Session;

use super::failure::{refused, unavailable};
use super::key_pair::destroy;
use super::keys::{keys, public_attributes};
use super::objects::{self, CertificateObject};
use super::token::Token;
use crate::certificate::belongs_to;
use crate::public_key::PublicKey;
use crate::{CertificateId, KeyAlgorithm, KeyName, Refusal, StoreError};

/// The OID `secp256r1` in DER (RFC 5480 §2.1.1.1).
const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// The name of the operation in errors.
pub(super) const GENERATE: &str = "generate a key";
/// The public exponent 65537, big-endian.
const EXPONENT: &[u8] = &[1, 0, 1];

/// Returns the key of that name: a complete key that is there already, or a new one in the place of an incomplete one.
///
/// # Errors
/// The outer result fails if the token cannot be read or cleaned. The inner result is the token's answer to the
/// generation.
pub(super) fn generate_named(
    token: &Token,
    session: &Session,
    algorithm: KeyAlgorithm,
    name: &KeyName,
    label: &str,
) -> std::result::Result<Result<PublicKey>, StoreError> {
    if let Err(lost) = token.check_count(session) {
        return Ok(Err(lost));
    }
    let halves = Halves::named(session, name).map_err(unavailable)?;
    if let Some(whole) = halves.whole(session).map_err(unavailable)? {
        return Ok(Ok(whole));
    }
    halves.destroy(session, name)?;
    Ok(generate(token, session, algorithm, name, label))
}

/// Destroys the objects of that name, then checks that none is left.
pub(super) fn abandon(token: &Token, session: &Session, name: &KeyName) -> std::result::Result<(), StoreError> {
    token.check_count(session).map_err(unavailable)?;
    Halves::named(session, name).map_err(unavailable)?.destroy(session, name)
}

/// The objects under one name. They have no certificate yet.
#[derive(Debug)]
struct Halves {
    private: Vec<ObjectHandle>,
    public: Vec<ObjectHandle>,
}

impl Halves {
    fn named(session: &Session, name: &KeyName) -> Result<Self> {
        let called = [Attribute::Id(name.bytes())];
        let of = |class| keys(session, class, &called);
        let [private, public] = [of(ObjectClass::PRIVATE_KEY)?, of(ObjectClass::PUBLIC_KEY)?]
            .map(|halves| halves.into_iter().map(|half| half.handle).collect());
        Ok(Self { private, public })
    }

    /// Returns the public key if there is exactly one object of each kind. A private EC key alone does not give its
    /// public half. If there are several objects, it is unknown which of them belong together.
    fn whole(&self, session: &Session) -> Result<Option<PublicKey>> {
        match (self.private.as_slice(), self.public.as_slice()) {
            ([_], [public]) => public_attributes(session, *public),
            _ => Ok(None),
        }
    }

    /// Destroys the private objects before the public ones. A key that a certificate uses is kept.
    fn destroy(&self, session: &Session, name: &KeyName) -> std::result::Result<(), StoreError> {
        const DELETE: &str = "delete a key";
        if self.private.is_empty() && self.public.is_empty() {
            return Ok(());
        }
        let used_by =
            |user: &CertificateObject| StoreError::refused(DELETE, Refusal::UsedBy(CertificateId::of(&user.der)));
        let all = objects::all_certificates(session).map_err(unavailable)?;
        if let Some(user) = all.iter().find(|object| object.key == name.bytes()) {
            return Err(used_by(user));
        }
        // A certificate may have another CKA_ID than its key.
        for half in self.private.iter().chain(&self.public) {
            let own = public_attributes(session, *half).map_err(unavailable)?;
            if let Some(user) = own.and_then(|key| all.iter().find(|object| belongs_to(&object.der, &key))) {
                return Err(used_by(user));
            }
        }
        self.private
            .iter()
            .chain(&self.public)
            .try_for_each(|half| destroy(session, *half))
            .map_err(refused(DELETE))?;
        let left = Self::named(session, name).map_err(unavailable)?;
        match (left.private.is_empty(), left.public.is_empty()) {
            (true, true) => Ok(()),
            (false, _) => Err(StoreError::DeletionIncomplete { left: "private key".to_owned() }),
            (true, false) => Err(StoreError::DeletionIncomplete { left: "public key".to_owned() }),
        }
    }
}

/// Makes a permanent key pair: sensitive, not extractable, for signing only. Both halves have the name as their
/// `CKA_ID` from the beginning, and keep it until a certificate is installed. Leaves nothing if it fails.
fn generate(
    token: &Token,
    session: &Session,
    algorithm: KeyAlgorithm,
    name: &KeyName,
    label: &str,
) -> Result<PublicKey> {
    let named = [Attribute::Id(name.bytes()), Attribute::Label(label.as_bytes().to_vec())];
    let (mechanism, parameters) = match algorithm {
        KeyAlgorithm::EcP256 => (Mechanism::EccKeyPairGen, vec![Attribute::EcParams(P256.to_vec())]),
        KeyAlgorithm::Rsa2048 => (
            Mechanism::RsaPkcsKeyPairGen,
            vec![Attribute::ModulusBits(2048.into()), Attribute::PublicExponent(EXPONENT.to_vec())],
        ),
    };
    let public = [Attribute::Token(true), Attribute::Private(false), Attribute::Verify(true)];
    let public = [&public[..], &named, &parameters].concat();
    let private = [
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
    ];
    let private = [&private[..], &named].concat();
    let (public, private) = session.generate_key_pair(&mechanism, &public, &private)?;
    // Where this fails, both halves are there all the same, and a new life of the module finds them by their name.
    token.check_count(session)?;
    let read = public_attributes(session, public).and_then(|key| key.ok_or(Error::InvalidValue));
    read.inspect_err(|_| {
        for half in [private, public] {
            if let Err(error) = session.destroy_object(half) {
                tracing::error!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "half of an incomplete key is left in the store"
                );
            }
        }
    })
}
