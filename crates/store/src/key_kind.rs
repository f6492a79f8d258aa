//! Reads the kind of a public key, as its SubjectPublicKeyInfo states it (RFC 5280 §4.1.2.7).

use std::fmt;
use std::ops::RangeInclusive;

use der::asn1::UintRef;
use der::{AnyRef, Decode, Reader};
use pkcs1::RsaPublicKey;
use rustls::SignatureScheme;
use x509_parser::der_parser::asn1_rs::Tag;
use x509_parser::der_parser::oid;
use x509_parser::der_parser::oid::Oid;
use x509_parser::prelude::SubjectPublicKeyInfo;

/// The sizes of RSA keys with which the stores sign, in bits. They are the limits of NSS.
const RSA_BITS: RangeInclusive<u32> = 1024..=16384;

const RSA: Oid<'static> = oid!(1.2.840.113549.1.1.1);
const RSA_PSS: Oid<'static> = oid!(1.2.840.113549.1.1.10);
const EC: Oid<'static> = oid!(1.2.840.10045.2.1);
const DSA: Oid<'static> = oid!(1.2.840.10040.4.1);

/// The kinds of key that have only one form, each with its size in bits.
const FIXED: &[(Oid<'static>, &str, u32)] = &[
    (oid!(1.3.101.112), "Ed25519", 256),
    (oid!(1.3.101.113), "Ed448", 456),
    (oid!(1.3.101.110), "X25519", 256),
    (oid!(1.3.101.111), "X448", 448),
    (oid!(1.2.840.10046.2.1), "DH", 0),
    (oid!(1.2.643.2.2.19), "GOST R 34.10-2001", 256),
    (oid!(1.2.643.7.1.1.1.1), "GOST R 34.10-2012", 256),
    (oid!(1.2.643.7.1.1.1.2), "GOST R 34.10-2012", 512),
    (oid!(2.16.840.1.101.3.4.3.17), "ML-DSA-44", 0),
    (oid!(2.16.840.1.101.3.4.3.18), "ML-DSA-65", 0),
    (oid!(2.16.840.1.101.3.4.3.19), "ML-DSA-87", 0),
];

/// The named curves (RFC 5480 §2.1.1.1, SEC 2, RFC 5639), each with the size of its field in bits.
const CURVES: &[(Oid<'static>, &str, u32)] = &[
    (oid!(1.2.840.10045.3.1.7), "P-256", 256),
    (oid!(1.3.132.0.34), "P-384", 384),
    (oid!(1.3.132.0.35), "P-521", 521),
    (oid!(1.2.840.10045.3.1.1), "P-192", 192),
    (oid!(1.3.132.0.33), "P-224", 224),
    (oid!(1.3.132.0.31), "secp192k1", 192),
    (oid!(1.3.132.0.32), "secp224k1", 224),
    (oid!(1.3.132.0.10), "secp256k1", 256),
    (oid!(1.3.36.3.3.2.8.1.1.1), "brainpoolP160r1", 160),
    (oid!(1.3.36.3.3.2.8.1.1.3), "brainpoolP192r1", 192),
    (oid!(1.3.36.3.3.2.8.1.1.5), "brainpoolP224r1", 224),
    (oid!(1.3.36.3.3.2.8.1.1.7), "brainpoolP256r1", 256),
    (oid!(1.3.36.3.3.2.8.1.1.8), "brainpoolP256t1", 256),
    (oid!(1.3.36.3.3.2.8.1.1.9), "brainpoolP320r1", 320),
    (oid!(1.3.36.3.3.2.8.1.1.11), "brainpoolP384r1", 384),
    (oid!(1.3.36.3.3.2.8.1.1.12), "brainpoolP384t1", 384),
    (oid!(1.3.36.3.3.2.8.1.1.13), "brainpoolP512r1", 512),
    (oid!(1.3.36.3.3.2.8.1.1.14), "brainpoolP512t1", 512),
    (oid!(1.2.156.10197.1.301), "SM2", 256),
];

/// The kinds of key for which [`KeyKind::schemes`] returns a signature scheme, by their usual names.
pub const SUPPORTED_KEY_KINDS: &str = "RSA 1024–16384, EC P-256, EC P-384";

/// The kind of a public key, read from the key's OIDs and parameters and never guessed from a length.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// `rsaEncryption`.
    Rsa {
        /// The size of the modulus.
        bits: u32,
    },
    /// `id-RSASSA-PSS` (RFC 4055 §3.1), whose keys sign with PSS padding only.
    RsaPss {
        /// The size of the modulus.
        bits: u32,
    },
    /// `id-ecPublicKey` (RFC 5480 §2.1.1).
    Ec {
        /// The curve.
        curve: Curve,
        /// The form of the point.
        form: PointForm,
    },
    /// `id-dsa`.
    Dsa {
        /// The size of the prime.
        bits: u32,
    },
    /// A kind that has only one form, such as Ed25519.
    Fixed {
        /// The usual name of the kind.
        name: &'static str,
        /// The size in bits; 0 if the kind has no meaningful size.
        bits: u32,
    },
    /// Any other OID.
    Other(String),
}

/// A curve.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Curve {
    /// A curve with a name.
    Named {
        /// The usual name of the curve.
        name: &'static str,
        /// The size of the curve's field, in bits.
        bits: u32,
    },
    /// A curve given by explicit parameters, which certificates must not contain (RFC 5480 §2.1.1).
    Explicit {
        /// The size of the curve's field, in bits; 0 if it cannot be read.
        bits: u32,
    },
    /// Any other OID.
    Other(String),
}

