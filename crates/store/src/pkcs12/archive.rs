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
