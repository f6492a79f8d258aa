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
