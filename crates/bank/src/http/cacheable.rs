use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, EXPIRES, IF_NONE_MATCH, LAST_MODIFIED};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::keys::digest::sha256_hex;

/// The date of HTTP, which is always in UTC (RFC 9110 §5.6.7).
const HTTP_DATE: &[BorrowedFormatItem<'_>] =
    format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");

/// A signed answer that caches may keep for a time (RFC 5019 §6.2).
#[derive(Debug)]
pub(super) struct Cacheable {
    pub(super) media_type: &'static str,
    pub(super) body: Bytes,
    pub(super) this_update: OffsetDateTime,
    /// The time from which a cache asks again; `nextUpdate` or earlier.
    pub(super) fresh_until: OffsetDateTime,
}

impl Cacheable {
    /// Returns the answer to a request with those headers, which is 304 if the client has this answer already.
    ///
    /// Only `If-None-Match` is read. Two answers may be of the same second, and after the mending of a clock a newer
    /// answer may have the earlier date, so that `If-Modified-Since` could keep an old answer in use.
    pub(super) fn answer(self, asked: &HeaderMap, now: OffsetDateTime) -> Response {
        let tag = format!("\"{}\"", sha256_hex(&self.body));
        let seconds = (self.fresh_until - now).whole_seconds().max(0);
        let headers = [
            (ETAG, tag.clone()),
            (LAST_MODIFIED, http_date(self.this_update)),
            (EXPIRES, http_date(self.fresh_until)),
            (CACHE_CONTROL, format!("max-age={seconds}, public, no-transform, must-revalidate")),
        ];
        if has(asked, &tag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        (headers, [(CONTENT_TYPE, self.media_type)], self.body).into_response()
    }
}

/// Returns whether a client has the answer with that entity tag (RFC 9110 §13.1.2).
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    let mut known = known.flat_map(|value| value.split(',')).map(str::trim);
    known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn http_date(at: OffsetDateTime) -> String {
    // Fails for a year of more than four digits only.
    at.checked_to_offset(time::UtcOffset::UTC).unwrap_or(at).format(HTTP_DATE).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use time::Duration;

    use super::*;

    const NOW: OffsetDateTime = time::macros::datetime!(2026-11-08 21:04:05 +9);

    fn answer(known: &str) -> Response {
        let asked = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_str(known).unwrap())]);
        let body = Bytes::from_static(b"list");
        let (this_update, fresh_until) = (NOW - Duration::MINUTE, NOW + Duration::minutes(5));
        Cacheable { media_type: "application/pkix-crl", body, this_update, fresh_until }.answer(&asked, NOW)
    }

    #[test]
    fn an_answer_says_how_long_it_may_be_kept_and_is_not_sent_twice() {
        let first = answer("\"another\"");
        let header = |response: &Response, name| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(first.status(), 200);
        assert_eq!(header(&first, LAST_MODIFIED), "Sun, 08 Nov 2026 12:03:05 GMT");
        assert_eq!(header(&first, EXPIRES), "Sun, 08 Nov 2026 12:09:05 GMT");
        assert_eq!(header(&first, CACHE_CONTROL), "max-age=300, public, no-transform, must-revalidate");
        let tag = header(&first, ETAG);
        assert_eq!(tag, format!("\"{}\"", sha256_hex(b"list")));
        for known in [tag.clone(), format!("\"another\", W/{tag}"), "*".to_owned()] {
            let again = answer(&known);
            assert_eq!((again.status(), header(&again, ETAG)), (StatusCode::NOT_MODIFIED, tag.clone()), "{known}");
            assert!(!again.headers().contains_key(CONTENT_TYPE));
        }
    }
}
