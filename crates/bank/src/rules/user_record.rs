use inkan_profile::{PasswordKind, Profile};
use inkan_protocol::UserRecord;
use time::OffsetDateTime;

use super::refusal::Refusal;
use crate::database::users::User;
use crate::database::{Connection, certificates, issues};

/// Returns the record of a user that administrators see.
pub(crate) async fn record(
    profile: &Profile,
    connection: &mut Connection,
    user: User,
    now: OffsetDateTime,
) -> Result<UserRecord, Refusal> {
    let certificate = certificates::last_of_user(connection, &user.key).await?;
    let issue = issues::open_of_user(connection, &user.key).await?;
    Ok(UserRecord {
        token: user.token(now),
        certificate: certificate.map(|certificate| certificate.record(now)),
        issue: issue.map(|issue| issue.record(now)),
        locked: locked(profile, &user),
        person: user.person,
    })
}

fn locked(profile: &Profile, user: &User) -> Vec<PasswordKind> {
    let most = profile.passwords.failures_until_lock;
    let counts = [(PasswordKind::Login, user.login_failures), (PasswordKind::Confirmation, user.confirmation_failures)];
    counts.into_iter().filter_map(|(kind, failures)| (failures >= most).then_some(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m5_each_kind_of_password_is_locked_apart() {
        let okmate = Profile::from_toml(include_str!("../../../../profiles/okmate.toml")).unwrap();
        let locked = |login_failures, confirmation_failures| {
            let mut user = User::sample("hanakodt", "administrator");
            (user.login_failures, user.confirmation_failures) = (login_failures, confirmation_failures);
            locked(&okmate, &user)
        };
        assert_eq!(locked(5, 5), []);
        assert_eq!(locked(6, 5), [PasswordKind::Login]);
        assert_eq!(locked(5, 6), [PasswordKind::Confirmation]);
        assert_eq!(locked(6, 6), [PasswordKind::Login, PasswordKind::Confirmation]);
    }
}
