//! Reads the parts of a certificate that does not parse as a whole. A store may keep such a certificate, and a user
//! must be able to recognise it.

use crate::asn1_time::moment;
use crate::public_key::PublicKey;

const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// The tag `[0]` of a TBSCertificate (RFC 5280 §4.1). The tags `[1]`, `[2]` and `[3]` follow.
const VERSION: u8 = 0xa0;
const UNIQUE_IDENTIFIERS: [u8; 4] = [0x81, 0xa1, 0x82, 0xa2];
const EXTENSIONS: u8 = 0xa3;
/// The content of the OID `id-ce-basicConstraints` (RFC 5280 §4.2.1.9).
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
/// The greatest number of bytes of a date that are shown. A valid date has at most 15.
const LONGEST_DATE: usize = 40;

/// The parts of a certificate, up to the first part that does not have the form of RFC 5280 §4.1.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    /// The content of the INTEGER of the serial number.
    pub(crate) serial: Option<&'a [u8]>,
    /// The DER of the issuer's name.
    pub(crate) issuer: Option<&'a [u8]>,
    /// The first and the last moment of validity, as they are written.
    pub(crate) dates: Option<[Date<'a>; 2]>,
    /// The DER of the subject's name.
    pub(crate) subject: Option<&'a [u8]>,
    /// The DER of the part that is signed (RFC 5280 §4.1.1.1).
    pub(crate) signed: Option<&'a [u8]>,
    /// The DER of the SubjectPublicKeyInfo.
    key: Option<&'a [u8]>,
    extensions: Option<&'a [u8]>,
    /// Whether other bytes follow the certificate.
    pub(crate) is_followed: bool,
}

/// A date as it is written in a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
}

/// Returns whether two certificates have the same issuer and serial number. NSS and other programs distinguish
/// certificates by these. Returns false if the issuer or the serial number of one of them cannot be read.
pub fn same_serial_number(one: &[u8], other: &[u8]) -> bool {
    let named = |der| {
        let parts = Parts::of(der);
        parts.issuer.zip(parts.serial).map(|(issuer, serial)| (issuer.to_vec(), serial.to_vec()))
    };
    named(one).is_some_and(|one| named(other) == Some(one))
}

impl<'a> Parts<'a> {
    /// Reads as many parts as possible of `der`, whose end may be missing.
    pub(crate) fn of(der: &'a [u8]) -> Self {
        let mut parts = Self::default();
        parts.read(der);
        parts
    }

    /// Returns the public key; none if it cannot be read.
    pub(crate) fn public_key(&self) -> Option<PublicKey> {
        PublicKey::read(self.key?)
    }

    /// Returns whether the certificate may issue certificates (RFC 5280 §4.2.1.9).
    pub(crate) fn is_authority(&self) -> bool {
        self.authority().unwrap_or(false)
    }

    /// Returns the certificate `der`, whose parts these are, with other dates. `dates` is the DER of the new dates.
    pub(crate) fn with_validity(&self, der: &[u8], dates: &[u8]) -> Option<Vec<u8>> {
        let (whole, after) = Value::of(der, SEQUENCE)?;
        let (tbs, signature) = Value::of(whole.content, SEQUENCE)?;
        let subject = self.subject?;
        let issuer_end = offset_in(tbs.content, self.issuer?)?.checked_add(self.issuer?.len())?;
        let before = tbs.content.get(..issuer_end)?;
        let behind = tbs.content.get(offset_in(tbs.content, subject)?..)?;
        let tbs = sequence(&[before, &sequence(&[dates]), behind]);
        Some([sequence(&[&tbs, signature]).as_slice(), after].concat())
    }

    fn authority(&self) -> Option<bool> {
        let mut rest = Value::first(self.extensions?)?.0.content;
        while let Some((extension, after)) = Value::first(rest) {
            rest = after;
            let Some((oid, mut inside)) = Value::first(extension.content) else { continue };
            if oid.tag != OID || oid.content != BASIC_CONSTRAINTS {
                continue;
            }
            // `critical` may precede the value.
            while let Some((value, after)) = Value::first(inside) {
                if value.tag == OCTET_STRING {
                    let (ca, _) = Value::first(Value::first(value.content)?.0.content)?;
                    return Some(ca.tag == BOOLEAN && ca.content.iter().any(|byte| *byte != 0));
                }
                inside = after;
            }
        }
        None
    }

    fn read(&mut self, der: &'a [u8]) -> Option<()> {
        let (whole, after) = Value::cut(der, SEQUENCE)?;
        self.is_followed = !after.is_empty();
        let (tbs, _) = Value::cut(whole, SEQUENCE)?;
        self.signed = Value::first(whole).map(|(value, _)| value.whole);
        let rest = match Value::first(tbs)? {
            (version, rest) if version.tag == VERSION => rest,
            _ => tbs,
        };
        let (serial, rest) = Value::of(rest, INTEGER)?;
        self.serial = Some(serial.content);
        let (_, rest) = Value::of(rest, SEQUENCE)?;
        let (issuer, rest) = Value::of(rest, SEQUENCE)?;
        self.issuer = Some(issuer.whole);
        let (validity, rest) = Value::of(rest, SEQUENCE)?;
        self.dates = dates(validity.content);
        let (subject, rest) = Value::of(rest, SEQUENCE)?;
        self.subject = Some(subject.whole);
        let (key, mut rest) = Value::of(rest, SEQUENCE)?;
        self.key = Some(key.whole);
        while let Some((value, after)) = Value::first(rest) {
            match value.tag {
                EXTENSIONS => self.extensions = Some(value.content),
                tag if UNIQUE_IDENTIFIERS.contains(&tag) => {}
                _ => return None,
            }
            rest = after;
        }
        Some(())
    }
}

