use inkan_profile::Profile;
use inkan_protocol::{CertificateState, Code};
use time::OffsetDateTime;

use super::refusal::Refusal;
use super::user_key::login_id;
use crate::authority::common_name::common_name;
use crate::authority::{Authority, CaEnd};
use crate::database::certificates::Certificate;

/// Checks that a certificate is neither revoked, superseded nor expired. The refusal names the certificate and its
/// user.
pub(crate) fn alive(certificate: &Certificate, now: OffsetDateTime) -> Result<(), Refusal> {
    match certificate.state(now) {
        CertificateState::Revoked => Err(refused(certificate, Code::CertificateRevoked)),
        CertificateState::Superseded => Err(refused(certificate, Code::CertificateSuperseded)),
        CertificateState::Expired => Err(refused(certificate, Code::CertificateExpired)),
        CertificateState::Issued | CertificateState::Valid => Ok(()),
    }
}

/// Checks what [`alive`] checks, and that the CA that issued the certificate has not ended (RFC 5280 §6.1).
pub(crate) fn alive_under(
    authority: &Authority,
    certificate: &Certificate,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    alive(certificate, now)?;
    if now > authority.ends() { Err(refused(certificate, Code::CertificateExpired)) } else { Ok(()) }
}

/// What a new certificate of the bank depends on. Each act that leads to a certificate needs it, at the service and at
/// the branch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Issuing<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) ca_end: CaEnd,
}

impl Issuing<'_> {
    /// Checks that a certificate that the bank issues at `now` would not outlive its CA.
    ///
    /// # Errors
    /// [`Code::CaEnding`] with the end of the CA.
    pub(crate) fn possible(&self, now: OffsetDateTime) -> Result<(), Refusal> {
        self.ca_end.last_moment(self.profile.certificate.validity_days, now)?;
        Ok(())
    }
}

fn refused(certificate: &Certificate, code: Code) -> Refusal {
    Refusal::new(code)
        .with("name", common_name(&certificate.der).unwrap_or_default())
        .with("user", login_id(&certificate.user))
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;
    use crate::database::revocations::RevocationReason;

    #[test]
    fn m3_a_certificate_is_alive_until_it_is_revoked_superseded_or_expired() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let certificate = Certificate {
            fingerprint: String::new(),
            user: "00009876543/riyousya".to_owned(),
            issue_number: 1,
            serial: String::new(),
            public_key: String::new(),
            der: Vec::new(),
            issued: now,
            not_after: now + Duration::HOUR,
            acquired: None,
            revoked: None,
            revocation_reason: None,
            renews: None,
            reissue: false,
        };
        let refused = |certificate: &Certificate, now| alive(certificate, now).err().map(|refusal| refusal.code());
        assert_eq!(refused(&certificate, certificate.not_after), None);
        assert_eq!(refused(&Certificate { acquired: Some(now), ..certificate.clone() }, now), None);
        let expired = alive(&certificate, certificate.not_after + Duration::SECOND).unwrap_err();
        assert_eq!((expired.code(), expired.about()), (Code::CertificateExpired, "name , user riyousya".to_owned()));
        let revoked = Certificate { revoked: Some(now), ..certificate };
        assert_eq!(refused(&revoked, now), Some(Code::CertificateRevoked));
        let superseded = Certificate { revocation_reason: Some(RevocationReason::Renewed), ..revoked };
        assert_eq!(refused(&superseded, now), Some(Code::CertificateSuperseded));
    }
}
