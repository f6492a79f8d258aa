use inkan_protocol::{CertificateState, Code};
use time::OffsetDateTime;

use super::refusal::Refusal;
use super::user_key::login_id;
use crate::authority::common_name::common_name;
use crate::database::certificates::Certificate;

/// Checks that a certificate is neither revoked, superseded nor expired. The refusal names the certificate and its
/// user.
pub(crate) fn alive(certificate: &Certificate, now: OffsetDateTime) -> Result<(), Refusal> {
    let code = match certificate.state(now) {
        CertificateState::Revoked => Code::CertificateRevoked,
        CertificateState::Superseded => Code::CertificateSuperseded,
        CertificateState::Expired => Code::CertificateExpired,
        CertificateState::Issued | CertificateState::Valid => return Ok(()),
    };
    Err(Refusal::new(code)
        .with("name", common_name(&certificate.der).unwrap_or_default())
        .with("user", login_id(&certificate.user)))
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
