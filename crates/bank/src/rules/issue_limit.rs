use inkan_protocol::Code;
use time::{Duration, OffsetDateTime};

use super::refusal::Refusal;
use super::time_format::time_in_japan;
use crate::database::users::User;
use crate::database::{Connection, certificates};

/// The most certificates that one user gets within [`SPAN`], if the bank's options do not say otherwise. A person who
/// starts again because something went wrong needs a few.
pub(crate) const USUAL: usize = 10;
const SPAN: Duration = Duration::hours(1);

/// Checks that `user` may get one more certificate now, of at most `most` within an hour, inside the transaction that
/// issues it.
///
/// Each revocation makes room for the next certificate, so that no other rule bounds their number.
///
/// # Errors
/// [`Code::TooManyCertificates`] with the time at which the next one is issued.
pub(crate) async fn check(
    most: usize,
    change: &mut Connection,
    user: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let issued = certificates::issued_since(change, &user.key, now.saturating_sub(SPAN), most).await?;
    let Some(oldest) = issued.get(most.saturating_sub(1)) else { return Ok(()) };
    let until = oldest.saturating_add(SPAN);
    let refusal = Refusal::new(Code::TooManyCertificates).until(until - now);
    Err(refusal.with("until", time_in_japan(until)).with("most", most.to_string()))
}
