use std::sync::Arc;

use inkan_profile::{PasswordKind, Profile};
use inkan_protocol::Clock;
use serde_json::value::RawValue;
use time::OffsetDateTime;
use url::Url;

use super::certificate_validity::Issuing;
use super::known_senders::KnownSenders;
use super::password_queue::KeyedMutex;
use super::time_format::whole_second;
use super::user_key::user_key;
use crate::audit::refusal_counts::RefusalCounts;
use crate::authority::Authority;
use crate::authority::crl_cache::CrlCache;
use crate::database::Database;
use crate::database::users::User;
use crate::keys::password_hash::Hashing;
use crate::keys::secret_box::SecretBox;

/// The bank's data, keys and clock, which requests and rules work with.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) profile: Profile,
    /// The profile without its sample people, as JSON.
    pub(crate) published: Box<RawValue>,
    pub(crate) database: Database,
    pub(crate) authority: Authority,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hashing: Hashing,
    pub(crate) secret_box: SecretBox,
    pub(crate) password_queue: KeyedMutex,
    /// The address of the listener that requires the client certificate.
    pub(crate) certificate_login: Url,
    pub(crate) crl: CrlCache,
    pub(crate) known_senders: KnownSenders,
    /// The most certificates that one user gets within an hour.
    pub(crate) certificates_per_hour: usize,
    pub(crate) refusal_counts: Arc<RefusalCounts>,
}

impl Service {
    /// Returns the present time in whole seconds.
    pub(crate) fn now(&self) -> OffsetDateTime {
        whole_second(self.clock.now())
    }

    /// Returns what a new certificate depends on.
    pub(crate) fn issuing(&self) -> Issuing<'_> {
        Issuing { profile: &self.profile, ca_end: self.authority.end() }
    }

    /// Returns the key of the user with that contract number and login ID.
    pub(crate) fn key(&self, contract: Option<&str>, login_id: &str) -> String {
        user_key(&self.profile, contract, login_id)
    }

    /// Returns whether the role of `user` has a password of that kind.
    pub(crate) fn has_password(&self, user: &User, kind: PasswordKind) -> bool {
        self.profile.role(&user.person.role).is_some_and(|role| role.has_password(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{KANRISYA, KEIYAKU, RIYOUSYA, TestService};

    #[tokio::test]
    async fn s3_10_the_profile_decides_keys_and_passwords() {
        let bank = TestService::open(KEIYAKU).await;
        assert_eq!(bank.key(Some("00009876543"), "riyousya"), RIYOUSYA);
        let confirms = async |key| bank.has_password(&bank.user(key).await, PasswordKind::Confirmation);
        assert!(confirms(KANRISYA).await && !confirms(RIYOUSYA).await);
    }
}
