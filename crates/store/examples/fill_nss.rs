//! Fills a new NSS database with many certificates on one key, for measurements: `fill_nss DIRECTORY COUNT`.

use std::error::Error;
use std::path::PathBuf;

use cryptoki::context::Pkcs11;
use cryptoki::object::{Attribute, CertificateType, ObjectClass};
use inkan_store::{KeyAlgorithm, Location};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, Issuer, KeyPair, SerialNumber, SubjectPublicKeyInfo};
use sha1::{Digest, Sha1};

/// The length of an uncompressed point of P-256, in bytes. The SubjectPublicKeyInfo ends with the point.
const POINT: usize = 65;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory: PathBuf = arguments.next().ok_or("which directory?")?.into();
    let count: u64 = arguments.next().ok_or("how many?")?.parse()?;

    let store = inkan_store::open(&Location::Nss(directory))?;
    let key = store.generate(KeyAlgorithm::EcP256, "many")?;
    let point =
        key.public_key().len().checked_sub(POINT).and_then(|at| key.public_key().get(at..)).ok_or("no P-256")?;
    let id = Sha1::digest(point).to_vec();
    let public_key = SubjectPublicKeyInfo::from_der(key.public_key())?;

    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "Many CA");
    let issuer = Issuer::new(authority, KeyPair::generate()?);

    let certify = |number: u64| -> Result<rcgen::Certificate, rcgen::Error> {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(DnType::OrganizationName, "株式会社オーケー商事");
        parameters.distinguished_name.push(DnType::CommonName, name(number));
        parameters.serial_number = Some(SerialNumber::from(number));
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        parameters.signed_by(&public_key, &issuer)
    };
    // From its first certificate on, the key is found by the identity that is computed from it.
    store.install(certify(1)?.der(), &name(1))?;

    // The store has initialised the library, which is one for the whole process; its second slot is the database.
    let library = Pkcs11::new("libsoftokn3.so")?;
    let slot = library.get_slots_with_token()?.into_iter().nth(1).ok_or("no database slot")?;
    let session = library.open_rw_session(slot)?;
    for number in 2..=count {
        let certificate = certify(number)?;
        let (_, parsed) = x509_parser::parse_x509_certificate(certificate.der())?;
        let serial = parsed.raw_serial();
        session.create_object(&[
            Attribute::Class(ObjectClass::CERTIFICATE),
            Attribute::CertificateType(CertificateType::X_509),
            Attribute::Token(true),
            Attribute::Label(name(number).into_bytes()),
            Attribute::Subject(parsed.subject().as_raw().to_vec()),
            Attribute::Issuer(parsed.issuer().as_raw().to_vec()),
            Attribute::SerialNumber([&[2, u8::try_from(serial.len())?], serial].concat()),
            Attribute::Id(id.clone()),
            Attribute::Value(certificate.der().to_vec()),
        ])?;
    }
    Ok(())
}

fn name(number: u64) -> String {
    format!("user{number:05}")
}
