use inkan_store::{StoredCertificate, is_signed_by};
use sha1::{Digest, Sha1};
use url::Url;
use x509_cert::der::asn1::{Null, OctetString};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Any, Encode};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_ocsp::{CertId, OcspRequest, Request, TbsRequest, Version};
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::oid_registry::OID_PKIX_ACCESS_DESCRIPTOR_OCSP;
use x509_parser::prelude::{FromDer, X509Certificate};

/// SHA-1, by which all responders know their CA (RFC 5019 §2.1.1). It identifies the CA and proves nothing.
const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// A question about one certificate.
#[derive(Debug)]
pub(super) struct Question {
    responder: Url,
    id: CertId,
    authority: Vec<u8>,
}

impl Question {
    /// Returns the question about `certificate`. Returns none if the certificate names no responder, or if none of
    /// `authorities` (DER) has signed it.
    pub(super) fn about(certificate: &StoredCertificate, authorities: &[Vec<u8>]) -> Option<Self> {
        let (_, parsed) = X509Certificate::from_der(&certificate.der).ok()?;
        let responder = responder(&parsed)?;
        let authority = authorities.iter().find(|authority| is_signed_by(certificate, authority))?;
        let (_, issuer) = X509Certificate::from_der(authority).ok()?;
        let hash = |bytes: &[u8]| OctetString::new(Sha1::digest(bytes).as_slice()).ok();
        let id = CertId {
            hash_algorithm: AlgorithmIdentifierOwned { oid: SHA1, parameters: Some(Any::from(Null)) },
            issuer_name_hash: hash(issuer.subject().as_raw())?,
            issuer_key_hash: hash(&issuer.public_key().subject_public_key.data)?,
            serial_number: SerialNumber::new(parsed.raw_serial()).ok()?,
        };
        Some(Self { responder, id, authority: authority.clone() })
    }

    /// Returns the address of the responder.
    pub(super) fn responder(&self) -> &Url {
        &self.responder
    }

    /// Returns the certificate (DER) of the CA.
    pub(super) fn authority(&self) -> &[u8] {
        &self.authority
    }

    /// Returns whether `other` identifies the same certificate, by the same hash.
    pub(super) fn is_about(&self, other: &CertId) -> bool {
        // A responder may leave the parameters of the hash out.
        self.id.hash_algorithm.oid == other.hash_algorithm.oid
            && self.id.issuer_name_hash == other.issuer_name_hash
            && self.id.issuer_key_hash == other.issuer_key_hash
            && self.id.serial_number == other.serial_number
    }

    /// Returns the request (RFC 6960 §4.1.1), without a nonce, as RFC 5019 §2.1.1 wants it: a responder may answer with
    /// what it has signed before.
    pub(super) fn to_der(&self) -> Option<Vec<u8>> {
        let request_list = vec![Request { req_cert: self.id.clone(), single_request_extensions: None }];
        let tbs_request =
            TbsRequest { version: Version::V1, requestor_name: None, request_list, request_extensions: None };
        OcspRequest { tbs_request, optional_signature: None }.to_der().ok()
    }
}

/// Returns the first OCSP responder that the certificate names by an address of plain HTTP, as responders have it: the
/// answer is signed.
fn responder(certificate: &X509Certificate<'_>) -> Option<Url> {
    let mut places = certificate.extensions().iter().flat_map(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityInfoAccess(access) => access.accessdescs.as_slice(),
        _ => &[],
    });
    places.find_map(|place| match &place.access_location {
        GeneralName::URI(address) if place.access_method == OID_PKIX_ACCESS_DESCRIPTOR_OCSP => {
            Url::parse(address).ok().filter(|address| address.scheme() == "http" && address.has_host())
        }
        _ => None,
    })
}
