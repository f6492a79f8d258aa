//! Reads a server's HTTP/1.1 answer (RFC 9112), as far as a probe needs it.

use inkan_protocol::{Code, MEDIA_TYPE, ProblemDocument};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::shown::Page;

/// Whether the body of an answer came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// The body came whole, or is longer than the part that is read.
    Whole,
    /// The body ended before its announced end.
    CutShort,
    /// The transfer coding of the body cannot be read (RFC 9112 §7).
    Unreadable,
}

/// The largest number of headers, the same as for the client's HTTP connections. An answer with more headers is not
/// read.
const HEADERS: usize = 100;

/// A server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) page: Option<Page>,
    /// The code in a bank's problem document.
    pub(crate) problem: Option<Code>,
    /// The time by the server's clock (RFC 9110 §6.6.1).
    pub(crate) date: Option<OffsetDateTime>,
    /// The address that the answer redirects to, by its header or by the page itself.
    pub(crate) location: Option<String>,
    /// The value of `Retry-After`, as it was sent (RFC 9110 §10.2.3).
    pub(crate) retry_after: Option<String>,
    /// Whether the answer is a page for a browser.
    pub(crate) html: bool,
    pub(crate) body: Body,
}

/// Why the bytes that came are not an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// The bytes are not HTTP.
    Unreadable,
    /// The bytes are the beginning of a head.
    CutShort,
}

impl Answer {
    /// Reads the bytes that came until the connection ended.
    pub(crate) fn read(received: &[u8]) -> Result<Self, NoAnswer> {
        let Response { status, headers, body } = final_response(received)?;
        let header =
            |name: &str| headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str());
        let problem = header("content-type").filter(|kind| kind.starts_with(MEDIA_TYPE)).and_then(|_| {
            let (start, end) = (body.iter().position(|b| *b == b'{')?, body.iter().rposition(|b| *b == b'}')?);
            serde_json::from_slice::<ProblemDocument>(body.get(start..=end)?).ok().map(|document| document.code)
        });
        let page = if problem.is_some() { Some(Page::InkanProblem) } else { recognise(status, body) };
        let date = header("date").and_then(|date| OffsetDateTime::parse(date, &Rfc2822).ok());
        let html = is_html(header("content-type").unwrap_or_default());
        let retry_after = header("retry-after").map(str::to_owned);
        let location = header("location").map(str::to_owned).or_else(|| refresh(html, body));
        let body = match progress(status, &headers, body) {
            Progress::Whole | Progress::UntilTheEnd => Body::Whole,
            Progress::Begun => Body::CutShort,
            Progress::Unreadable => Body::Unreadable,
        };
        Ok(Self { status, page, problem, date, location, retry_after, html, body })
    }
}

/// Returns whether no further bytes matter: the announced answer is complete, or cannot be read.
pub(crate) fn is_complete(received: &[u8]) -> bool {
    match final_response(received) {
        Ok(Response { status, headers, body }) => {
            matches!(progress(status, &headers, body), Progress::Whole | Progress::Unreadable)
        }
        Err(NoAnswer::Unreadable) => true,
        Err(NoAnswer::CutShort) => false,
    }
}

/// How much of a body has come.
#[derive(Debug, PartialEq, Eq)]
enum Progress {
    Whole,
    Begun,
    /// The body ends with the connection.
    UntilTheEnd,
    Unreadable,
}

/// Returns the progress of a body, by the announcement of its length (RFC 9112 §6.3).
fn progress(status: u16, headers: &[(String, String)], body: &[u8]) -> Progress {
    let header = |name: &str| headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim());
    if matches!(status, 101 | 204 | 304) {
        return Progress::Whole;
    }
    match (header("transfer-encoding"), header("content-length")) {
        (Some(coding), _) if coding.to_ascii_lowercase().ends_with("chunked") => chunks(body),
        (Some(_), _) | (None, None) => Progress::UntilTheEnd,
        (None, Some(length)) if length.parse().is_ok_and(|length: usize| body.len() >= length) => Progress::Whole,
        (None, Some(_)) => Progress::Begun,
    }
}

