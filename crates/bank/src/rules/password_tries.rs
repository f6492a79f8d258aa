//! Which password a try is compared with, and where the try is counted (M5).
//!
//! Anybody who knows an ID can send tries without a certificate. If the user logs in only by certificate, such tries
//! neither lock the login by certificate nor, at the login by ID, tell a right password from a wrong one (S3-14, M6).

use inkan_profile::{LoginMethod, Profile, RoleId};
use time::OffsetDateTime;

use super::refusal::Refusal;
use crate::database::users::{self, Kind};
use crate::database::{Connection, certificates, unknown_ids};

/// How a request gives a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PasswordCheck {
    /// In a session, or on a connection with the certificate of the user.
    Proved,
    /// By the login by ID (S1-6).
    LoginById,
    /// By the check before an enrolment (S0-7).
    Enrolment,
}

/// What counts the tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counter {
    /// The password of the user, which is locked for every login.
    Password(Kind),
    /// The ID, for tries without a certificate. The ID does not exist, or its user holds a certificate and logs in only
    /// by certificate.
    Id {
        /// Whether the user exists.
        known: bool,
    },
}

/// A try that is not counted yet.
#[derive(Debug)]
pub(crate) struct Try {
    pub(crate) counter: Counter,
    /// The number of wrong tries before this one.
    pub(crate) failures: i64,
    /// The hash that the password is compared with. Without a hash, every password is wrong.
    pub(crate) hash: Option<String>,
}

/// Returns the try of a password of `user`, of which `most` wrong ones lock.
///
/// An ID that does not exist takes the same statements, and so the same time.
pub(crate) async fn begin(
    profile: &Profile,
    connection: &mut Connection,
    (user, kind, check): (&str, Kind, PasswordCheck),
    most: i64,
    now: OffsetDateTime,
) -> Result<Try, Refusal> {
    let stored = users::password(connection, user, kind).await?;
    if check == PasswordCheck::Proved
        && let Some(stored) = stored
    {
        return Ok(Try { counter: Counter::Password(kind), failures: stored.failures, hash: stored.hash });
    }
    let found = users::find(connection, user).await?;
    let holds = certificates::last_of_user(connection, user).await?.is_some_and(|last| last.is_live(now));
    let counter = Counter::Id { known: stored.is_some() };
    let failures = counter.failures(connection, user).await?;
    let (Some(stored), Some(found)) = (stored, found) else { return Ok(Try { counter, failures, hash: None }) };
    let by_id = logs_in_by_id(profile, &found.person.role, holds);
    let hash = stored.hash.filter(|_| by_id || check == PasswordCheck::Enrolment);
    // A user without a certificate has no login by certificate that could be locked.
    if by_id || !holds {
        return Ok(Try { counter: Counter::Password(kind), failures: stored.failures, hash });
    }
    // Before an enrolment, the answer to a right password would tell that it is locked.
    let locked = check == PasswordCheck::Enrolment && stored.failures >= most;
    Ok(Try { counter, failures: if locked { stored.failures } else { failures }, hash })
}

impl Counter {
    /// Returns the number of wrong tries.
    pub(crate) async fn failures(self, connection: &mut Connection, user: &str) -> Result<i64, sqlx::Error> {
        match self {
            Self::Password(kind) => {
                Ok(users::password(connection, user, kind).await?.map_or(0, |stored| stored.failures))
            }
            Self::Id { known } => unknown_ids::failures(connection, &counted_id(user, known)).await,
        }
    }

    /// Sets the number of wrong tries.
    pub(crate) async fn set(
        self,
        connection: &mut Connection,
        user: &str,
        failures: i64,
        now: OffsetDateTime,
    ) -> Result<(), sqlx::Error> {
        match self {
            Self::Password(kind) => users::set_failures(connection, user, kind, failures).await,
            Self::Id { known } => unknown_ids::set_failures(connection, &counted_id(user, known), failures, now).await,
        }
    }
}

/// Ends the lock of tries without a certificate. Returns whether there was one.
pub(crate) async fn unlock_without_certificate(
    connection: &mut Connection,
    user: &str,
    most: i64,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let counter = Counter::Id { known: true };
    let failures = counter.failures(connection, user).await?;
    let locked = failures >= most;
    if locked {
        counter.set(connection, user, 0, now).await?;
    }
    Ok(locked)
}

/// Returns whether a user of that role, who holds a live certificate or not, may log in by ID.
fn logs_in_by_id(profile: &Profile, role: &RoleId, holds: bool) -> bool {
    let mut entrances = profile.entrances.iter().filter(|entrance| entrance.roles.contains(role)).peekable();
    let offered =
        entrances.peek().is_none() || entrances.any(|entrance| entrance.methods.contains(&LoginMethod::IdPassword));
    offered && (!holds || profile.certificate.id_password_beside_certificate)
}

/// Returns the ID under which tries are counted. No login ID contains a blank, so that a user who exists has another one
/// than an ID that does not.
fn counted_id(user: &str, known: bool) -> String {
    if known { format!("{user} ") } else { user.to_owned() }
}