/// The form of the point of an EC key (SEC 1 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointForm {
    /// Uncompressed: both coordinates, each as long as the curve's field.
    Uncompressed,
    /// Compressed: one coordinate and a sign.
    Compressed,
    /// The point has neither of these forms.
    Invalid,
}

impl KeyKind {
    /// Reads the kind of a certificate's key.
    pub(crate) fn of(info: &SubjectPublicKeyInfo<'_>) -> Self {
        let kind = &info.algorithm.algorithm;
        let key = info.subject_public_key.data.as_ref();
        let parameters = info.algorithm.parameters.as_ref();
        if *kind == RSA {
            Self::Rsa { bits: modulus_bits(key) }
        } else if *kind == RSA_PSS {
            Self::RsaPss { bits: modulus_bits(key) }
        } else if *kind == EC {
            let named = parameters.filter(|found| found.tag() == Tag::Oid).and_then(|found| found.as_oid().ok());
            let explicit = || parameters.and_then(|found| field_bits(found.data)).unwrap_or(0);
            let curve = named.map_or_else(|| Curve::Explicit { bits: explicit() }, |oid| Curve::of(&oid));
            let form = PointForm::of(key, &curve);
            Self::Ec { curve, form }
        } else if *kind == DSA {
            let prime = parameters.and_then(|found| UintRef::from_der(first_part(found.data)?).ok());
            Self::Dsa { bits: prime.map_or(0, |prime| number_bits(prime.as_bytes())) }
        } else if let Some((_, name, bits)) = FIXED.iter().find(|(oid, ..)| oid == kind) {
            Self::Fixed { name, bits: *bits }
        } else {
            Self::Other(kind.to_id_string())
        }
    }

    /// Returns the algorithm: `RSA`, `EC` or another name, or an OID if its name is not known here.
    pub fn algorithm(&self) -> &str {
        match self {
            Self::Rsa { .. } => "RSA",
            Self::RsaPss { .. } => "RSASSA-PSS",
            Self::Ec { .. } => "EC",
            Self::Dsa { .. } => "DSA",
            Self::Fixed { name, .. } => name,
            Self::Other(oid) => oid,
        }
    }

