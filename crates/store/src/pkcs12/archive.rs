use der::Decode;
use der::asn1::OctetStringRef;
use zeroize::Zeroizing;

use super::bags::{Bags, Certificate, Key};
use super::ber::der_from_ber;
use super::effort::Effort;
use super::encryption::Encryption;
use super::mac::Mac;
use super::structure::{ContentInfo, EncryptedData, Pfx};
use super::{MAX_PKCS12_BYTES, Password, Pkcs12Error, bags, oid, unknown};

/// Everything in a file that matters here, decrypted.
#[derive(Default, Clone)]
pub(super) struct Archive {
    pub(super) keys: Vec<Key>,
    pub(super) certificates: Vec<Certificate>,
}

/// Whether a file must have a MAC. One that is there is checked in any case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Integrity {
    Demanded,
    Optional,
}

/// Checks the work that the file asks for, then its integrity, then decrypts it.
pub(super) fn open(file: &[u8], password: &str, integrity: Integrity) -> Result<Archive, Pkcs12Error> {
    if file.len() > MAX_PKCS12_BYTES {
        return Err(Pkcs12Error::TooLarge);
    }
    let der = der_from_ber(file)?;
    let pfx = Pfx::from_der(&der).map_err(|_| Pkcs12Error::NotPkcs12)?;
    if pfx.version != 3 {
        return Err(Pkcs12Error::NotPkcs12);
    }
    if pfx.auth_safe.kind != oid::DATA {
        return Err(unknown(pfx.auth_safe.kind));
    }
    // The MAC is over these bytes as they are, so they may be BER themselves.
    let content = octets(&pfx.auth_safe).ok_or(Pkcs12Error::NotPkcs12)?;
    if pfx.mac.is_none() && integrity == Integrity::Demanded {
        return Err(Pkcs12Error::Unprotected);
    }
    let mac = pfx.mac.as_ref().map(Mac::read).transpose()?;
    let mut forms = Password::forms(password);
    // The MAC tells which form it is; without one, everything is tried with each.
    let mut effort = Effort::times(if mac.is_some() { 1 } else { forms.len() });
    if let Some(mac) = &mac {
        effort.add(mac.effort().saturating_mul(forms.len().try_into().unwrap_or(u32::MAX)))?;
    }

    let content_der = damaged(der_from_ber(content))?;
    let infos: Vec<ContentInfo<'_>> = Decode::from_der(&content_der).map_err(|_| Pkcs12Error::PasswordWrong)?;
    let mut bags = Bags::default();
    let mut sealed = Vec::new();
    for info in &infos {
        match info.kind {
            oid::DATA => {
                let safe = damaged(der_from_ber(octets(info).ok_or(Pkcs12Error::PasswordWrong)?))?;
                bags.collect(&safe, &mut effort)?;
            }
            oid::ENCRYPTED_DATA => sealed.push(Sealed::read(info, &mut effort)?),
            other => return Err(unknown(other)),
        }
    }

    if let Some(mac) = &mac {
        let right = forms.iter().position(|form| mac.holds(form, content)).ok_or(Pkcs12Error::PasswordWrong)?;
        return unseal(&sealed, bags, effort, &forms.swap_remove(right));
    }
    let tried = forms.iter().map(|form| unseal(&sealed, bags.clone(), effort.clone(), form));
    tried
        .reduce(|before, this| if matches!(before, Err(Pkcs12Error::PasswordWrong)) { this } else { before })
        .unwrap_or(Err(Pkcs12Error::PasswordWrong))
}

fn unseal(
    sealed: &[Sealed<'_>],
    mut bags: Bags,
    mut effort: Effort,
    password: &Password,
) -> Result<Archive, Pkcs12Error> {
    for sealed in sealed {
        let safe = sealed.encryption.decrypt(password, &sealed.encrypted)?;
        let safe = Zeroizing::new(damaged(der_from_ber(&safe))?);
        bags.collect(&safe, &mut effort)?;
    }
    bags.unshroud(password)
}

/// What decrypts to more bags.
struct Sealed<'a> {
    encryption: Encryption<'a>,
    encrypted: Vec<u8>,
}

impl<'a> Sealed<'a> {
    fn read(info: &ContentInfo<'a>, effort: &mut Effort) -> Result<Self, Pkcs12Error> {
        let data: EncryptedData<'a> =
            info.content.and_then(|content| content.decode_as().ok()).ok_or(Pkcs12Error::PasswordWrong)?;
        let encryption = Encryption::read(&data.content.algorithm)?;
        effort.add(encryption.effort())?;
        let encrypted = bags::implicit_octets(data.content.encrypted).ok_or(Pkcs12Error::PasswordWrong)?;
        Ok(Self { encryption, encrypted })
    }
}

fn octets<'a>(info: &ContentInfo<'a>) -> Option<&'a [u8]> {
    Some(info.content?.decode_as::<OctetStringRef<'a>>().ok()?.as_bytes())
}

/// Inside something that was a PFX, what does not parse was changed, or decrypted by the wrong password.
fn damaged(der: Result<Vec<u8>, Pkcs12Error>) -> Result<Vec<u8>, Pkcs12Error> {
    der.map_err(|error| if error == Pkcs12Error::NotPkcs12 { Pkcs12Error::PasswordWrong } else { error })
}
