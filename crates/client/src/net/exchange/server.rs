//! Reports a server's certificates, and the kind of distrust.

use inkan_store::StoredCertificate;
use rustls::pki_types::CertificateDer;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::shown::{ChainCertificate, Distrust, ServerReport};
use crate::net::transport_error::ServerCertificateFault;

/// Parts of the CA names of products that open TLS connections between this PC and a server. Such a product signs in
/// the server's place.
const KNOWN_INTERCEPTORS: &[&str] = &[
    "avast web/mail shield",
    "avg web/mail shield",
    "barracuda",
    "bitdefender personal ca",
    "blue coat",
    "burp suite",
    "charles proxy",
    "check point",
    "cisco umbrella",
    "eset ssl filter",
    "fiddler",
    "forcepoint",
    "fortigate",
    "fortinet",
    "i-filter",
    "interscan web security",
    "kaspersky",
    "mcafee web gateway",
    "mitmproxy",
    "netskope",
    "palo alto networks",
    "portswigger",
    "skyhigh",
    "sonicwall",
    "sophos",
    "squid",
    "watchguard",
    "websense",
    "zscaler",
];

/// Returns the report on a server's chain. Bytes that are not a certificate are left out: TLS has already refused such
/// a chain.
pub(crate) fn report(chain: &[CertificateDer<'_>], distrust: Option<Distrust>) -> ServerReport {
    let chain = certificates(chain).map(|certificate| ChainCertificate {
        subject: certificate.subject,
        issuer: certificate.issuer,
        not_before: certificate.not_before,
        not_after: certificate.not_after,
        fingerprint_sha256: certificate.id.0,
    });
    ServerReport { chain: chain.collect(), trusted: distrust.is_none(), reason: distrust }
}

/// Returns the kind of distrust for a fault.
pub(crate) fn distrust(fault: &ServerCertificateFault) -> Distrust {
    match fault {
        ServerCertificateFault::CaUnknown { .. } => Distrust::UnknownCa,
        ServerCertificateFault::NoHost { .. } => Distrust::NoName,
        ServerCertificateFault::OtherHosts(_) => Distrust::WrongName,
        ServerCertificateFault::OutOfDate { .. } => Distrust::OutOfDate,
        ServerCertificateFault::AlgorithmUnsupported(_) => Distrust::AlgorithmUnsupported,
        ServerCertificateFault::AlgorithmWeak(_) => Distrust::AlgorithmWeak,
        ServerCertificateFault::Unusable(_) => Distrust::Unusable,
    }
}

/// Returns the issuer of a certificate in the chain, if it is the CA of a product that is known to open TLS
/// connections.
pub(crate) fn known_interceptor(chain: &[CertificateDer<'_>]) -> Option<String> {
    certificates(chain).map(|certificate| certificate.issuer).find(|issuer| {
        let issuer = issuer.to_lowercase();
        KNOWN_INTERCEPTORS.iter().any(|name| issuer.contains(name))
    })
}

/// Returns the issuer of the server's own certificate.
pub(crate) fn issuer(chain: &[CertificateDer<'_>]) -> String {
    certificates(chain).next().map(|certificate| certificate.issuer).unwrap_or_default()
}

/// Returns the host names and IP addresses in the server's certificate (RFC 5280 §4.2.1.6).
pub(crate) fn names(chain: &[CertificateDer<'_>]) -> Vec<String> {
    let Some(Ok((_, certificate))) = chain.first().map(|der| X509Certificate::from_der(der)) else { return Vec::new() };
    let Ok(Some(names)) = certificate.subject_alternative_name() else { return Vec::new() };
    names.value.general_names.iter().filter_map(name).collect()
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match **bytes {
            [a, b, c, d] => Some(std::net::Ipv4Addr::new(a, b, c, d).to_string()),
            ref other => <[u8; 16]>::try_from(other).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string()),
        },
        _ => None,
    }
}

fn certificates(chain: &[CertificateDer<'_>]) -> impl Iterator<Item = StoredCertificate> {
    chain.iter().filter_map(|der| StoredCertificate::parse(der, None).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interceptors_are_written_as_they_are_compared() {
        for name in KNOWN_INTERCEPTORS {
            assert_eq!(*name, name.to_lowercase());
        }
    }
}
