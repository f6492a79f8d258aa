use inkan_protocol::{CertificateAction, EnrolmentCode, UserRecord};

use super::{Branch, BranchError};
use crate::rules::certificate_change;
use crate::rules::enrolment_code;
use crate::rules::operator::Operator;
use crate::rules::user_record::record;

impl Branch {
    /// Keeps (継続), reissues (再発行) or revokes (失効) the certificate of any user, as ordered on paper or by
    /// telephone (S0-11, S3-4, S4-4). Administrators are notified of a reissue (M7).
    ///
    /// # Errors
    /// The user does not exist; the user has no certificate to keep or to revoke; the CA ends before a new certificate
    /// would end.
    pub async fn act_upon_certificate(
        &self,
        contract: Option<&str>,
        id: &str,
        act: CertificateAction,
    ) -> Result<UserRecord, BranchError> {
        let (now, issuing) = (self.now(), self.issuing().await?);
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        certificate_change::act(issuing, &mut change, act, Operator::Branch, &user, now).await?;
        let record = record(&self.profile, &mut change, user, now).await?;
        change.commit().await?;
        Ok(record)
    }

    /// Makes an enrolment code, by which any EST client gets the certificate of the user.
    ///
    /// # Errors
    /// The user does not exist; the contract is frozen; the login password is locked; the user may not acquire a
    /// certificate now; the CA ends before a new certificate would end.
    pub async fn enrolment_code(&self, contract: Option<&str>, id: &str) -> Result<EnrolmentCode, BranchError> {
        let (now, issuing) = (self.now(), self.issuing().await?);
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        let code = enrolment_code::make(issuing, &mut change, Operator::Branch, &user, None, now).await?;
        change.commit().await?;
        Ok(code)
    }
}
