#![no_main]
//! A certificate that a bank's CA has signed, whatever is in it. What the client installs is read once more by another
//! library.

use std::sync::LazyLock;

use data_encoding::BASE64;
use inkan_bank::fuzzing as bank;
use inkan_client::fuzzing::KnownBank;
use inkan_fuzz::{authority, signed_anew};
use inkan_profile::Profile;
use inkan_protocol::certs_only;
use libfuzzer_sys::fuzz_target;
use time::OffsetDateTime;
use time::macros::datetime;
use x509_cert::Certificate;
use x509_cert::attr::AttributeValue;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::oid::AssociatedOid;
use x509_cert::der::oid::db::rfc4519::COMMON_NAME;
use x509_cert::der::oid::db::rfc5280::{ANY_EXTENDED_KEY_USAGE, ID_KP_CLIENT_AUTH};
use x509_cert::der::{Decode, Tag, Tagged};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

const USER: &str = "hanakodt";
const NOW: OffsetDateTime = datetime!(2027-01-01 0:00 UTC);
/// The client allows that much for the difference between two clocks, at most.
const ALLOWANCE: time::Duration = time::Duration::days(1);

static BANK: LazyLock<KnownBank> = LazyLock::new(|| {
    let profile = Profile::from_toml(include_str!("../../profiles/okmate.toml")).expect("a profile of this project");
    let authorities = certs_only::encode([authority().as_slice()]).expect("a certificate");
    KnownBank::new(profile, BASE64.encode(&authorities).as_bytes()).expect("a bank with a CA")
});

fuzz_target!(|certificate: &[u8]| {
    let Some(signed) = signed_anew(certificate) else { return };
    let Ok(answer) = certs_only::encode([signed.as_slice()]) else { return };
    for installed in BANK.installed(BASE64.encode(&answer).as_bytes(), USER, NOW) {
        assert_eq!(installed, signed, "what is installed is what the CA signed");
        assert_eq!(bank::holder(&installed).as_deref(), Some(USER), "the bank reads the same name");
        check(&Certificate::from_der(&installed).expect("what is installed is a certificate"));
    }
});

/// Checks what the client promises of a certificate that it installs.
fn check(certificate: &Certificate) {
    let content = &certificate.tbs_certificate;
    let names: Vec<_> = content.subject.0.iter().flat_map(|part| part.0.iter()).collect();
    let names: Vec<_> = names.into_iter().filter(|one| one.oid == COMMON_NAME).collect();
    assert!(names.len() == 1 && text(&names[0].value) == USER, "one common name, the user's");
    let [from, until] = [content.validity.not_before, content.validity.not_after]
        .map(|moment| OffsetDateTime::UNIX_EPOCH + moment.to_unix_duration());
    assert!(from <= until && from <= NOW + ALLOWANCE && NOW <= until, "valid now");
    for value in extensions(content, BasicConstraints::OID) {
        assert!(BasicConstraints::from_der(value).is_ok_and(|read| !read.ca), "not a CA");
    }
    for value in extensions(content, ExtendedKeyUsage::OID) {
        let read = ExtendedKeyUsage::from_der(value).expect("a purpose that can be read");
        assert!(read.0.iter().any(|purpose| [ID_KP_CLIENT_AUTH, ANY_EXTENDED_KEY_USAGE].contains(purpose)));
    }
    for value in extensions(content, KeyUsage::OID) {
        assert!(KeyUsage::from_der(value).is_ok_and(|read| read.digital_signature()), "a key that signs");
    }
}

fn extensions(content: &x509_cert::TbsCertificate, kind: ObjectIdentifier) -> impl Iterator<Item = &[u8]> {
    let all = content.extensions.iter().flatten().filter(move |one| one.extn_id == kind);
    all.map(|one| one.extn_value.as_bytes())
}

/// Returns the text of an attribute (X.520).
fn text(value: &AttributeValue) -> String {
    let bytes = value.value();
    match value.tag() {
        Tag::BmpString => {
            let units: Vec<_> = bytes.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
