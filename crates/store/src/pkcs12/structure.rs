//! The types of PKCS#12 (RFC 7292 §4, appendix D), as far as they are needed.

use der::asn1::{ObjectIdentifier, OctetStringRef, UintRef};
use der::{AnyRef, Sequence};
use pkcs8::AlgorithmIdentifierRef;

#[derive(Sequence)]
pub(super) struct Pfx<'a> {
    pub(super) version: u8,
    pub(super) auth_safe: ContentInfo<'a>,
    #[asn1(optional = "true")]
    pub(super) mac: Option<MacData<'a>>,
}

#[derive(Sequence)]
pub(super) struct ContentInfo<'a> {
    pub(super) kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(super) content: Option<AnyRef<'a>>,
}

#[derive(Sequence)]
pub(super) struct MacData<'a> {
    pub(super) mac: DigestInfo<'a>,
    pub(super) salt: OctetStringRef<'a>,
    /// The number of iterations; 1 if it is absent.
    #[asn1(optional = "true")]
    pub(super) iterations: Option<UintRef<'a>>,
}

#[derive(Sequence)]
pub(super) struct DigestInfo<'a> {
    pub(super) algorithm: AlgorithmIdentifierRef<'a>,
    pub(super) digest: OctetStringRef<'a>,
}

/// The EncryptedData of RFC 5652 §8.
#[derive(Sequence)]
pub(super) struct EncryptedData<'a> {
    pub(super) version: u8,
    pub(super) content: EncryptedContentInfo<'a>,
    #[asn1(optional = "true")]
    pub(super) attributes: Option<AnyRef<'a>>,
}

#[derive(Sequence)]
pub(super) struct EncryptedContentInfo<'a> {
    pub(super) kind: ObjectIdentifier,
    pub(super) algorithm: AlgorithmIdentifierRef<'a>,
    /// `[0] IMPLICIT OCTET STRING`, in one piece or in several.
    pub(super) encrypted: AnyRef<'a>,
}

/// The EncryptedPrivateKeyInfo of RFC 5958 §3.
#[derive(Sequence)]
pub(super) struct EncryptedPrivateKeyInfo<'a> {
    pub(super) algorithm: AlgorithmIdentifierRef<'a>,
    pub(super) encrypted: OctetStringRef<'a>,
}

#[derive(Sequence)]
pub(super) struct SafeBag<'a> {
    pub(super) kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub(super) value: AnyRef<'a>,
    /// The attributes, a `SET OF Attribute`.
    #[asn1(optional = "true")]
    pub(super) attributes: Option<AnyRef<'a>>,
}

#[derive(Sequence)]
pub(super) struct CertBag<'a> {
    pub(super) kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub(super) value: OctetStringRef<'a>,
}

#[derive(Sequence)]
pub(super) struct Attribute<'a> {
    pub(super) kind: ObjectIdentifier,
    /// The values, a `SET OF ANY`.
    pub(super) values: AnyRef<'a>,
}

/// The parameters of PBES2 (RFC 8018 §A.4) or PBMAC1 (§A.5): the derivation, and the cipher or the MAC.
#[derive(Sequence)]
pub(super) struct TwoAlgorithms<'a> {
    pub(super) derivation: AlgorithmIdentifierRef<'a>,
    pub(super) use_of_key: AlgorithmIdentifierRef<'a>,
}

/// The parameters of PBKDF2 (RFC 8018 §A.2).
#[derive(Sequence)]
pub(super) struct Pbkdf2Parameters<'a> {
    pub(super) salt: OctetStringRef<'a>,
    pub(super) iterations: UintRef<'a>,
    #[asn1(optional = "true")]
    pub(super) key_length: Option<u16>,
    /// The pseudorandom function; HMAC-SHA-1 if it is absent.
    #[asn1(optional = "true")]
    pub(super) prf: Option<AlgorithmIdentifierRef<'a>>,
}

/// The parameters of RFC 7292 appendix C.
#[derive(Sequence)]
pub(super) struct Pbes1Parameters<'a> {
    pub(super) salt: OctetStringRef<'a>,
    pub(super) iterations: UintRef<'a>,
}

/// The parameters of RC2 (RFC 8018 §B.2.3).
#[derive(Sequence)]
pub(super) struct Rc2Parameters<'a> {
    #[asn1(optional = "true")]
    pub(super) version: Option<u32>,
    pub(super) iv: OctetStringRef<'a>,
}
