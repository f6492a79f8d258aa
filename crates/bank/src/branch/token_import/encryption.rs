//! The two encryptions that RFC 6030 §6 requires, with a pre-shared key.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockDecryptMut, KeyIvInit};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

/// AES-CBC as XML Encryption writes it: the initialization vector before the ciphertext, PKCS#7 padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    Aes128,
    Aes256,
}

/// The MAC over the ciphertext and its initialization vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MacAlgorithm {
    Sha1,
    Sha256,
    Sha512,
}

impl Cipher {
    pub(super) fn named(algorithm: &str) -> Option<Self> {
        match algorithm {
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => Some(Self::Aes128),
            "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => Some(Self::Aes256),
            _ => None,
        }
    }

    pub(super) fn key_length(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes256 => 32,
        }
    }

    /// Decrypts; returns none if the key does not fit.
    pub(super) fn open(self, key: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (vector, ciphertext) = sealed.split_first_chunk::<16>()?;
        let mut buffer = Zeroizing::new(ciphertext.to_vec());
        let length = match self {
            Self::Aes128 => cbc::Decryptor::<aes::Aes128>::new_from_slices(key, vector)
                .ok()?
                .decrypt_padded_mut::<Pkcs7>(&mut buffer)
                .ok()?
                .len(),
            Self::Aes256 => cbc::Decryptor::<aes::Aes256>::new_from_slices(key, vector)
                .ok()?
                .decrypt_padded_mut::<Pkcs7>(&mut buffer)
                .ok()?
                .len(),
        };
        buffer.truncate(length);
        Some(buffer)
    }
}

impl MacAlgorithm {
    pub(super) fn named(algorithm: &str) -> Option<Self> {
        match algorithm {
            "http://www.w3.org/2000/09/xmldsig#hmac-sha1" => Some(Self::Sha1),
            "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" => Some(Self::Sha256),
            "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(super) fn verifies(self, key: &[u8], data: &[u8], mac: &[u8]) -> bool {
        match self {
            Self::Sha1 => verify::<Hmac<Sha1>>(key, data, mac),
            Self::Sha256 => verify::<Hmac<Sha256>>(key, data, mac),
            Self::Sha512 => verify::<Hmac<Sha512>>(key, data, mac),
        }
    }
}

fn verify<M: Mac + hmac::digest::KeyInit>(key: &[u8], data: &[u8], mac: &[u8]) -> bool {
    <M as Mac>::new_from_slice(key).is_ok_and(|keyed| keyed.chain_update(data).verify_slice(mac).is_ok())
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, HEXLOWER};

    use super::*;

    /// RFC 6030 §6.1, figure 6.
    #[test]
    fn the_example_of_the_standard_opens() {
        let decode = |text: &str| BASE64.decode(text.as_bytes()).unwrap();
        let shared = HEXLOWER.decode(b"12345678901234567890123456789012").unwrap();
        let mac_key = decode("ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX");
        let mac_key = Cipher::Aes128.open(&shared, &mac_key).unwrap();
        let sealed = decode("AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv");
        assert_eq!(Cipher::Aes128.open(&shared, &sealed).unwrap().as_slice(), b"12345678901234567890");
        let mac = decode("Su+NvtQfmvfJzF6bmQiJqoLRExc=");
        assert!(MacAlgorithm::Sha1.verifies(&mac_key, &sealed, &mac));
        assert!(!MacAlgorithm::Sha1.verifies(&mac_key, &sealed[1..], &mac));
        assert!(!MacAlgorithm::Sha256.verifies(&mac_key, &sealed, &mac));
        assert!(Cipher::Aes128.open(&shared, &sealed[..20]).is_none());
        assert!(Cipher::Aes256.open(&shared, &sealed).is_none());
    }
}
