//! Implements EMSA-PSS for RSA keys whose store does not pad: those of some cards, and keys that other programs put
//! into the keychain.

use sha2::Digest;

/// Returns the block whose raw RSA signature is the RSASSA-PSS signature of the message with that digest (RFC 8017
/// §9.1.1), with the same hash in MGF1. It is as long as the modulus. Returns none if a modulus of `bits` bits is too
/// small.
pub(super) fn encode<D: Digest>(digest: &[u8], salt: &[u8], bits: usize) -> Option<Vec<u8>> {
    let block_bits = bits.checked_sub(1)?;
    let length = block_bits.div_ceil(8);
    let masked = length.checked_sub(digest.len() + 1)?;
    let zeros = masked.checked_sub(salt.len() + 1)?;
    let hash = D::new().chain_update([0; 8]).chain_update(digest).chain_update(salt).finalize();

    let data = [vec![0; zeros], vec![1], salt.to_vec()].concat();
    let mut block: Vec<u8> = data.iter().zip(mask::<D>(&hash, masked)).map(|(byte, mask)| byte ^ mask).collect();
    if let Some(first) = block.first_mut() {
        *first &= 0xff >> (8 * length - block_bits);
    }
    block.extend_from_slice(&hash);
    block.push(0xbc);
    // One octet shorter than the modulus where that is 8n+1 bits long.
    block.splice(0..0, std::iter::repeat_n(0, bits.div_ceil(8) - length));
    Some(block)
}

/// Returns the bytes of the mask generation function MGF1 (RFC 8017 §B.2.1).
fn mask<D: Digest>(seed: &[u8], length: usize) -> impl Iterator<Item = u8> {
    (0u32..)
        .flat_map(move |counter| D::new().chain_update(seed).chain_update(counter.to_be_bytes()).finalize())
        .take(length)
}

// macOS has an `openssl` of another make, Windows none.
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use crate::macos::openssl::openssl;
    use sha2::{Sha256, Sha384, Sha512};
    use std::fs;

    fn accepted<D: Digest>(hash: &str, bits: usize, primes: u32) {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let digest = D::digest(b"signed");
        let block = encode::<D>(&digest, &vec![7; digest.len()], bits).unwrap();
        assert_eq!(block.len(), bits.div_ceil(8));
        fs::write(path("digest"), digest).unwrap();
        fs::write(path("block"), block).unwrap();
        let (bits, primes) = (format!("rsa_keygen_bits:{bits}"), format!("rsa_keygen_primes:{primes}"));
        openssl(&["genpkey", "-algorithm", "RSA", "-pkeyopt", &bits, "-pkeyopt", &primes, "-out", &path("key")]);
        // Raw decryption is raw signing, and `-sign` takes no more than a digest.
        let raw = ["-inkey", &path("key"), "-in", &path("block"), "-pkeyopt", "rsa_padding_mode:none"];
        openssl(&[&["pkeyutl", "-decrypt", "-out", &path("signature")][..], &raw].concat());
        openssl(&[
            "pkeyutl",
            "-verify",
            "-inkey",
            &path("key"),
            "-in",
            &path("digest"),
            "-sigfile",
            &path("signature"),
            "-pkeyopt",
            "rsa_padding_mode:pss",
            "-pkeyopt",
            &format!("digest:{hash}"),
            "-pkeyopt",
            "rsa_pss_saltlen:digest",
        ]);
    }

    #[test]
    fn openssl_takes_it_for_pss() {
        accepted::<Sha256>("sha256", 2048, 2);
        accepted::<Sha384>("sha384", 2048, 2);
        accepted::<Sha512>("sha512", 2048, 2);
    }

    #[test]
    fn a_modulus_of_any_length_will_do() {
        // From two primes openssl makes no odd number of bits above 2048.
        accepted::<Sha256>("sha256", 2049, 3);
        accepted::<Sha256>("sha256", 2047, 2);
    }

    #[test]
    fn a_small_modulus_has_no_room() {
        let digest = Sha512::digest(b"signed");
        assert_eq!(encode::<Sha512>(&digest, &[0; 64], 1024), None);
        assert!(encode::<Sha512>(&digest, &[0; 64], 8 * 130).is_some());
        assert_eq!(encode::<Sha512>(&digest, &[0; 64], 0), None);
    }
}
