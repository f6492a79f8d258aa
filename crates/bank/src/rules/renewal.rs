use time::OffsetDateTime;

use super::refusal::Refusal;
use crate::audit;
use crate::database::certificates::{self, Certificate};
use crate::database::{Connection, renewals, sessions};

/// Records that `certificate` is on a PC. Returns false if that was recorded before. If the certificate renews another,
/// the other one is superseded in the same transaction (M2, M3).
pub(crate) async fn acquire(
    change: &mut Connection,
    certificate: &Certificate,
    now: OffsetDateTime,
) -> Result<bool, Refusal> {
    if certificate.acquired.is_some() {
        return Ok(false);
    }
    if let Some(old) = &certificate.renews {
        renewals::supersede(change, old, now).await?;
        let ended = sessions::end_of_certificate(change, old).await?;
        audit::sessions_ended(change, now, ended).await?;
    }
    Ok(certificates::acquire(change, &certificate.fingerprint, now).await?)
}