    /// Returns the size in bits, or 0 if it is not known.
    pub fn bits(&self) -> u32 {
        match self {
            Self::Rsa { bits } | Self::RsaPss { bits } | Self::Dsa { bits } | Self::Fixed { bits, .. } => *bits,
            Self::Ec { curve: Curve::Named { bits, .. } | Curve::Explicit { bits }, .. } => *bits,
            Self::Ec { curve: Curve::Other(_), .. } | Self::Other(_) => 0,
        }
    }

    /// Returns whether a store here can sign for TLS with a key of this kind.
    pub fn is_supported(&self) -> bool {
        !self.schemes(true).is_empty()
    }

    /// Returns the TLS signature schemes of a key of this kind, the best first. The list is empty if Inkan cannot sign
    /// with this kind. `pss` says whether the store can make RSA-PSS signatures.
    pub fn schemes(&self, pss: bool) -> Vec<SignatureScheme> {
        use SignatureScheme as S;
        match self {
            Self::Ec { curve: Curve::Named { name: "P-256", .. }, form: PointForm::Uncompressed } => {
                vec![S::ECDSA_NISTP256_SHA256]
            }
            Self::Ec { curve: Curve::Named { name: "P-384", .. }, form: PointForm::Uncompressed } => {
                vec![S::ECDSA_NISTP384_SHA384]
            }
            Self::Rsa { bits } if RSA_BITS.contains(bits) => {
                let mut schemes = Vec::new();
                if pss {
                    schemes.extend([S::RSA_PSS_SHA256, S::RSA_PSS_SHA384]);
                    // Two digests and two bytes must fit into the modulus (RFC 8017 §9.1.1), and do not into 1024 bits.
                    schemes.extend((*bits >= 8 * (2 * 64 + 2)).then_some(S::RSA_PSS_SHA512));
                }
                schemes.extend([S::RSA_PKCS1_SHA256, S::RSA_PKCS1_SHA384, S::RSA_PKCS1_SHA512]);
                schemes
            }
            _ => Vec::new(),
        }
    }
}

/// Writes the usual name of the kind: `EC P-521`, `RSA 2048`, `Ed25519`.
impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } | Self::RsaPss { bits } | Self::Dsa { bits } => {
                write!(f, "{} {bits}", self.algorithm())
            }
            Self::Ec { curve, form } => {
                let curve = match curve {
                    Curve::Named { name, .. } => name,
                    Curve::Explicit { .. } => "explicit parameters",
                    Curve::Other(oid) => oid.as_str(),
                };
                let form = match form {
                    PointForm::Uncompressed => "",
                    PointForm::Compressed => " (compressed point)",
                    PointForm::Invalid => " (invalid point)",
                };
                write!(f, "EC {curve}{form}")
            }
            Self::Fixed { name, .. } => f.write_str(name),
            Self::Other(oid) => f.write_str(oid),
        }
    }
}

impl Curve {
    /// Returns the curve of that OID.
    pub(crate) fn of(oid: &Oid<'_>) -> Self {
        match CURVES.iter().find(|(known, ..)| known == oid) {
            Some((_, name, bits)) => Self::Named { name, bits: *bits },
            None => Self::Other(oid.to_id_string()),
        }
    }

    /// Returns the length of one coordinate in bytes, if that is known.
    fn coordinate(&self) -> Option<usize> {
        match self {
            Self::Named { bits, .. } | Self::Explicit { bits } if *bits > 0 => Some(bits.div_ceil(8) as usize),
            _ => None,
        }
    }
}

impl PointForm {
    /// Reads the form of `point`. If the curve's size is not known, any length is accepted.
    pub(crate) fn of(point: &[u8], curve: &Curve) -> Self {
        let Some((first, coordinates)) = point.split_first() else { return Self::Invalid };
        let are = |count: usize| match curve.coordinate() {
            Some(length) => coordinates.len() == count * length,
            None => !coordinates.is_empty() && coordinates.len().is_multiple_of(count),
        };
        match first {
            4 if are(2) => Self::Uncompressed,
            2 | 3 if are(1) => Self::Compressed,
            _ => Self::Invalid,
        }
    }
}