fn dates(validity: &[u8]) -> Option<[Date<'_>; 2]> {
    let (first, rest) = Value::first(validity)?;
    let (last, _) = Value::first(rest)?;
    Some([first, last].map(|value| Date { tag: value.tag, content: value.content }))
}

impl Date<'_> {
    /// Returns the date as it is written, for a person to see. Bytes that are not printable ASCII are escaped, such as
    /// `\x1b`, and a long text is cut.
    pub(crate) fn text(&self) -> String {
        match self.content.get(..LONGEST_DATE) {
            Some(beginning) if self.content.len() > LONGEST_DATE => format!("{}…", beginning.escape_ascii()),
            _ => self.content.escape_ascii().to_string(),
        }
    }

    /// Returns whether the date can be read as a moment.
    pub(crate) fn is_readable(&self) -> bool {
        moment(self.tag, self.content).is_some()
    }
}

/// A value with a tag of one byte and a definite length. The length may have more bytes than DER allows.
struct Value<'a> {
    tag: u8,
    content: &'a [u8],
    whole: &'a [u8],
}

impl<'a> Value<'a> {
    fn of(input: &'a [u8], tag: u8) -> Option<(Self, &'a [u8])> {
        Self::first(input).filter(|(value, _)| value.tag == tag)
    }

    fn first(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (tag, head, length) = header(input)?;
        let end = head.checked_add(length)?;
        let (whole, rest) = input.split_at_checked(end)?;
        Some((Self { tag, content: &whole[head..], whole }, rest))
    }

    /// Returns the content of a value whose end may be missing, and the bytes after it.
    fn cut(input: &'a [u8], tag: u8) -> Option<(&'a [u8], &'a [u8])> {
        let (found, head, length) = header(input)?;
        let inside = input.get(head..).filter(|_| found == tag)?;
        Some(inside.split_at(length.min(inside.len())))
    }
}

/// Returns the DER of a SEQUENCE of these parts.
fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len().to_be_bytes();
    let significant = &length[length.iter().take_while(|byte| **byte == 0).count()..];
    let head = match significant {
        [] => vec![SEQUENCE, 0],
        [short] if *short < 0x80 => vec![SEQUENCE, *short],
        long => [&[SEQUENCE, 0x80 | long.len().to_le_bytes()[0]], long].concat(),
    };
    [head, content].concat()
}

/// Returns the offset in `whole` at which `part` begins.
fn offset_in(whole: &[u8], part: &[u8]) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize).filter(|offset| *offset <= whole.len())
}

/// Returns the tag, the length of the header, and the length of the content.
fn header(input: &[u8]) -> Option<(u8, usize, usize)> {
    let (&tag, &first) = (input.first()?, input.get(1)?);
    let count = usize::from(first & 0x7f);
    if first < 0x80 {
        return Some((tag, 2, count));
    }
    let bytes = input.get(2..2 + count).filter(|bytes| !bytes.is_empty() && bytes.len() <= 8)?;
    let length = bytes.iter().fold(0_u64, |length, byte| length << 8 | u64::from(*byte));
    Some((tag, 2 + count, usize::try_from(length).ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, SerialNumber};

    use super::*;
    use crate::asn1_time::UTC_TIME;

    fn certificate(is_ca: IsCa) -> Vec<u8> {
        let mut parameters = CertificateParams::default();
        parameters.serial_number = Some(SerialNumber::from(vec![0x0a, 0xff]));
        parameters.is_ca = is_ca;
        parameters.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    #[test]
    fn the_parts_are_those_that_a_parser_finds() {
        let der = certificate(IsCa::NoCa);
        let parsed = crate::certificate::parse(&der).unwrap();
        let parts = Parts::of(&der);
        assert_eq!(parts.serial, Some(&[0x0a, 0xff][..]));
        assert_eq!(parts.issuer, Some(parsed.issuer().as_raw()));
        assert_eq!(parts.subject, Some(parsed.subject().as_raw()));
        assert_eq!(parts.public_key(), Some(PublicKey::of(parsed.public_key())));
        assert!(parts.dates.unwrap().iter().all(Date::is_readable));
        assert!(!parts.is_followed && Parts::of(&[der.as_slice(), &[0]].concat()).is_followed);
        assert!(!parts.is_authority());
        assert!(Parts::of(&certificate(IsCa::Ca(BasicConstraints::Unconstrained))).is_authority());
        assert!(!Parts::of(&certificate(IsCa::ExplicitNoCa)).is_authority());
    }

    #[test]
    fn a_date_is_shown_whatever_it_holds() {
        let text = |content: &[u8]| Date { tag: UTC_TIME, content }.text();
        assert_eq!(text(b"270131000000Z"), "270131000000Z");
        assert_eq!(text(b"2701\x1b[2J000Z"), r"2701\x1b[2J000Z");
        assert_eq!(text(&[0xff]), r"\xff");
        assert_eq!(text(b""), "");
        assert_eq!(text(&[b'0'; 41]), format!("{}…", "0".repeat(40)));
    }

    proptest! {
        #[test]
        fn anything_at_all_has_some_parts(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let parts = Parts::of(&bytes);
            let _ = (parts.is_authority(), parts.public_key());
        }

        #[test]
        fn a_cut_certificate_keeps_what_is_before_the_cut(cut in any::<prop::sample::Index>()) {
            let der = certificate(IsCa::NoCa);
            let cut = cut.index(der.len());
            let (whole, part) = (Parts::of(&der), Parts::of(&der[..cut]));
            prop_assert!(part.subject.is_none() || part.subject == whole.subject);
            prop_assert!(part.serial.is_none() || part.serial == whole.serial);
            prop_assert!(cut < 200 || part.subject.is_some());
        }
    }
}
