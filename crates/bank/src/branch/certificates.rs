use inkan_protocol::{CertificateAct, EnrolmentCode, UserRecord};
use time::Duration;

use super::{Branch, BranchError};
use crate::audit::{self, Act, Actor, Event};
use crate::database::enrolment_codes;
use crate::keys::digest::sha256_hex;
use crate::keys::random;
use crate::rules::certificate_change::{self, Operator};
use crate::rules::entitlement;
use crate::rules::refusal::Refusal;
use crate::rules::user_record::record;

impl Branch {
    /// 継続, 再発行 or 失効 on paper or by telephone, for whomever (S0-11, S3-4, S4-4). A reissue is told to the
    /// administrators (M7).
    ///
    /// # Errors
    /// No such user, or nothing to keep or to revoke.
    pub async fn act_upon_certificate(
        &self,
        contract: Option<&str>,
        id: &str,
        act: CertificateAct,
    ) -> Result<UserRecord, BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        certificate_change::act(&self.profile, &mut change, act, Operator::Branch, &user, now).await?;
        let record = record(&self.profile, &mut change, user, now).await?;
        change.commit().await?;
        Ok(record)
    }

    /// An enrolment code, by which any EST client gets that person's certificate.
    ///
    /// # Errors
    /// No such user, a stopped contract, or somebody who may not acquire one now.
    pub async fn enrolment_code(&self, contract: Option<&str>, id: &str) -> Result<EnrolmentCode, BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        if user.frozen.is_some() {
            return Err(Refusal::new(inkan_protocol::Code::ContractFrozen).with("user", id).into());
        }
        entitlement::entitled(&self.profile, &mut change, &user, now).await?;
        let code = random::enrolment_code();
        let expires = now.saturating_add(Duration::minutes(i64::from(self.profile.certificate.enrolment_code_minutes)));
        enrolment_codes::forget_old(&mut change, now).await?;
        enrolment_codes::add(&mut change, &sha256_hex(code.expose().as_bytes()), &user.key, expires).await?;
        audit::record(&mut change, now, Event::done(Actor::Branch, Act::EnrolmentCodeMade).upon(&user)).await?;
        change.commit().await?;
        Ok(EnrolmentCode { user: user.key, code, expires })
    }
}
