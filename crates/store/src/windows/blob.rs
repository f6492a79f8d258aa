//! Reads and writes the formats of keys in CNG and CryptoAPI.

use windows_sys::Win32::Security::Cryptography as crypt;
use zeroize::Zeroizing;

use crate::key_material::KeyMaterial;
use crate::public_key::PublicKey;

/// The OID `secp256r1` in DER (RFC 5480 §2.1.1.1).
const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// The OID `secp384r1` in DER.
const P384: &[u8] = &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22];
/// The size of a `BCRYPT_RSAKEY_BLOB` in bytes. The exponent and the modulus follow it.
const CNG_RSA_HEADER: usize = 24;
/// The size of a `BCRYPT_ECCKEY_BLOB` in bytes. The coordinates x and y follow it.
const CNG_EC_HEADER: usize = 8;
/// The size of `PUBLICKEYSTRUC` and `RSAPUBKEY` in bytes. The modulus follows them.
const CAPI_HEADER: usize = 20;

/// Reads a `BCRYPT_RSAPUBLIC_BLOB`: big-endian numbers after a little-endian header.
pub(super) fn cng_rsa(blob: &[u8]) -> Option<PublicKey> {
    let (exponent, modulus) = (number(blob, 8)?, number(blob, 12)?);
    let (header, rest) = blob.split_at_checked(CNG_RSA_HEADER)?;
    let (exponent, rest) = rest.split_at_checked(exponent)?;
    header.starts_with(&crypt::BCRYPT_RSAPUBLIC_MAGIC.to_le_bytes()).then_some(())?;
    PublicKey::rsa(rest.get(..modulus)?, exponent)
}

/// Reads a `BCRYPT_ECCPUBLIC_BLOB`.
pub(super) fn cng_ec(blob: &[u8]) -> Option<PublicKey> {
    let size = number(blob, 4)?;
    let curve = match size {
        32 => P256,
        48 => P384,
        _ => return None,
    };
    let point = blob.get(CNG_EC_HEADER..CNG_EC_HEADER + 2 * size)?;
    PublicKey::ec(curve, &[&[4], point].concat())
}

/// Reads a `PUBLICKEYBLOB`, which is little-endian throughout.
pub(super) fn capi_rsa(blob: &[u8]) -> Option<PublicKey> {
    let bits = number(blob, 12)?;
    let exponent = u32::try_from(number(blob, 16)?).ok()?.to_be_bytes();
    let exponent: Vec<u8> = exponent.into_iter().skip_while(|byte| *byte == 0).collect();
    let modulus: Vec<u8> = blob.get(CAPI_HEADER..CAPI_HEADER + bits / 8)?.iter().rev().copied().collect();
    PublicKey::rsa(&modulus, &exponent)
}

/// Returns a `PRIVATEKEYBLOB` of the RSA key in `pkcs8` (RFC 5958); none for any other key, or for one that CryptoAPI
/// cannot represent.
pub(super) fn capi_private(pkcs8: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let Ok(KeyMaterial::Rsa(key)) = KeyMaterial::of(pkcs8) else { return None };
    let (modulus, exponent) = (key.modulus.as_bytes(), key.public_exponent.as_bytes());
    let primes = [key.prime1, key.prime2, key.exponent1, key.exponent2, key.coefficient];
    let size = modulus.len();
    if size % 2 != 0 || exponent.len() > 4 {
        return None;
    }
    let exponent = exponent.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
    // PUBLICKEYSTRUC: PRIVATEKEYBLOB, CUR_BLOB_VERSION, reserved, the algorithm.
    let mut blob = Zeroizing::new(Vec::with_capacity(CAPI_HEADER + 5 * size));
    blob.extend([7, 2, 0, 0]);
    blob.extend(crypt::CALG_RSA_KEYX.to_le_bytes());
    blob.extend(b"RSA2");
    blob.extend(u32::try_from(8 * size).ok()?.to_le_bytes());
    blob.extend(exponent.to_le_bytes());
    little_endian(&mut blob, modulus, size)?;
    for prime in primes {
        little_endian(&mut blob, prime.as_bytes(), size / 2)?;
    }
    little_endian(&mut blob, key.private_exponent.as_bytes(), size)?;
    Some(blob)
}

fn little_endian(blob: &mut Vec<u8>, number: &[u8], size: usize) -> Option<()> {
    let padding = size.checked_sub(number.len())?;
    blob.extend(number.iter().rev());
    blob.extend(std::iter::repeat_n(0, padding));
    Some(())
}

fn number(blob: &[u8], offset: usize) -> Option<usize> {
    let bytes = blob.get(offset..offset + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::PublicKeyData;

    #[test]
    fn an_ec_key_is_read() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let header = [crypt::BCRYPT_ECDSA_PUBLIC_P256_MAGIC.to_le_bytes(), 32_u32.to_le_bytes()].concat();
        let blob = [&header, &pair.der_bytes()[1..]].concat();
        assert_eq!(cng_ec(&blob).unwrap().der, pair.subject_public_key_info());
        assert!(cng_ec(&blob[..blob.len() - 1]).is_none());
        assert!(capi_private(&pair.serialize_der()).is_none(), "no RSA key");
    }

    #[test]
    fn both_forms_of_an_rsa_key_are_the_same() {
        let modulus = [[0xc5].as_slice(), &[0x11; 254], &[0x07]].concat();
        let expected = PublicKey::rsa(&modulus, &[1, 0, 1]).unwrap();
        let header: Vec<u8> =
            [crypt::BCRYPT_RSAPUBLIC_MAGIC, 2048, 3, 256, 0, 0].iter().flat_map(|n: &u32| n.to_le_bytes()).collect();
        assert_eq!(cng_rsa(&[&header, &[1, 0, 1][..], &modulus].concat()).unwrap().der, expected.der);
        let reversed: Vec<u8> = modulus.iter().rev().copied().collect();
        let header = [&[6, 2, 0, 0, 0, 0xa4, 0, 0][..], b"RSA1", &2048_u32.to_le_bytes(), &[1, 0, 1, 0]].concat();
        assert_eq!(capi_rsa(&[header, reversed].concat()).unwrap().der, expected.der);
        for short in [&[][..], &[0; 20], &[0xff; 24]] {
            assert!(cng_rsa(short).is_none() && capi_rsa(&short[..short.len().min(19)]).is_none());
        }
    }
}