/// Returns the progress of a body in chunks (RFC 9112 §7.1).
fn chunks(mut body: &[u8]) -> Progress {
    loop {
        let (start, size) = match httparse::parse_chunk_size(body) {
            Ok(httparse::Status::Complete(found)) => found,
            Ok(httparse::Status::Partial) => return Progress::Begun,
            Err(_) => return Progress::Unreadable,
        };
        let rest = &body[start..];
        if size == 0 {
            let ended = rest.starts_with(b"\r\n") || rest.windows(4).any(|end| end == b"\r\n\r\n");
            return if ended { Progress::Whole } else { Progress::Begun };
        }
        let end = usize::try_from(size).ok().filter(|size| *size <= rest.len());
        let Some(after) = end.map(|size| &rest[size..]) else { return Progress::Begun };
        match after {
            [b'\r', b'\n', ..] => body = &after[2..],
            [] | [b'\r'] => return Progress::Begun,
            _ => return Progress::Unreadable,
        }
    }
}

struct Response<'a> {
    status: u16,
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

/// Returns the first response that is not informational (RFC 9110 §15.2).
fn final_response(mut received: &[u8]) -> Result<Response<'_>, NoAnswer> {
    loop {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let length = match response.parse(received) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Err(NoAnswer::CutShort),
            Err(_) => return Err(NoAnswer::Unreadable),
        };
        let status = response.code.ok_or(NoAnswer::Unreadable)?;
        let body = &received[length..];
        // After 101, the connection uses another protocol (RFC 9110 §15.2.2).
        if status >= 200 || status == 101 {
            let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
            let headers: Vec<_> =
                response.headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect();
            return if has_one_length(&headers) {
                Ok(Response { status, headers, body })
            } else {
                Err(NoAnswer::Unreadable)
            };
        }
        received = body;
    }
}

/// Returns whether the head announces the length of the body without a contradiction: by no length, by one readable
/// length, or by a transfer coding (RFC 9112 §6.3).
fn has_one_length(headers: &[(String, String)]) -> bool {
    let values = |name: &'static str| {
        headers.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let mut lengths = values("content-length").map(str::parse::<u64>);
    let first = lengths.next();
    values("transfer-encoding").next().is_some()
        || first.is_none_or(|first| first.is_ok() && lengths.all(|length| length == first))
}

/// Returns whether content of that type is a page for a browser.
pub(crate) fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|html| kind.eq_ignore_ascii_case(html))
}

/// Returns the address that a page redirects to by its own content. Login pages of networks that answer 200 do so.
pub(crate) fn refresh(html: bool, body: &[u8]) -> Option<String> {
    let text = html.then(|| String::from_utf8_lossy(body))?;
    let lower = text.to_ascii_lowercase();
    let tag = lower.find("http-equiv=\"refresh\"").or_else(|| lower.find("http-equiv='refresh'"))?;
    let start = tag + lower.get(tag..)?.find("url=")? + "url=".len();
    let rest = text.get(start..)?.trim_start_matches(['\'', '"']);
    let address = rest.split(['"', '\'', '>', ';', ' ']).next()?;
    (!address.is_empty()).then(|| address.to_owned())
}

