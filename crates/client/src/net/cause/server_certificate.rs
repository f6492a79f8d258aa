use inkan_store::StoredCertificate;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError as Fault, OtherError};
use time::{Duration, OffsetDateTime};
use x509_parser::oid_registry::Oid;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;
use x509_parser::x509::X509Version;

use super::answer::leads_away;
use crate::Transport;
use crate::net::clocks::Clocks;
use crate::net::exchange::{End, Exchange, Target, is_about_time, issuer, known_interceptor, names, unix_time};
use crate::net::transport_error::{IssuerRelation, ServerCertificateFault, Unusable};
use crate::net::trust::Trusting;
use crate::time_format::day;

/// The largest difference between two clocks that makes no certificate invalid and no one-time password wrong.
const CLOCK_TOLERANCE: Duration = Duration::minutes(5);

/// The length of the shortest RSA keys that Inkan verifies, in bits. No program verifies shorter keys any more.
const SHORTEST_RSA: usize = 2048;

/// Returns why a server is not trusted.
pub(super) fn untrusted(exchange: &Exchange, target: &Target, trusting: &Trusting, now: OffsetDateTime) -> Transport {
    let chain = &exchange.observed.chain;
    if let Some(issuer) = known_interceptor(chain) {
        return Transport::Intercepted { issuer };
    }
    if let Some(target) = exchange.answer().and_then(|answer| leads_away(answer, target)) {
        return Transport::CaptivePortal { target };
    }
    let fault = server_fault(exchange, trusting, now);
    let fault = fault.unwrap_or(ServerCertificateFault::Unusable(Unusable::Otherwise));
    match &fault {
        ServerCertificateFault::OutOfDate { .. } => {
            let there = exchange.answer().and_then(|answer| answer.date);
            if let Some(wrong) = there.and_then(|there| clock_off(chain, target.name(), trusting, now, there)) {
                return Transport::ClockWrong(wrong);
            }
        }
        ServerCertificateFault::CaUnknown { .. }
            if unix_time(now).is_some_and(|now| trusting.replaced_by_system(chain, target.name(), now)) =>
        {
            return Transport::Intercepted { issuer: issuer(chain) };
        }
        _ => {}
    }
    Transport::ServerCertificate(Box::new(fault))
}

