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

#[cfg(test)]
mod tests {
    use der::asn1::ObjectIdentifier;

    use super::*;

    fn any(der: &[u8]) -> AnyRef<'_> {
        AnyRef::from_der(der).unwrap()
    }

    /// A value of that tag. The length takes two bytes.
    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        let [high, low] = u16::try_from(content.len()).unwrap().to_be_bytes();
        let header: &[u8] = if content.len() < 0x80 {
            &[tag, low]
        } else if high == 0 {
            &[tag, 0x81, low]
        } else {
            &[tag, 0x82, high, low]
        };
        [header, content].concat()
    }

    fn bag(kind: ObjectIdentifier, value: &[u8], attributes: Option<&[u8]>) -> Vec<u8> {
        SafeBag { kind, value: any(value), attributes: attributes.map(any) }.to_der().unwrap()
    }

    fn key() -> Vec<u8> {
        bag(oid::KEY_BAG, &tlv(0x30, &[]), None)
    }

    fn certificate(kind: ObjectIdentifier) -> Vec<u8> {
        let value = OctetStringRef::new(b"certificate").unwrap();
        bag(oid::CERT_BAG, &CertBag { kind, value }.to_der().unwrap(), None)
    }

    fn safe(bags: &[Vec<u8>]) -> Vec<u8> {
        tlv(0x30, &bags.concat())
    }

    fn collected(safe: &[u8]) -> Result<(usize, usize), Pkcs12Error> {
        let mut bags = Bags::default();
        bags.collect(safe, &mut Effort::default())?;
        Ok((bags.archive.keys.len(), bags.archive.certificates.len()))
    }

    #[test]
    fn keys_and_x509_certificates_are_kept_and_other_bags_left_out() {
        let other = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.2");
        let crl = bag(ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.4"), &tlv(0x30, &[]), None);
        let all = safe(&[key(), certificate(oid::X509_CERTIFICATE), certificate(other), crl]);
        assert!(Bags::are_in(&all) && !Bags::are_in(b"decrypted by a wrong password"));
        assert_eq!(collected(&all), Ok((1, 1)));
        assert_eq!(collected(b"no bags"), Err(Pkcs12Error::PasswordWrong));
    }

    #[test]
    fn more_bags_than_any_honest_file_has_are_too_many() {
        let many = |count, bag: Vec<u8>| collected(&safe(&vec![bag; count]));
        assert_eq!(many(MAX_KEYS, key()), Ok((MAX_KEYS, 0)));
        assert_eq!(many(MAX_KEYS + 1, key()), Err(Pkcs12Error::TooLarge));
        let x509 = || certificate(oid::X509_CERTIFICATE);
        assert_eq!(many(MAX_CERTIFICATES, x509()), Ok((0, MAX_CERTIFICATES)));
        assert_eq!(many(MAX_CERTIFICATES + 1, x509()), Err(Pkcs12Error::TooLarge));
    }

    #[test]
    fn encrypted_keys_count_beside_the_others() {
        // PBES1 with RC2, one iteration and no encrypted bytes.
        let parameters = tlv(0x30, &[tlv(4, b"salt"), tlv(2, &[1])].concat());
        let algorithm = tlv(0x30, &[oid::RC2_40.to_der().unwrap(), parameters].concat());
        let shrouded = bag(oid::SHROUDED_KEY_BAG, &tlv(0x30, &[algorithm, tlv(4, &[])].concat()), None);
        let count = |keys, encrypted| {
            let bags = safe(&[vec![key(); keys], vec![shrouded.clone(); encrypted]].concat());
            let mut found = Bags::default();
            found.collect(&bags, &mut Effort::default()).map(|()| (found.archive.keys.len(), found.shrouded.len()))
        };
        assert_eq!(count(1, MAX_KEYS - 1), Ok((1, MAX_KEYS - 1)));
        assert_eq!(count(1, MAX_KEYS), Err(Pkcs12Error::TooLarge));
        let mut found = Bags::default();
        found.collect(&safe(&[shrouded]), &mut Effort::default()).unwrap();
        let mut passwords = Candidates::of("s3cret");
        let wrong = found.clone().unshroud(&mut passwords, Proof::Missing, &mut Effort::default());
        assert_eq!(wrong.err(), Some(Proof::Missing.undecrypted()));
    }

    #[test]
    fn bags_may_be_nested_as_deep_as_the_limit() {
        let nested = |depth| {
            let inner = (0..depth).fold(safe(&[key()]), |inner, _| safe(&[bag(oid::SAFE_CONTENTS_BAG, &inner, None)]));
            collected(&inner)
        };
        assert_eq!((nested(0), nested(1)), (Ok((1, 0)), Ok((1, 0))));
        assert_eq!(nested(MAX_NESTING), Ok((1, 0)));
        assert_eq!(nested(MAX_NESTING + 1), Err(Pkcs12Error::TooLarge));
    }

    #[test]
    fn the_attributes_of_a_bag_are_its_label() {
        let attribute =
            |kind: ObjectIdentifier, value: &[u8]| tlv(0x30, &[kind.to_der().unwrap(), tlv(0x31, value)].concat());
        let named = attribute(oid::FRIENDLY_NAME, &tlv(0x1e, &[0x83, 0xb1, 0x5b, 0x50]));
        let identified = attribute(oid::LOCAL_KEY_ID, &tlv(4, &[1, 2]));
        let other = attribute(oid::X509_CERTIFICATE, &tlv(4, &[3]));
        let label = |tag: u8, attributes: &[&[u8]]| {
            let attributes = tlv(tag, &attributes.concat());
            let label = Label::of(Some(any(&attributes)));
            (label.friendly_name, label.local_key_id)
        };
        let whole = (Some("莱子".to_owned()), Some(vec![1, 2]));
        assert_eq!(label(0x31, &[&named, &identified, &other]), whole);
        assert_eq!(label(0x31, &[&other]), (None, None));
        assert_eq!(label(0x30, &[&named, &identified]), (None, None), "no set");
        let empty = attribute(oid::FRIENDLY_NAME, &tlv(0x1e, &[0, 0]));
        assert_eq!(label(0x31, &[&empty]), (None, None), "a zero alone is no name");
        let ended = attribute(oid::FRIENDLY_NAME, &tlv(0x1e, &[0, 0x61, 0, 0]));
        assert_eq!(label(0x31, &[&ended]).0.as_deref(), Some("a"));
        assert!(Label::of(None).friendly_name.is_none());
    }

    #[test]
    fn implicit_octets_come_in_one_piece_or_in_several() {
        let read = |tag: u8, content: &[u8]| implicit_octets(any(&tlv(tag, content)));
        let pieces = [tlv(4, &[1, 2]), tlv(4, &[3])].concat();
        assert_eq!(read(0x80, &[1, 2, 3]), Some(vec![1, 2, 3]));
        assert_eq!(read(0xa0, &pieces), Some(vec![1, 2, 3]));
        assert_eq!(read(0xa0, &tlv(2, &[1])), None);
        for (tag, content) in [(0x81, &pieces[..]), (0xa1, &pieces[..]), (4, &[1][..])] {
            assert_eq!(read(tag, content), None, "{tag:x}");
        }
    }
}