pub(crate) fn recognise(status: u16, body: &[u8]) -> Option<Page> {
    let text = String::from_utf8_lossy(body);
    let known = [
        (400..=400, "No required SSL certificate was sent", Page::NginxNoCertificate),
        (400..=400, "The SSL certificate error", Page::NginxCertificateError),
        (403..=403, "Cannot perform Post-Handshake Authentication", Page::ApachePostHandshake),
        (403..=403, "403.7", Page::IisNoCertificate),
        (403..=403, "403.13", Page::IisRevoked),
        (403..=403, "403.16", Page::IisUntrusted),
        (403..=403, "403.17", Page::IisOutOfDate),
        // If a site has its own page, nginx answers with these numbers unless `error_page` changes them.
        (496..=496, "", Page::NginxNoCertificate),
        (495..=495, "", Page::NginxCertificateError),
    ];
    known.into_iter().find(|(range, words, _)| range.contains(&status) && text.contains(words)).map(|(.., page)| page)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn page(status: u16, body: &str) -> Option<Page> {
        let text = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        assert!(is_complete(text.as_bytes()));
        assert!(!is_complete(&text.as_bytes()[..text.len() - 1]));
        Answer::read(text.as_bytes()).unwrap().page
    }

    #[test]
    fn known_pages_are_recognised_by_status_and_words() {
        let nginx = "<center><h1>400 Bad Request</h1></center><center>No required SSL certificate was sent</center>";
        assert_eq!(page(400, nginx), Some(Page::NginxNoCertificate));
        assert_eq!(page(200, nginx), None);
        assert_eq!(page(403, "<h2>HTTP Error 403.16 - Forbidden</h2>"), Some(Page::IisUntrusted));
        assert_eq!(page(403, "<h2>HTTP Error 403.7 - Forbidden</h2>"), Some(Page::IisNoCertificate));
        assert_eq!(page(403, "<h2>HTTP Error 403.17 - Forbidden</h2>"), Some(Page::IisOutOfDate));
        assert_eq!(page(403, "Not for you"), None);
        assert_eq!(page(495, "our own page"), Some(Page::NginxCertificateError));
    }

    #[test]
    fn an_informational_answer_is_passed_over_and_the_date_is_read() {
        let text = b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 404 \r\nDATE: Sat, 21 Nov 2026 04:05:06 GMT\r\n\r\n";
        let answer = Answer::read(text).unwrap();
        assert_eq!((answer.status, answer.page), (404, None));
        assert_eq!(answer.date, Some(datetime!(2026-11-21 04:05:06 UTC)));
        let switched = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n";
        assert!(is_complete(switched) && Answer::read(switched).unwrap().status == 101);
    }

    #[test]
    fn what_is_no_http_is_no_answer() {
        let long = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(HEADERS + 1));
        let lengths = b"HTTP/1.1 404 X\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc";
        let length = b"HTTP/1.1 404 X\r\nContent-Length: x\r\n\r\n";
        let escape = b"HTTP/1.1 200 OK\r\nX: \x1b[2J\r\n\r\n";
        let others = [&b"SSH-2.0-OpenSSH_9.2\r\n"[..], b"\0\0\0\x04", b"220 mail.example ESMTP\r\n"];
        for wrong in others.into_iter().chain([long.as_bytes(), escape, lengths, length]) {
            assert_eq!(Answer::read(wrong), Err(NoAnswer::Unreadable));
            assert!(is_complete(wrong), "no further bytes matter");
        }
        for begun in [&b""[..], b"HTTP/1.1 200 OK\r\nDate"] {
            assert_eq!(Answer::read(begun), Err(NoAnswer::CutShort));
            assert!(!is_complete(begun));
        }
    }

    #[test]
    fn a_body_that_is_not_whole_is_known_by_how_its_length_is_announced() {
        let body = |head: &str, body: &str| {
            let text = format!("HTTP/1.1 200 OK\r\n{head}\r\n{body}");
            (Answer::read(text.as_bytes()).unwrap().body, is_complete(text.as_bytes()))
        };
        let chunked = "Transfer-Encoding: gzip, Chunked\r\n";
        assert_eq!(body("Content-Length: 5\r\n", "hello"), (Body::Whole, true));
        assert_eq!(body("Content-Length: 6\r\n", "hello"), (Body::CutShort, false));
        assert_eq!(body("", "hello"), (Body::Whole, false), "the body ends with the connection");
        assert_eq!(body(chunked, "5\r\nhello\r\n0\r\n\r\n"), (Body::Whole, true));
        assert_eq!(body(chunked, "5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n"), (Body::Whole, true));
        for begun in ["", "5", "5\r\nhel", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n"] {
            assert_eq!(body(chunked, begun), (Body::CutShort, false), "{begun:?}");
        }
        for garbage in ["hello", "5\r\nhello?!", "-1\r\n", "fffffffffffffffff\r\n"] {
            assert_eq!(body(chunked, garbage), (Body::Unreadable, true), "{garbage:?}");
        }
    }
}
