use inkan_profile::Profile;
use time::{Duration, OffsetDateTime};

use crate::database::Connection;
use crate::database::sessions::{self, Ended, StoredSession};

/// The longest duration of a session, however often it is used (NIST SP 800-63B §2.2.3).
const LONGEST: Duration = Duration::hours(12);

/// Returns whether the session is over: it was not used for as long as the profile allows, or it is older than
/// [`LONGEST`].
pub(crate) fn is_over(profile: &Profile, session: &StoredSession, now: OffsetDateTime) -> bool {
    now - session.last_used >= idle(profile) || now - session.begun >= LONGEST
}

/// Ends every session that is over.
pub(crate) async fn end_all_over(
    profile: &Profile,
    change: &mut Connection,
    now: OffsetDateTime,
) -> Result<Ended, sqlx::Error> {
    sessions::end_old(change, now.saturating_sub(idle(profile)), now.saturating_sub(LONGEST)).await
}

fn idle(profile: &Profile) -> Duration {
    Duration::minutes(i64::from(profile.session_idle_minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService};

    #[tokio::test]
    async fn a_session_ends_by_its_idle_time_and_by_its_age() {
        let bank = TestService::open(OKMATE).await;
        let now = bank.now();
        let token_hash = bank.session("hanakodt", None).await;
        let stored = async || sessions::find(&mut bank.database.read().await.unwrap(), &token_hash).await.unwrap();
        let session = |begun: Duration, last_used: Duration| StoredSession {
            begun: now - begun,
            last_used: now - last_used,
            token_hash: token_hash.clone(),
            ..stored_sample()
        };
        fn stored_sample() -> StoredSession {
            StoredSession {
                token_hash: String::new(),
                user: "hanakodt".to_owned(),
                method: inkan_profile::LoginMethod::Certificate,
                certificate: None,
                address: None,
                begun: OffsetDateTime::UNIX_EPOCH,
                last_used: OffsetDateTime::UNIX_EPOCH,
            }
        }
        let over = |begun, last_used| is_over(&bank.profile, &session(begun, last_used), now);
        assert!(!over(LONGEST - Duration::SECOND, Duration::minutes(15) - Duration::SECOND));
        assert!(over(Duration::minutes(15), Duration::minutes(15)), "S1-15: idle");
        assert!(over(LONGEST, Duration::ZERO), "however often it is used");
        let end_at = async |at| {
            let mut change = bank.database.write().await.unwrap();
            let ended = end_all_over(&bank.profile, &mut change, at).await.unwrap().0;
            change.commit().await.unwrap();
            ended.len()
        };
        assert_eq!(end_at(now + Duration::minutes(15) - Duration::SECOND).await, 0);
        assert!(stored().await.is_some());
        assert_eq!(end_at(now + Duration::minutes(15)).await, 1);
        assert!(stored().await.is_none());
    }
}
