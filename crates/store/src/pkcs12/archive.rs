use der::Decode;
use der::asn1::OctetStringRef;
use zeroize::Zeroizing;

use super::bags::Bags;
use super::ber::{After, der_from_ber};
use super::contents::Archive;
use super::effort::Effort;
use super::encryption::Encryption;
use super::error::Pkcs12Error;
use super::mac::Mac;
use super::password::Candidates;
use super::proof::Proof;
use super::structure::{ContentInfo, EncryptedData, Pfx};
use super::{bags, oid};

/// The largest file that is read, in bytes.
pub const MAX_PKCS12_BYTES: usize = 1024 * 1024;

/// Whether a file must have a MAC. A MAC that is present is always checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Integrity {
    Demanded,
    Optional,
}

/// Checks first how much work the file demands, then its integrity, and then decrypts it.
pub(super) fn open(file: &[u8], password: &str, integrity: Integrity) -> Result<Archive, Pkcs12Error> {
    if file.len() > MAX_PKCS12_BYTES {
        return Err(Pkcs12Error::TooLarge);
    }
    let der = der_from_ber(file, After::Anything)?;
    let pfx = Pfx::from_der(&der).map_err(|_| Pkcs12Error::NotPkcs12)?;
    if pfx.version != 3 {
        return Err(Pkcs12Error::NotPkcs12);
    }
    if pfx.auth_safe.kind != oid::DATA {
        return Err(Pkcs12Error::unknown(pfx.auth_safe.kind));
    }
    // The MAC is over these bytes as they are, so they may be BER themselves.
    let content = octets(&pfx.auth_safe).ok_or(Pkcs12Error::NotPkcs12)?;
    if pfx.mac.is_none() && integrity == Integrity::Demanded {
        return Err(Pkcs12Error::Unprotected);
    }
    let mac = pfx.mac.as_ref().map(Mac::read).transpose()?;
    let mut effort = Effort::default();
    if let Some(mac) = &mac {
        effort.need(mac.effort())?;
    }

    let content_der = damaged(der_from_ber(content, After::Anything))?;
    let infos: Vec<ContentInfo<'_>> = Decode::from_der(&content_der).map_err(|_| Pkcs12Error::PasswordWrong)?;
    let mut bags = Bags::default();
    let mut sealed = Vec::new();
    for info in &infos {
        match info.kind {
            oid::DATA => {
                let safe = octets(info).ok_or(Pkcs12Error::PasswordWrong)?;
                bags.collect(&damaged(der_from_ber(safe, After::Anything))?, &mut effort)?;
            }
            oid::ENCRYPTED_DATA => sealed.push(Sealed::read(info, &mut effort)?),
            other => return Err(Pkcs12Error::unknown(other)),
        }
    }

    let mut passwords = Candidates::of(password);
    let proof = match &mac {
        Some(mac) => passwords
            .first_that(mac.form(), mac.effort(), &mut effort, |password| mac.holds(password, content).then_some(()))
            .map(|()| Proof::Proved)
            .ok_or(Pkcs12Error::PasswordWrong)?,
        None => Proof::Missing,
    };
    for sealed in &sealed {
        bags.collect(&sealed.open(&mut passwords, proof, &mut effort)?, &mut effort)?;
    }
    bags.unshroud(&mut passwords, proof, &mut effort)
}

/// SafeContents that are encrypted.
struct Sealed<'a> {
    encryption: Encryption<'a>,
    encrypted: Vec<u8>,
}

impl<'a> Sealed<'a> {
    fn read(info: &ContentInfo<'a>, effort: &mut Effort) -> Result<Self, Pkcs12Error> {
        let data: EncryptedData<'a> =
            info.content.and_then(|content| content.decode_as().ok()).ok_or(Pkcs12Error::PasswordWrong)?;
        let encryption = Encryption::read(&data.content.algorithm)?;
        effort.need(encryption.effort())?;
        let encrypted = bags::implicit_octets(data.content.encrypted).ok_or(Pkcs12Error::PasswordWrong)?;
        Ok(Self { encryption, encrypted })
    }

    /// Decrypts the SafeContents, and returns them in DER.
    fn open(
        &self,
        passwords: &mut Candidates,
        proof: Proof,
        effort: &mut Effort,
    ) -> Result<Zeroizing<Vec<u8>>, Pkcs12Error> {
        let safe = passwords.first_that(self.encryption.form(), self.encryption.effort(), effort, |password| {
            let safe = self.encryption.decrypt(password, &self.encrypted)?;
            let der = match der_from_ber(&safe, proof.after()) {
                Err(Pkcs12Error::TooLarge) => return Some(Err(Pkcs12Error::TooLarge)),
                der => Zeroizing::new(der.ok()?),
            };
            Bags::are_in(&der).then_some(Ok(der))
        });
        safe.unwrap_or_else(|| Err(proof.undecrypted()))
    }
}

fn octets<'a>(info: &ContentInfo<'a>) -> Option<&'a [u8]> {
    Some(info.content?.decode_as::<OctetStringRef<'a>>().ok()?.as_bytes())
}

