//! Who the server says it is, and what speaks against that.

use inkan_store::StoredCertificate;
use rustls::CertificateError as Fault;
use rustls::pki_types::CertificateDer;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::report::{ChainCertificate, Distrust, ServerReport};

/// Words in the names of CAs by which products that open TLS connections on their way sign in the server's place.
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

/// The chain as people read it. What is no certificate in it is left out; TLS has refused such a chain already.
pub(super) fn report(chain: &[CertificateDer<'_>], distrust: Option<Distrust>) -> ServerReport {
    let chain = certificates(chain).map(|certificate| ChainCertificate {
        subject: certificate.subject,
        issuer: certificate.issuer,
        not_before: certificate.not_before,
        not_after: certificate.not_after,
        fingerprint_sha256: certificate.id.0,
    });
    ServerReport { chain: chain.collect(), trusted: distrust.is_none(), reason: distrust }
}

/// What kind of distrust a verifier's error is.
pub(super) fn distrust(error: &rustls::Error) -> Distrust {
    match error {
        rustls::Error::InvalidCertificate(cause) => match cause {
            // The verifier names no cause for a CA that stands in a server's place, which nobody vouches for.
            Fault::UnknownIssuer | Fault::BadSignature | Fault::Other(_) => Distrust::UnknownCa,
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => Distrust::WrongName,
            cause if super::exchange::is_about_time(cause) => Distrust::OutOfDate,
            _ => Distrust::Unusable,
        },
        _ => Distrust::Unusable,
    }
}

/// Who issued the server's certificate, where that is the CA of a product known to open connections on their way.
pub(super) fn known_interceptor(chain: &[CertificateDer<'_>]) -> Option<String> {
    certificates(chain).map(|certificate| certificate.issuer).find(|issuer| {
        let issuer = issuer.to_lowercase();
        KNOWN_INTERCEPTORS.iter().any(|name| issuer.contains(name))
    })
}

/// Who issued the server's own certificate.
pub(super) fn issuer(chain: &[CertificateDer<'_>]) -> String {
    certificates(chain).next().map(|certificate| certificate.issuer).unwrap_or_default()
}

/// The first certificate of the chain that is out of date at that moment, or else the server's own.
pub(super) fn out_of_date(chain: &[CertificateDer<'_>], at: time::OffsetDateTime) -> Option<StoredCertificate> {
    let mut all = certificates(chain);
    let own = all.next();
    let outside = |certificate: &StoredCertificate| certificate.not_before > at || certificate.not_after < at;
    match own {
        Some(own) if !outside(&own) => all.find(outside).or(Some(own)),
        own => own,
    }
}

/// The host names and addresses that the server's certificate is for (RFC 5280 §4.2.1.6).
pub(super) fn names(chain: &[CertificateDer<'_>]) -> Vec<String> {
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
