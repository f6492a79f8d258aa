//! Finds the certificate that a user means by a typed text: its ID, or its fingerprint or serial number as other
//! programs print them.

use data_encoding::HEXLOWER;
use inkan_store::{CertificateId, Contents};
use sha1::{Digest, Sha1};

/// The smallest number of characters of an ID that identify a certificate.
const SHORTEST: usize = 8;
/// The number of digits of a SHA-1 fingerprint, which Windows and openssl show.
const SHA1_DIGITS: usize = 40;

/// The text that a user typed to name a certificate.
#[derive(Debug)]
struct Typed<'a> {
    /// The text as a name.
    name: &'a str,
    /// The text as hex digits in small letters, with a minus sign in front for a negative serial number; none if the
    /// text is not a hex number.
    digits: Option<String>,
}

/// How certainly a typed text means a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    /// The text is the certificate's ID, fingerprint or serial number.
    Sure,
    /// The text is the certificate's name, or a beginning of its ID that is too short.
    Doubtful,
}

/// The properties of a certificate that a typed text is compared with.
#[derive(Debug)]
struct Compared<'a> {
    id: &'a CertificateId,
    der: &'a [u8],
    serial: Option<&'a str>,
    names: [Option<&'a str>; 2],
}

/// Returns the certificates of a store that `typed` may mean, and whether it certainly means a single one.
pub(crate) fn meant(typed: &str, contents: &Contents) -> (Vec<CertificateId>, bool) {
    let typed = Typed::of(typed);
    let readable = contents.certificates.iter().map(|one| Compared {
        id: &one.id,
        der: &one.der,
        serial: Some(&one.serial),
        names: [Some(&one.name), one.person.as_deref()],
    });
    let unreadable = contents.unreadable.iter().map(|one| Compared {
        id: &one.id,
        der: &one.der,
        serial: one.serial.as_deref(),
        names: [one.common_name.as_deref(), one.label.as_deref()],
    });
    let found: Vec<(CertificateId, Match)> =
        readable.chain(unreadable).filter_map(|one| Some((one.id.clone(), typed.matches(&one)?))).collect();
    let sure = matches!(found.as_slice(), [(_, Match::Sure)]);
    (found.into_iter().map(|(id, _)| id).collect(), sure)
}

/// Returns the hex digits of a text as other programs print them, in the form of an ID: half-width small letters
/// without colons and blanks. A prefix up to `=` is dropped. Returns none for any other text.
pub(crate) fn hex_digits(typed: &str) -> Option<String> {
    let after = typed.rsplit(['=', '＝']).next().unwrap_or(typed);
    let letters = after.chars().map(half_width).filter(|letter| {
        // Windows puts an invisible mark before a fingerprint.
        !letter.is_whitespace()
            && *letter != ':'
            && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    });
    let text: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let digits = digits.strip_prefix("0x").unwrap_or(digits);
    let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| format!("{sign}{digits}"))
}

pub(crate) fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        // Input methods may write a minus sign like this, too.
        '\u{2212}' | '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}

impl<'a> Typed<'a> {
    fn of(typed: &'a str) -> Self {
        Self { name: typed.trim(), digits: hex_digits(typed) }
    }

    fn matches(&self, one: &Compared<'_>) -> Option<Match> {
        if let Some(digits) = &self.digits {
            let begins = one.id.0.starts_with(digits.as_str());
            let is_serial = || one.serial.is_some_and(|serial| without_zeros(serial) == without_zeros(digits));
            let is_sha1 = || digits.len() == SHA1_DIGITS && sha1(one.der) == *digits;
            if begins && digits.len() >= SHORTEST || is_serial() || is_sha1() {
                return Some(Match::Sure);
            }
            if begins {
                return Some(Match::Doubtful);
            }
        }
        let called = |name: &str| !self.name.is_empty() && name.trim().eq_ignore_ascii_case(self.name);
        one.names.into_iter().flatten().any(called).then_some(Match::Doubtful)
    }
}

/// Returns the sign and the digits of a serial number without leading zeros. Programs print different numbers of them.
fn without_zeros(serial: &str) -> (bool, &str) {
    let digits = serial.strip_prefix('-').unwrap_or(serial);
    (serial.starts_with('-'), digits.trim_start_matches('0'))
}

fn sha1(der: &[u8]) -> String {
    HEXLOWER.encode(&Sha1::digest(der))
}

#[cfg(test)]
mod tests {
    use inkan_store::StoredCertificate;
    use rcgen::{CertificateParams, DnType, KeyPair, SerialNumber};

    use super::*;

    fn certificate(name: &str, serial: &[u8]) -> StoredCertificate {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.serial_number = Some(SerialNumber::from(serial.to_vec()));
        let der = parameters.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec();
        StoredCertificate::parse(&der, None).unwrap()
    }

    #[test]
    fn an_id_is_taken_as_other_programs_print_fingerprints() {
        let one = certificate("hanakodt", &[0x0a, 0xff]);
        let contents = Contents { certificates: vec![one.clone(), certificate("tarodt", &[0x0b])], unreadable: vec![] };
        let pairs = |text: &str, between: &str| {
            let pairs: Vec<String> = text.as_bytes().chunks(2).map(|two| String::from_utf8_lossy(two).into()).collect();
            pairs.join(between)
        };
        let (id, sha1) = (one.id.0.as_str(), sha1(&one.der));
        let wide: String =
            id.to_uppercase().chars().map(|letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap()).collect();
        for typed in [
            id.to_owned(),
            id[..8].to_owned(),
            id.to_uppercase(),
            pairs(id, ":").to_uppercase(),
            format!("\u{200e}{}", pairs(id, " ")),
            format!("sha256 Fingerprint={}", pairs(id, ":")),
            wide,
            pairs(&sha1, ":").to_uppercase(),
            sha1,
            "0aff".to_owned(),
            "AFF".to_owned(),
            "0A:FF".to_owned(),
            "serial=0AFF".to_owned(),
            "0x0aff".to_owned(),
        ] {
            assert_eq!(meant(&typed, &contents), (vec![one.id.clone()], true), "{typed}");
        }
        for typed in ["hanakodt", "HANAKODT ", &id[..4]] {
            assert_eq!(meant(typed, &contents), (vec![one.id.clone()], false), "{typed}");
        }
        for typed in ["", ":", "zz", "-0aff", &"0".repeat(64)] {
            assert_eq!(meant(typed, &contents), (vec![], false), "{typed}");
        }
    }

    #[test]
    fn a_serial_number_that_two_have_means_neither() {
        let both = [certificate("hanakodt", &[7]), certificate("tarodt", &[7])];
        let contents = Contents { certificates: both.to_vec(), unreadable: vec![] };
        assert_eq!(meant("07", &contents), (both.map(|one| one.id).to_vec(), false));
        let named = [certificate("12345678", &[9]), certificate("tarodt", &[0x12, 0x34, 0x56, 0x78])];
        let contents = Contents { certificates: named.to_vec(), unreadable: vec![] };
        assert_eq!(meant("12345678", &contents).0.len(), 2, "the login ID of one is the serial number of the other");
    }

    #[test]
    fn a_minus_sign_belongs_to_a_serial_number() {
        assert_eq!(hex_digits("−０５").as_deref(), Some("-05"));
        assert_eq!(without_zeros("-05"), (true, "5"));
        assert_eq!(hex_digits("hanako"), None);
    }
}