/// Replaces the error of data inside a PFX that does not parse by that of a wrong password: the data was changed, or
/// was decrypted with the wrong password.
fn damaged(der: Result<Vec<u8>, Pkcs12Error>) -> Result<Vec<u8>, Pkcs12Error> {
    der.map_err(|error| if error == Pkcs12Error::NotPkcs12 { Pkcs12Error::PasswordWrong } else { error })
}

#[cfg(test)]
mod tests {
    use der::asn1::UintRef;
    use der::{AnyRef, Encode};
    use pkcs8::AlgorithmIdentifierRef;

    use super::super::structure::{DigestInfo, EncryptedPrivateKeyInfo, MacData, Pbes1Parameters, SafeBag};
    use super::*;

    fn content<'a>(kind: der::asn1::ObjectIdentifier, octets: &'a [u8]) -> ContentInfo<'a> {
        ContentInfo { kind, content: Some(AnyRef::new(der::Tag::OctetString, octets).unwrap()) }
    }

    /// A file whose content is `safe`, without an integrity check.
    fn file(version: u8, kind: der::asn1::ObjectIdentifier, safe: &[u8]) -> Vec<u8> {
        Pfx { version, auth_safe: content(kind, safe), mac: None }.to_der().unwrap()
    }

    fn opened(file: &[u8], integrity: Integrity) -> Result<usize, Pkcs12Error> {
        open(file, "s3cret", integrity).map(|archive| archive.keys.len())
    }

    const EMPTY: &[u8] = &[0x30, 0];

    /// A file with an integrity check that fails.
    fn with_wrong_mac(safe: &[u8], iterations: Option<UintRef<'_>>) -> Vec<u8> {
        let algorithm = AlgorithmIdentifierRef { oid: oid::SHA1, parameters: None };
        let mac = DigestInfo { algorithm, digest: OctetStringRef::new(&[0; 20]).unwrap() };
        let mac = Some(MacData { mac, salt: OctetStringRef::new(b"salt").unwrap(), iterations });
        Pfx { version: 3, auth_safe: content(oid::DATA, safe), mac }.to_der().unwrap()
    }

    #[test]
    fn a_file_has_the_version_and_the_content_of_the_standard() {
        let optional = |file: &[u8]| opened(file, Integrity::Optional);
        assert_eq!(optional(&file(3, oid::DATA, EMPTY)), Ok(0));
        assert_eq!(optional(&file(2, oid::DATA, EMPTY)), Err(Pkcs12Error::NotPkcs12));
        assert_eq!(optional(&file(3, oid::ENCRYPTED_DATA, EMPTY)), Err(Pkcs12Error::unknown(oid::ENCRYPTED_DATA)));
        assert_eq!(optional(b"GIF89a"), Err(Pkcs12Error::NotPkcs12));
        let damaged = Err(Pkcs12Error::PasswordWrong);
        assert_eq!(optional(&file(3, oid::DATA, &[0x30, 9])), damaged, "what does not parse inside");
        let deep = [[0x30, 0x80].repeat(40), [0, 0].repeat(40)].concat();
        assert_eq!(optional(&file(3, oid::DATA, &deep)), Err(Pkcs12Error::TooLarge));
    }

    #[test]
    fn an_integrity_check_that_is_there_is_always_checked() {
        let bare = file(3, oid::DATA, EMPTY);
        assert_eq!(opened(&bare, Integrity::Demanded), Err(Pkcs12Error::Unprotected));
        let wrong = with_wrong_mac(EMPTY, None);
        for integrity in [Integrity::Demanded, Integrity::Optional] {
            assert_eq!(opened(&wrong, integrity), Err(Pkcs12Error::PasswordWrong));
        }
    }

    /// The check demands a million rounds, and each of 16 keys two million.
    #[test]
    fn the_work_for_all_parts_of_a_file_is_added_up_before_any_is_done() {
        let million = UintRef::new(&[0x0f, 0x42, 0x40]).unwrap();
        let salt = OctetStringRef::new(b"salt").unwrap();
        let parameters = Pbes1Parameters { salt, iterations: million }.to_der().unwrap();
        let parameters = Some(AnyRef::from_der(&parameters).unwrap());
        let algorithm = AlgorithmIdentifierRef { oid: oid::RC2_40, parameters };
        let encrypted = OctetStringRef::new(&[]).unwrap();
        let key = EncryptedPrivateKeyInfo { algorithm, encrypted }.to_der().unwrap();
        let value = AnyRef::from_der(&key).unwrap();
        let keys: Vec<_> = (0..16).map(|_| SafeBag { kind: oid::SHROUDED_KEY_BAG, value, attributes: None }).collect();
        let keys = keys.to_der().unwrap();
        let safe = vec![content(oid::DATA, &keys)].to_der().unwrap();
        let refused = Err(Pkcs12Error::TooManyIterations { iterations: 33_000_000, limit: 32_000_000 });
        assert_eq!(opened(&with_wrong_mac(&safe, Some(million)), Integrity::Demanded), refused);
    }

    #[test]
    fn a_file_of_the_largest_size_is_read_and_a_larger_one_is_not() {
        let mut largest = file(3, oid::DATA, EMPTY);
        largest.resize(1 << 20, 0);
        assert_eq!(opened(&largest, Integrity::Optional), Ok(0));
        largest.push(0);
        assert_eq!(opened(&largest, Integrity::Optional), Err(Pkcs12Error::TooLarge));
    }
}
