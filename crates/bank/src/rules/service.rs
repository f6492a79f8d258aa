use std::sync::Arc;

use inkan_profile::{PasswordKind, Profile};
use inkan_protocol::{Clock, Code};
use time::OffsetDateTime;
use url::Url;

use super::password_queue::Turns;
use super::refusal::Refusal;
use super::user_key::user_key;
use crate::authority::Authority;
use crate::authority::crl_cache::CrlCache;
use crate::database::users::User;
use crate::database::{Connection, Database, certificates};
use crate::keys::password_hash::Hashing;
use crate::keys::secret_box::Seal;

/// What every request is answered from.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) profile: Profile,
    pub(crate) database: Database,
    pub(crate) authority: Authority,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hashing: Hashing,
    pub(crate) seal: Seal,
    pub(crate) turns: Turns,
    /// The listener that asks for the client certificate.
    pub(crate) certificate_login: Url,
    pub(crate) crl: CrlCache,
}

impl Service {
    /// The present, in whole seconds: the grain in which the bank keeps time.
    pub(crate) fn now(&self) -> OffsetDateTime {
        let now = self.clock.now();
        now.replace_nanosecond(0).unwrap_or(now)
    }

    /// What the tables know somebody by who gives that contract number and login ID.
    pub(crate) fn key(&self, contract: Option<&str>, login_id: &str) -> String {
        user_key(&self.profile, contract, login_id)
    }

    /// Until when `user`, whose certificate was reissued, may change nothing (M7).
    pub(crate) async fn cooling_down(
        &self,
        connection: &mut Connection,
        user: &User,
    ) -> Result<Option<OffsetDateTime>, Refusal> {
        if self.profile.certificate.cooldown_hours == 0 {
            return Ok(None);
        }
        let last = certificates::last_of_user(connection, &user.key).await?;
        let acquired = last.filter(|last| last.reissue).and_then(|last| last.acquired);
        Ok(acquired.and_then(|acquired| self.profile.certificate.cooling_down(acquired, self.now())))
    }

    /// Whether `user`'s role has that password.
    pub(crate) fn has_password(&self, user: &User, kind: PasswordKind) -> bool {
        self.profile.role(&user.person.role).is_some_and(|role| role.has_password(kind))
    }

    /// Refuses somebody whose contract was stopped (M7) or whose login password is locked (M5), by whatever way they
    /// come.
    pub(crate) fn in_good_standing(&self, user: &User) -> Result<(), Refusal> {
        if user.frozen.is_some() {
            Err(Refusal::new(Code::ContractFrozen))
        } else if user.login_failures >= self.profile.passwords.failures_until_lock {
            Err(Refusal::new(Code::LoginPasswordLocked))
        } else {
            Ok(())
        }
    }
}
