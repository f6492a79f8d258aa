//! Fills a new NSS database with many certificates, each with a key of its own, for measurements: `fill_nss
//! DIRECTORY COUNT`.

use std::error::Error;
use std::path::PathBuf;

use cryptoki::context::Pkcs11;
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass};
use cryptoki::session::Session;
use inkan_store::{KeyAlgorithm, Location};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, Issuer, KeyPair, SerialNumber, SubjectPublicKeyInfo};
use sha1::{Digest, Sha1};

/// The length of an uncompressed point of P-256, in bytes. The SubjectPublicKeyInfo ends with the point.
const POINT: usize = 65;
/// The name of P-256 in DER (RFC 5480 §2.1.1.1).
const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory: PathBuf = arguments.next().ok_or("which directory?")?.into();
    let count: u64 = arguments.next().ok_or("how many?")?.parse()?;

    let store = inkan_store::open(&Location::Nss(directory))?;
    let key = store.generate(KeyAlgorithm::EcP256, "many")?;
    let before_point = key.public_key().len().checked_sub(POINT).and_then(|at| key.public_key().get(..at));
    let before_point = before_point.ok_or("no P-256")?.to_vec();

    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "Many CA");
    let issuer = Issuer::new(authority, KeyPair::generate()?);

    let certify = |number: u64, public_key: &[u8]| -> Result<rcgen::Certificate, rcgen::Error> {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(DnType::OrganizationName, "株式会社オーケー商事");
        parameters.distinguished_name.push(DnType::CommonName, name(number));
        parameters.serial_number = Some(SerialNumber::from(number));
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        parameters.signed_by(&SubjectPublicKeyInfo::from_der(public_key)?, &issuer)
    };
    store.install(certify(1, key.public_key())?.der(), &name(1))?;

    // The store has initialised the library, which is one for the whole process; its second slot is the database.
    let library = Pkcs11::new("libsoftokn3.so")?;
    let slot = library.get_slots_with_token()?.into_iter().nth(1).ok_or("no database slot")?;
    let session = library.open_rw_session(slot)?;
    for number in 2..=count {
        let (id, point) = generate(&session)?;
        let certificate = certify(number, &[before_point.as_slice(), &point].concat())?;
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
            Attribute::Id(id),
            Attribute::Value(certificate.der().to_vec()),
        ])?;
    }
    Ok(())
}

/// Generates a key in the database, and returns its identity and its public point.
fn generate(session: &Session) -> Result<(Vec<u8>, Vec<u8>), Box<dyn Error>> {
    let public = [Attribute::Token(false), Attribute::EcParams(P256.to_vec())];
    let private = [Attribute::Token(true), Attribute::Private(true), Attribute::Sensitive(true)];
    let (public, private) = session.generate_key_pair(&Mechanism::EccKeyPairGen, &public, &private)?;
    let Some(Attribute::EcPoint(point)) = session.get_attributes(public, &[AttributeType::EcPoint])?.pop() else {
        return Err("no point".into());
    };
    // The point is in an OCTET STRING (PKCS #11 v3.0 §2.3.3), of two bytes before it.
    let point = point.get(point.len().saturating_sub(POINT)..).unwrap_or_default().to_vec();
    let id = Sha1::digest(&point).to_vec();
    session.update_attributes(private, &[Attribute::Id(id.clone())])?;
    Ok((id, point))
}

fn name(number: u64) -> String {
    format!("user{number:05}")
}