fn modulus_bits(key: &[u8]) -> u32 {
    RsaPublicKey::from_der(key).map_or(0, |key| number_bits(key.modulus.as_bytes()))
}

fn number_bits(number: &[u8]) -> u32 {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let significant = &number[zeros..];
    let bits = u32::try_from(significant.len()).unwrap_or(u32::MAX).saturating_mul(8);
    bits.saturating_sub(significant.first().map_or(0, |first| first.leading_zeros()))
}

/// Returns the size of the prime field in explicit curve parameters. ECParameters (X9.62) begin with a version and a
/// FieldID, which is an OID and the prime.
fn field_bits(parameters: &[u8]) -> Option<u32> {
    let mut reader = der::SliceReader::new(parameters).ok()?;
    let _version: AnyRef<'_> = reader.decode().ok()?;
    let field: AnyRef<'_> = reader.decode().ok()?;
    let mut reader = der::SliceReader::new(field.value()).ok()?;
    let _kind: AnyRef<'_> = reader.decode().ok()?;
    let prime: UintRef<'_> = reader.decode().ok()?;
    Some(number_bits(prime.as_bytes()))
}

/// Returns the first value inside a SEQUENCE's content, with its tag and length.
fn first_part(content: &[u8]) -> Option<&[u8]> {
    der::SliceReader::new(content).ok()?.tlv_bytes().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use der::Encode;
    use der::asn1::{BitStringRef, ObjectIdentifier};
    use x509_parser::prelude::FromDer;

    use crate::public_key::sequence;

    fn info(algorithm: &[Vec<u8>], key: &[u8]) -> Vec<u8> {
        sequence(&[sequence(algorithm).unwrap(), BitStringRef::from_bytes(key).unwrap().to_der().unwrap()]).unwrap()
    }

    fn oid(text: &str) -> Vec<u8> {
        ObjectIdentifier::new(text).unwrap().to_der().unwrap()
    }

    fn kind(der: &[u8]) -> KeyKind {
        KeyKind::of(&SubjectPublicKeyInfo::from_der(der).unwrap().1)
    }

    fn ec(curve: Vec<u8>, point: &[u8]) -> KeyKind {
        kind(&info(&[oid("1.2.840.10045.2.1"), curve], point))
    }

    fn point(length: usize) -> Vec<u8> {
        [vec![4], vec![7; length - 1]].concat()
    }

    fn rsa(algorithm: &str, bits: usize) -> KeyKind {
        let modulus = [vec![0x80], vec![1; bits / 8 - 1]].concat();
        let key = sequence(&[UintRef::new(&modulus).unwrap().to_der().unwrap(), vec![2, 1, 3]]).unwrap();
        kind(&info(&[oid(algorithm)], &key))
    }

    /// Curves of the same size differ by their OIDs.
    #[test]
    fn the_curve_is_read_and_not_guessed() {
        for (curve, length, name, bits, works) in [
            ("1.2.840.10045.3.1.7", 65, "EC P-256", 256, true),
            ("1.3.132.0.10", 65, "EC secp256k1", 256, false),
            ("1.3.36.3.3.2.8.1.1.7", 65, "EC brainpoolP256r1", 256, false),
            ("1.2.156.10197.1.301", 65, "EC SM2", 256, false),
            ("1.3.132.0.34", 97, "EC P-384", 384, true),
            ("1.3.36.3.3.2.8.1.1.11", 97, "EC brainpoolP384r1", 384, false),
            ("1.3.36.3.3.2.8.1.1.13", 129, "EC brainpoolP512r1", 512, false),
            ("1.3.132.0.35", 133, "EC P-521", 521, false),
            ("1.2.3.4", 65, "EC 1.2.3.4", 0, false),
        ] {
            let found = ec(oid(curve), &point(length));
            assert_eq!((found.to_string().as_str(), found.bits(), found.is_supported()), (name, bits, works));
            assert_eq!(found.algorithm(), "EC");
        }
    }

    #[test]
    fn only_a_whole_point_of_the_curves_own_length_signs() {
        let p256 = || oid("1.2.840.10045.3.1.7");
        for (bytes, name) in [
            ([vec![2], vec![7; 32]].concat(), "EC P-256 (compressed point)"),
            ([vec![3], vec![7; 32]].concat(), "EC P-256 (compressed point)"),
            (point(97), "EC P-256 (invalid point)"),
            (vec![0], "EC P-256 (invalid point)"),
            (vec![], "EC P-256 (invalid point)"),
        ] {
            let found = ec(p256(), &bytes);
            assert_eq!((found.to_string().as_str(), found.is_supported()), (name, false));
        }
    }

    #[test]
    fn a_curve_that_is_written_out_has_the_size_of_its_prime() {
        let prime = [vec![2, 33, 0], vec![0xff; 32]].concat();
        let field = sequence(&[oid("1.2.840.10045.1.1"), prime]).unwrap();
        let found = ec(sequence(&[vec![2, 1, 1], field]).unwrap(), &point(65));
        assert_eq!((found.to_string().as_str(), found.bits()), ("EC explicit parameters", 256));
        assert!(!found.is_supported());
        assert_eq!(ec(sequence(&[]).unwrap(), &point(65)).bits(), 0);
    }

    #[test]
    fn rsa_of_the_sizes_that_stores_take_signs() {
        let works = |bits| rsa("1.2.840.113549.1.1.1", bits).schemes(true).len();
        assert_eq!([512, 1016, 1024, 1040, 2048, 16384, 16392].map(works), [0, 0, 5, 6, 6, 6, 0]);
        assert_eq!(rsa("1.2.840.113549.1.1.1", 2048).to_string(), "RSA 2048");
        assert_eq!(rsa("1.2.840.113549.1.1.1", 2048).schemes(true)[0], SignatureScheme::RSA_PSS_SHA256);
        assert_eq!(rsa("1.2.840.113549.1.1.1", 2048).schemes(false).len(), 3);
        let pss = rsa("1.2.840.113549.1.1.10", 3072);
        assert_eq!((pss.to_string().as_str(), pss.bits(), pss.is_supported()), ("RSASSA-PSS 3072", 3072, false));
    }

    #[test]
    fn every_other_kind_has_its_name() {
        let named = |text: &str| kind(&info(&[oid(text)], &[0; 32])).to_string();
        assert_eq!(named("1.3.101.112"), "Ed25519");
        assert_eq!(named("1.3.101.113"), "Ed448");
        assert_eq!(named("1.2.3.4"), "1.2.3.4");
        assert_eq!(named("1.2.840.113549.1.1.1"), "RSA 0", "no RSA key inside");
        let prime = [vec![2, 129, 129, 0], vec![0xff; 128]].concat();
        let dsa = kind(&info(&[oid("1.2.840.10040.4.1"), sequence(&[prime]).unwrap()], &[2, 1, 5]));
        assert_eq!((dsa.to_string().as_str(), dsa.is_supported()), ("DSA 1024", false));
    }

    #[test]
    fn the_kinds_that_work_are_those_that_are_named() {
        for (_, name, bits) in CURVES {
            let length = bits.div_ceil(8) as usize;
            let curve = Curve::Named { name, bits: *bits };
            let found = KeyKind::Ec { form: PointForm::of(&point(1 + 2 * length), &curve), curve };
            assert_eq!(SUPPORTED_KEY_KINDS.split(", ").any(|named| named == found.to_string()), found.is_supported());
        }
        let sizes = format!("RSA {}–{}", RSA_BITS.start(), RSA_BITS.end());
        assert!(SUPPORTED_KEY_KINDS.starts_with(&sizes));
    }
}
