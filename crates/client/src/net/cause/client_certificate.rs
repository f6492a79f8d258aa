use inkan_store::StoredCertificate;
use time::OffsetDateTime;

use crate::net::exchange::Page;
use crate::net::transport_error::{CertificateRefusal, RefusalKind};
use crate::time_format::day;

/// The reason for which a server refused a client certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// The certificate has expired.
    Expired,
    /// The certificate is revoked.
    Revoked,
    /// The certificate's CA is unknown.
    CaUnknown,
    /// The server gave no particular reason.
    Somehow,
}

impl Said {
    /// Returns the reason that an alert names (RFC 8446 §6.2).
    pub(crate) fn by(alert: rustls::AlertDescription) -> Self {
        use rustls::AlertDescription as Alert;
        match alert {
            Alert::CertificateExpired => Self::Expired,
            Alert::CertificateRevoked => Self::Revoked,
            Alert::UnknownCA => Self::CaUnknown,
            _ => Self::Somehow,
        }
    }

    /// Returns the reason that a page about certificates names.
    pub(crate) fn on(page: Page) -> Self {
        match page {
            Page::IisRevoked => Self::Revoked,
            Page::IisUntrusted => Self::CaUnknown,
            Page::IisOutOfDate => Self::Expired,
            _ => Self::Somehow,
        }
    }
}

/// The facts that this PC knows about a certificate and the server that refused it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// The time by this PC's clock.
    pub(crate) now: OffsetDateTime,
    /// The time by the server's clock, if it is credible and differs. It counts before this PC's clock.
    pub(crate) there: Option<OffsetDateTime>,
    /// Whether the bank has reported that the certificate is revoked.
    pub(crate) revoked: bool,
    /// Whether the server names the certificate's CA among those that it accepts; none if the server names none.
    pub(crate) accepted: Option<bool>,
    /// Whether the store may lack an intermediate certificate above the certificate.
    pub(crate) incomplete: bool,
}

/// Returns why a server refused `certificate`. Facts that this PC knows come before the server's reason: a server whose
/// revocation list has expired calls a valid certificate expired.
pub(crate) fn refusal(certificate: &StoredCertificate, said: Said, known: &Known) -> CertificateRefusal {
    let now = known.there.unwrap_or(known.now);
    let kind = if certificate.dates_contradict() {
        RefusalKind::DatesContradict
    } else if certificate.not_after < now {
        RefusalKind::Expired
    } else if certificate.not_before > now {
        RefusalKind::NotYetValid
    } else if known.revoked {
        RefusalKind::Revoked
    } else if known.accepted == Some(false) {
        if known.incomplete { RefusalKind::IntermediateMissing } else { RefusalKind::CaUnknown }
    } else if !certificate.client_authentication && said != Said::Revoked {
        RefusalKind::OtherPurpose
    } else {
        match (said, known.accepted) {
            (Said::Revoked, _) => RefusalKind::Revoked,
            // The server names this CA. It lacks an intermediate certificate, or a current revocation list.
            (Said::Expired, _) | (Said::CaUnknown, Some(true)) => RefusalKind::ServerAtFault,
            (Said::CaUnknown, _) => RefusalKind::CaUnknown,
            (Said::Somehow, _) if has_short_key(certificate) => RefusalKind::ShortKey,
            (Said::Somehow, _) => RefusalKind::Unexplained,
        }
    };
    CertificateRefusal {
        kind,
        name: certificate.name.clone(),
        issuer: certificate.issuer.clone(),
        from: day(certificate.not_before),
        until: day(certificate.not_after),
        today: known.there.is_none().then(|| day(known.now)),
    }
}

/// Returns whether the key is an RSA key below 2048 bits, which OpenSSL refuses at its security level 2.
fn has_short_key(certificate: &StoredCertificate) -> bool {
    let kind = &certificate.key_kind;
    kind.algorithm().starts_with("RSA") && kind.bits() < 2048
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    fn certificate() -> StoredCertificate {
        certificate_for(vec![])
    }

    fn certificate_for(purposes: Vec<rcgen::ExtendedKeyUsagePurpose>) -> StoredCertificate {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut parameters = rcgen::CertificateParams::new(vec![]).unwrap();
        parameters.extended_key_usages = purposes;
        StoredCertificate::parse(parameters.self_signed(&key).unwrap().der(), None).unwrap()
    }

    #[test]
    fn what_is_known_here_goes_before_what_the_server_says() {
        let one = certificate();
        let inside = one.not_before + Duration::days(1);
        let known = Known { now: inside, there: None, revoked: false, accepted: None, incomplete: false };
        let all = [Said::Expired, Said::Revoked, Said::CaUnknown, Said::Somehow];
        let kind = |said, known: &Known| refusal(&one, said, known).kind;
        for said in all {
            let late = one.not_after + Duration::days(1);
            assert_eq!(kind(said, &Known { now: late, ..known }), RefusalKind::Expired);
            assert_eq!(kind(said, &Known { there: Some(late), ..known }), RefusalKind::Expired);
            assert_ne!(kind(said, &Known { now: late, there: Some(inside), ..known }), RefusalKind::Expired);
            let early = one.not_before - Duration::days(1);
            assert_eq!(kind(said, &Known { now: early, ..known }), RefusalKind::NotYetValid);
            assert_eq!(kind(said, &Known { revoked: true, ..known }), RefusalKind::Revoked);
            assert_eq!(kind(said, &Known { accepted: Some(false), ..known }), RefusalKind::CaUnknown);
        }
        let faulty = StoredCertificate { not_after: one.not_before - Duration::DAY, ..one.clone() };
        assert_eq!(refusal(&faulty, Said::Expired, &known).kind, RefusalKind::DatesContradict);
        let kinds = all.map(|said| kind(said, &known));
        use RefusalKind as R;
        assert_eq!(kinds, [R::ServerAtFault, R::Revoked, R::CaUnknown, R::Unexplained]);
        assert_eq!(kind(Said::CaUnknown, &Known { accepted: Some(true), ..known }), R::ServerAtFault);
    }

    #[test]
    fn a_purpose_that_leaves_logging_in_out_goes_before_what_the_server_says() {
        let mail = certificate_for(vec![rcgen::ExtendedKeyUsagePurpose::EmailProtection]);
        let now = mail.not_before + Duration::days(1);
        let known = Known { now, there: None, revoked: false, accepted: None, incomplete: false };
        for said in [Said::Expired, Said::CaUnknown, Said::Somehow] {
            let refusal = refusal(&mail, said, &known);
            assert_eq!(refusal.kind, RefusalKind::OtherPurpose);
            assert_eq!(refusal.kind.code(), inkan_protocol::Code::CertificateOfOtherPurpose);
        }
        let late = Known { now: mail.not_after + Duration::days(1), ..known };
        assert_eq!(refusal(&mail, Said::Somehow, &late).kind, RefusalKind::Expired);
    }
}