/// Returns both clocks if the server's clock is credible, and this PC's clock differs from it by more than
/// [`CLOCK_TOLERANCE`].
pub(crate) fn clock_off(
    chain: &[CertificateDer<'_>],
    name: &ServerName<'_>,
    trusting: &Trusting,
    now: OffsetDateTime,
    there: OffsetDateTime,
) -> Option<Clocks> {
    credible(chain, name, trusting, now, there).filter(|clocks| clocks.ahead().abs() > CLOCK_TOLERANCE)
}

/// Returns both clocks if the server's clock is credible: the server's certificate is valid by the server's clock. If
/// the certificate is valid by this PC's clock, too, the clocks must not be decades apart.
pub(crate) fn credible(
    chain: &[CertificateDer<'_>],
    name: &ServerName<'_>,
    trusting: &Trusting,
    now: OffsetDateTime,
    there: OffsetDateTime,
) -> Option<Clocks> {
    let valid = |at| unix_time(at).is_some_and(|at| trusting.judge(chain, name, at).is_ok());
    let clocks = Clocks { here: now, there };
    (valid(there) && (clocks.are_credible() || !valid(now))).then_some(clocks)
}

/// Returns the first certificate of the chain that is out of date at `at`, or the server's own if none is.
fn out_of_date_certificate(chain: &[CertificateDer<'_>], at: OffsetDateTime) -> Option<StoredCertificate> {
    let mut all = chain.iter().filter_map(|der| StoredCertificate::parse(der, None).ok());
    let own = all.next();
    let outside = |certificate: &StoredCertificate| certificate.not_before > at || certificate.not_after < at;
    match own {
        Some(own) if !outside(&own) => all.find(outside).or(Some(own)),
        own => own,
    }
}

/// Returns the fault of a certificate, if only the verifier's error is known.
pub(crate) fn of_certificate_error(error: &Fault) -> ServerCertificateFault {
    match error {
        Fault::NotValidForName => ServerCertificateFault::OtherHosts(Vec::new()),
        Fault::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            ServerCertificateFault::NoHost { subject: String::new() }
        }
        Fault::NotValidForNameContext { presented, .. } => ServerCertificateFault::OtherHosts(presented.clone()),
        error if is_about_time(error) => ServerCertificateFault::OutOfDate {
            from: String::new(),
            until: String::new(),
            today: String::new(),
            early: matches!(error, Fault::NotValidYet | Fault::NotValidYetContext { .. }),
        },
        Fault::UnknownIssuer | Fault::BadSignature => {
            ServerCertificateFault::CaUnknown { issuer: String::new(), relation: IssuerRelation::Stranger }
        }
        Fault::UnsupportedSignatureAlgorithmContext { signature_algorithm_id, .. }
        | Fault::UnsupportedSignatureAlgorithmForPublicKeyContext { signature_algorithm_id, .. } => {
            ServerCertificateFault::AlgorithmUnsupported(algorithm_text(signature_algorithm_id))
        }
        error => ServerCertificateFault::Unusable(unusable(error)),
    }
}

/// Returns the fault of the server's own key, if its certificate is trusted and its signature does not verify.
pub(super) fn own_key(chain: &[CertificateDer<'_>]) -> ServerCertificateFault {
    let own = chain.iter().take(1).filter_map(|der| parsed(der));
    match own.filter_map(|certificate| weak_key(&certificate)).next() {
        Some(algorithm) => ServerCertificateFault::AlgorithmWeak(algorithm),
        None => ServerCertificateFault::Unusable(Unusable::Otherwise),
    }
}

/// Returns the fault of a certificate that the verifier does not trust.
pub(crate) fn fault(
    error: &Fault,
    chain: &[CertificateDer<'_>],
    trusting: &Trusting,
    now: OffsetDateTime,
) -> ServerCertificateFault {
    match error {
        error if is_about_time(error) => out_of_date(chain, now),
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => match names(chain) {
            names if names.is_empty() => ServerCertificateFault::NoHost { subject: subject(chain) },
            names => ServerCertificateFault::OtherHosts(names),
        },
        // The verifier reports a short key as a wrong signature. If an algorithm is not supported and there is no other
        // chain, it reports an unknown issuer.
        Fault::BadSignature
        | Fault::UnknownIssuer
        | Fault::UnsupportedSignatureAlgorithmContext { .. }
        | Fault::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            signing(error, chain, trusting).unwrap_or_else(|| ca_unknown(chain, trusting))
        }
        // A certificate of version 1 has no extensions, and so no host name.
        Fault::Other(_) if is_version_1(chain) => ServerCertificateFault::NoHost { subject: subject(chain) },
        // A server sends a CA's certificate as its own. No other CA vouches for it.
        Fault::Other(other) if verifiers(other) == Some(&webpki::Error::CaUsedAsEndEntity) => {
            ca_unknown(chain, trusting)
        }
        error => of_certificate_error(error),
    }
}

/// Returns the fault of the algorithm that keeps the chain from being verified.
fn signing(error: &Fault, chain: &[CertificateDer<'_>], trusting: &Trusting) -> Option<ServerCertificateFault> {
    let shown: Vec<_> = chain.iter().filter_map(|der| parsed(der)).collect();
    let given: Vec<_> = trusting.given().iter().filter_map(|der| parsed(der)).collect();
    // A root is trusted because it is known, whatever its signature.
    let signed = shown.iter().filter(|one| one.subject().as_raw() != one.issuer().as_raw());
    // Only a CA that was given for the server can be the obstacle. CAs of other names have nothing to do with this
    // server.
    let ways = given.iter().filter(|ca| shown.iter().any(|one| one.issuer().as_raw() == ca.subject().as_raw()));
    if matches!(error, Fault::UnknownIssuer) && ways.clone().next().is_none() {
        return None;
    }
    let weak = signed.clone().find_map(|one| weak_signature(one));
    if let Some(weak) = weak.or_else(|| shown.iter().chain(ways.clone()).find_map(weak_key)) {
        return Some(ServerCertificateFault::AlgorithmWeak(weak));
    }
    let unsupported = |one: &X509Certificate<'_>| unsupported_key(one);
    if let Some(algorithm) = shown.iter().skip(1).chain(ways).find_map(unsupported) {
        return Some(ServerCertificateFault::AlgorithmUnsupported(algorithm));
    }
    match error {
        // The keys of the chain and of the given CAs are of kinds that can be verified. A CA of that name with a key of
        // another kind did not issue the certificate.
        Fault::BadSignature | Fault::UnknownIssuer | Fault::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            None
        }
        error => Some(of_certificate_error(error)),
    }
}

fn ca_unknown(chain: &[CertificateDer<'_>], trusting: &Trusting) -> ServerCertificateFault {
    let shown: Vec<_> = chain.iter().filter_map(|der| parsed(der)).collect();
    let issued_one = |ca: &X509Certificate<'_>| shown.iter().any(|one| one.issuer().as_raw() == ca.subject().as_raw());
    let namesake = trusting.given().iter().find(|der| parsed(der).is_some_and(|ca| issued_one(&ca)));
    if let Some(Ok(namesake)) = namesake.map(|der| StoredCertificate::parse(der, None)) {
        return ServerCertificateFault::CaUnknown { issuer: namesake.subject, relation: IssuerRelation::Namesake };
    }
    let itself = shown.first().is_some_and(|own| own.subject().as_raw() == own.issuer().as_raw());
    let relation = match () {
        () if itself => IssuerRelation::Itself,
        () if shown.len() == 1 => IssuerRelation::Alone,
        () => IssuerRelation::Stranger,
    };
    ServerCertificateFault::CaUnknown { issuer: issuer(chain), relation }
}

fn out_of_date(chain: &[CertificateDer<'_>], now: OffsetDateTime) -> ServerCertificateFault {
    let certificate = out_of_date_certificate(chain, now);
    let early = certificate.as_ref().is_some_and(|one| one.not_before > now);
    let (from, until) = certificate.map(|one| (day(one.not_before), day(one.not_after))).unwrap_or_default();
    ServerCertificateFault::OutOfDate { from, until, today: day(now), early }
}

fn unusable(error: &Fault) -> Unusable {
    match error {
        Fault::InvalidPurpose | Fault::InvalidPurposeContext { .. } => Unusable::Purpose,
        Fault::BadEncoding => Unusable::Encoding,
        Fault::Revoked => Unusable::Revoked,
        Fault::Other(other) if verifiers(other) == Some(&webpki::Error::NameConstraintViolation) => {
            Unusable::Constrained
        }
        _ => Unusable::Otherwise,
    }
}

/// Returns the verifier's own error, if rustls has no name for it.
fn verifiers(other: &OtherError) -> Option<&webpki::Error> {
    other.0.downcast_ref()
}

fn parsed<'a>(der: &'a CertificateDer<'_>) -> Option<X509Certificate<'a>> {
    X509Certificate::from_der(der).ok().map(|(_, certificate)| certificate)
}

fn is_version_1(chain: &[CertificateDer<'_>]) -> bool {
    chain.first().and_then(|der| parsed(der)).is_some_and(|own| own.version() == X509Version::V1)
}

fn subject(chain: &[CertificateDer<'_>]) -> String {
    chain.first().and_then(|der| StoredCertificate::parse(der, None).ok()).map(|own| own.subject).unwrap_or_default()
}

/// Returns the digest of a certificate's signature, if such a signature can be forged.
fn weak_signature(certificate: &X509Certificate<'_>) -> Option<String> {
    let name = match certificate.signature_algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" | "1.2.840.10045.4.1" | "1.2.840.10040.4.3" => "SHA-1",
        "1.2.840.113549.1.1.4" => "MD5",
        "1.2.840.113549.1.1.2" => "MD2",
        _ => return None,
    };
    Some(name.to_owned())
}

fn weak_key(certificate: &X509Certificate<'_>) -> Option<String> {
    match certificate.public_key().parsed() {
        Ok(PublicKey::RSA(key)) if key.key_size() < SHORTEST_RSA => Some(format!("RSA {}", key.key_size())),
        _ => None,
    }
}

/// Returns the kind of a CA's key, if Inkan does not verify the signatures of such keys.
fn unsupported_key(certificate: &X509Certificate<'_>) -> Option<String> {
    let key = certificate.public_key();
    let kind = key.algorithm.algorithm.to_id_string();
    let curve =
        key.algorithm.parameters.as_ref().and_then(|any| any.as_oid().ok()).map(|oid: Oid<'_>| oid.to_id_string());
    match (kind.as_str(), curve.as_deref()) {
        ("1.2.840.113549.1.1.1", _) | ("1.3.101.112", _) => None,
        ("1.2.840.10045.2.1", Some("1.2.840.10045.3.1.7" | "1.3.132.0.34")) => None,
        ("1.2.840.10045.2.1", Some("1.3.132.0.35")) => Some("ECDSA P-521".to_owned()),
        ("1.2.840.10045.2.1", Some("1.3.132.0.10")) => Some("ECDSA secp256k1".to_owned()),
        ("1.2.840.10045.2.1", Some(curve)) if curve.starts_with("1.3.36.3.3.2.8.1.1.") => {
            Some("ECDSA brainpool".to_owned())
        }
        ("1.2.840.10040.4.1", _) => Some("DSA".to_owned()),
        ("1.2.840.113549.1.1.10", _) => Some("RSASSA-PSS".to_owned()),
        ("1.3.101.113", _) => Some("Ed448".to_owned()),
        (kind, curve) => Some(format!("{kind} {}", curve.unwrap_or_default()).trim_end().to_owned()),
    }
}

/// Returns the name of an algorithm. `inside` is the DER in an AlgorithmIdentifier, which begins with the OID.
fn algorithm_text(inside: &[u8]) -> String {
    let oid = Oid::from_der(inside).map(|(_, oid)| oid.to_id_string()).unwrap_or_default();
    match oid.as_str() {
        "1.2.840.113549.1.1.5" => "SHA-1 (RSA)".to_owned(),
        "1.2.840.10045.4.1" => "SHA-1 (ECDSA)".to_owned(),
        "1.2.840.10045.4.3.4" => "ECDSA SHA-512".to_owned(),
        "1.2.840.113549.1.1.10" => "RSASSA-PSS".to_owned(),
        "1.3.101.113" => "Ed448".to_owned(),
        _ => oid,
    }
}

/// Returns the fault of the server's certificate; none if the certificate is trusted or was not sent.
pub(crate) fn server_fault(
    exchange: &Exchange,
    trusting: &Trusting,
    now: OffsetDateTime,
) -> Option<ServerCertificateFault> {
    let chain = &exchange.observed.chain;
    match (exchange.observed.verdict.as_ref()?, &exchange.end) {
        (Err(rustls::Error::InvalidCertificate(error)), _) => Some(fault(error, chain, trusting, now)),
        (Err(_), _) => Some(ServerCertificateFault::Unusable(Unusable::Otherwise)),
        // The certificate is trusted, and the signature by its key is wrong.
        (Ok(()), End::Tls(rustls::Error::InvalidCertificate(_))) => Some(own_key(chain)),
        (Ok(()), _) => None,
    }
}
