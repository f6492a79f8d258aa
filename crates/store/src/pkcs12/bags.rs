use der::asn1::OctetStringRef;
use der::{AnyRef, Decode, Encode, Reader, SliceReader, Tag, Tagged};
use pkcs8::PrivateKeyInfo;
use zeroize::Zeroizing;

use super::ber::der_from_ber;
use super::contents::{Archive, Certificate, Key, Label};
use super::effort::Effort;
use super::encryption::Encryption;
use super::password::Candidates;
use super::proof::Proof;
use super::structure::{Attribute, CertBag, EncryptedPrivateKeyInfo, SafeBag};
use super::{Pkcs12Error, oid};
use crate::directory_string;

const MAX_KEYS: usize = 64;
const MAX_CERTIFICATES: usize = 256;
/// The greatest depth to which SafeContents may contain SafeContents (RFC 7292 §4.2.6).
const MAX_NESTING: usize = 8;

/// The bags of a file. Some keys may still be encrypted.
#[derive(Default, Clone)]
pub(super) struct Bags {
    archive: Archive,
    /// The encrypted keys. Each is an EncryptedPrivateKeyInfo with valid parameters.
    shrouded: Vec<(Vec<u8>, Label)>,
}

impl Bags {
    /// Returns whether `safe` is SafeContents in DER.
    pub(super) fn are_in(safe: &[u8]) -> bool {
        <Vec<SafeBag<'_>> as Decode<'_>>::from_der(safe).is_ok()
    }

    /// Adds the bags of SafeContents in DER. Bags that are not needed, such as CRLs, are left out.
    pub(super) fn collect(&mut self, safe: &[u8], effort: &mut Effort) -> Result<(), Pkcs12Error> {
        self.collect_nested(safe, effort, 0)
    }

    fn collect_nested(&mut self, safe: &[u8], effort: &mut Effort, nesting: usize) -> Result<(), Pkcs12Error> {
        let bags: Vec<SafeBag<'_>> = Decode::from_der(safe).map_err(|_| Pkcs12Error::PasswordWrong)?;
        for bag in bags {
            let label = Label::of(bag.attributes);
            match bag.kind {
                oid::KEY_BAG => self.archive.keys.push(Key { der: Zeroizing::new(der_of(bag.value)?), label }),
                oid::SHROUDED_KEY_BAG => {
                    let info: EncryptedPrivateKeyInfo<'_> =
                        bag.value.decode_as().map_err(|_| Pkcs12Error::PasswordWrong)?;
                    effort.need(Encryption::read(&info.algorithm)?.effort())?;
                    self.shrouded.push((der_of(bag.value)?, label));
                }
                oid::CERT_BAG => {
                    let certificate: CertBag<'_> = bag.value.decode_as().map_err(|_| Pkcs12Error::PasswordWrong)?;
                    if certificate.kind == oid::X509_CERTIFICATE {
                        let der = certificate.value.as_bytes().to_vec();
                        self.archive.certificates.push(Certificate { der, label });
                    }
                }
                oid::SAFE_CONTENTS_BAG if nesting == MAX_NESTING => return Err(Pkcs12Error::TooLarge),
                oid::SAFE_CONTENTS_BAG => self.collect_nested(&der_of(bag.value)?, effort, nesting + 1)?,
                _ => {}
            }
        }
        let keys = self.archive.keys.len() + self.shrouded.len();
        if keys > MAX_KEYS || self.archive.certificates.len() > MAX_CERTIFICATES {
            return Err(Pkcs12Error::TooLarge);
        }
        Ok(())
    }

    /// Decrypts the keys that are encrypted separately.
    pub(super) fn unshroud(
        mut self,
        passwords: &mut Candidates,
        proof: Proof,
        effort: &mut Effort,
    ) -> Result<Archive, Pkcs12Error> {
        for (shrouded, label) in self.shrouded {
            let info = EncryptedPrivateKeyInfo::from_der(&shrouded).map_err(|_| Pkcs12Error::PasswordWrong)?;
            let encryption = Encryption::read(&info.algorithm)?;
            let der = passwords.first_that(encryption.form(), encryption.effort(), effort, |password| {
                let key = encryption.decrypt(password, info.encrypted.as_bytes())?;
                let der = Zeroizing::new(der_from_ber(&key, proof.after()).ok()?);
                // What comes out is all that shows whether this form of the password is right.
                PrivateKeyInfo::from_der(&der).ok()?;
                Some(der)
            });
            self.archive.keys.push(Key { der: der.ok_or(proof.undecrypted())?, label });
        }
        Ok(self.archive)
    }
}

impl Label {
    /// Reads the attributes of a bag, which are only shown. An attribute that does not parse is left out.
    fn of(attributes: Option<AnyRef<'_>>) -> Self {
        let mut label = Self::default();
        let Some(set) = attributes.filter(|set| set.tag() == Tag::Set) else { return label };
        let Ok(mut reader) = SliceReader::new(set.value()) else { return label };
        while let Ok(attribute) = reader.decode::<Attribute<'_>>() {
            let value = first(attribute.values);
            match attribute.kind {
                oid::FRIENDLY_NAME => label.friendly_name = value.and_then(friendly_name),
                oid::LOCAL_KEY_ID => label.local_key_id = value.map(|value| value.value().to_vec()),
                _ => {}
            }
        }
        label
    }
}

fn friendly_name(value: AnyRef<'_>) -> Option<String> {
    let name = directory_string::text(u32::from(value.tag().number().value()), value.value());
    Some(name.trim_end_matches('\0').to_owned()).filter(|name| !name.is_empty())
}

fn first(set: AnyRef<'_>) -> Option<AnyRef<'_>> {
    SliceReader::new(set.value()).ok()?.decode().ok()
}

fn der_of(value: AnyRef<'_>) -> Result<Vec<u8>, Pkcs12Error> {
    value.to_der().map_err(|_| Pkcs12Error::PasswordWrong)
}

/// Returns the content of `[0] IMPLICIT OCTET STRING`. In BER, it may consist of several pieces.
pub(super) fn implicit_octets(value: AnyRef<'_>) -> Option<Vec<u8>> {
    match value.tag() {
        Tag::ContextSpecific { number, constructed: false } if number.value() == 0 => Some(value.value().to_vec()),
        Tag::ContextSpecific { number, constructed: true } if number.value() == 0 => {
            let mut whole = Vec::new();
            let mut reader = SliceReader::new(value.value()).ok()?;
            while !reader.is_finished() {
                whole.extend_from_slice(reader.decode::<OctetStringRef<'_>>().ok()?.as_bytes());
            }
            Some(whole)
        }
        _ => None,
    }
}
