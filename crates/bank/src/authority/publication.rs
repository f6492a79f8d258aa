use der::Encode;
use der::asn1::Ia5String;
use rcgen::{CertificateParams, CrlDistributionPoint, CustomExtension};
use url::Url;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{AccessDescription, AuthorityInfoAccessSyntax};

use super::AuthorityError;

/// `id-pe-authorityInfoAccess`
const AUTHORITY_INFORMATION: [u64; 9] = [1, 3, 6, 1, 5, 5, 7, 1, 1];
/// `id-ad-ocsp`
const OCSP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1");
/// `id-ad-caIssuers`
const CA_ISSUERS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.2");

/// The addresses of CRL, OCSP and CA certificate. They use plain HTTP. With https, the check of a certificate would
/// begin with the check of another. Plain HTTP is safe, since each answer is signed (RFC 5280 §8).
#[derive(Debug, Clone)]
pub(crate) struct Publication {
    crl: String,
    ocsp: String,
    ca: String,
}

impl Publication {
    /// Returns the addresses below a URL.
    pub(crate) fn at(address: &Url) -> Self {
        use inkan_protocol::path;
        let base = address.as_str().trim_end_matches('/');
        let below = |path: &str| format!("{base}{path}");
        Self { crl: below(path::CRL), ocsp: below(path::OCSP), ca: below(path::CA_CERTIFICATE) }
    }

    /// Adds the addresses to a certificate to issue: CRLDistributionPoints and AuthorityInfoAccess (RFC 5280 §4.2.1.13,
    /// §4.2.2.1).
    pub(super) fn write(&self, params: &mut CertificateParams) -> Result<(), AuthorityError> {
        let place = |method, uri: &str| -> Result<AccessDescription, der::Error> {
            let location = GeneralName::UniformResourceIdentifier(Ia5String::new(uri)?);
            Ok(AccessDescription { access_method: method, access_location: location })
        };
        let places = AuthorityInfoAccessSyntax(vec![place(OCSP, &self.ocsp)?, place(CA_ISSUERS, &self.ca)?]);
        params.crl_distribution_points = vec![CrlDistributionPoint { uris: vec![self.crl.clone()] }];
        params.custom_extensions.push(CustomExtension::from_oid_content(&AUTHORITY_INFORMATION, places.to_der()?));
        Ok(())
    }
}
