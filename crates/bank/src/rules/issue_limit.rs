use inkan_protocol::Code;
use time::{Duration, OffsetDateTime};

use super::refusal::Refusal;
use super::time_format::time_in_japan;
use crate::database::users::User;
use crate::database::{Connection, certificates};

/// The most certificates that one user gets within [`SPAN`]. A person who starts again because something went wrong
/// needs a few.
const MOST: usize = 10;
const SPAN: Duration = Duration::hours(1);

/// Checks that `user` may get one more certificate now, inside the transaction that issues it.
///
/// Each revocation makes room for the next certificate, so that no other rule bounds their number.
///
/// # Errors
/// [`Code::TooManyCertificates`] with the time at which the next one is issued.
pub(crate) async fn check(change: &mut Connection, user: &User, now: OffsetDateTime) -> Result<(), Refusal> {
    let issued = certificates::issued_since(change, &user.key, now.saturating_sub(SPAN), MOST).await?;
    let Some(oldest) = issued.get(MOST - 1) else { return Ok(()) };
    let refusal = Refusal::new(Code::TooManyCertificates);
    Err(refusal.with("until", time_in_japan(oldest.saturating_add(SPAN))).with("most", MOST.to_string()))
}
