//! The names of signature schemes, and the kinds of key that can sign by them.

use inkan_store::StoredCertificate;
use rustls::SignatureScheme;

/// Returns the name from IANA's registry of signature schemes, or the number of a scheme that this list does not name.
pub(crate) fn iana_name(scheme: SignatureScheme) -> String {
    use SignatureScheme as S;
    let name = match scheme {
        S::RSA_PKCS1_SHA1 => "rsa_pkcs1_sha1",
        S::ECDSA_SHA1_Legacy => "ecdsa_sha1",
        S::RSA_PKCS1_SHA256 => "rsa_pkcs1_sha256",
        S::RSA_PKCS1_SHA384 => "rsa_pkcs1_sha384",
        S::RSA_PKCS1_SHA512 => "rsa_pkcs1_sha512",
        S::ECDSA_NISTP256_SHA256 => "ecdsa_secp256r1_sha256",
        S::ECDSA_NISTP384_SHA384 => "ecdsa_secp384r1_sha384",
        S::ECDSA_NISTP521_SHA512 => "ecdsa_secp521r1_sha512",
        S::RSA_PSS_SHA256 => "rsa_pss_rsae_sha256",
        S::RSA_PSS_SHA384 => "rsa_pss_rsae_sha384",
        S::RSA_PSS_SHA512 => "rsa_pss_rsae_sha512",
        S::ED25519 => "ed25519",
        S::ED448 => "ed448",
        other => match u16::from(other) {
            0x0809 => "rsa_pss_pss_sha256",
            0x080a => "rsa_pss_pss_sha384",
            0x080b => "rsa_pss_pss_sha512",
            number => return format!("0x{number:04x}"),
        },
    };
    name.to_owned()
}

/// Returns whether a key of the certificate's kind can sign by one of `schemes`. The key itself is not opened, since
/// the store may ask for a PIN.
pub(crate) fn suits(certificate: &StoredCertificate, schemes: &[SignatureScheme]) -> bool {
    certificate.key_kind.schemes(true).iter().any(|scheme| schemes.contains(scheme))
}
