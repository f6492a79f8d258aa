//! Reads an answer to its end.

use std::io::{self, Read};

use inkan_protocol::MEDIA_TYPE;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, TRANSFER_ENCODING};

use crate::Transport;
use crate::net::exchange::{is_html, recognise};
use crate::net::tls_error::{causes, find};
use crate::net::transport_error::Breakage;

/// The longest body that is read to its end, in bytes. No answer of a bank is longer.
const LONGEST_ANSWER: u64 = 4 << 20;

/// A whole answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The whole body, or why it was not read to its end.
    pub(crate) body: Result<Vec<u8>, Unread>,
}

/// Why the body of an answer was not read to its end.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unread {
    TooLong,
    TooSlow,
    CutShort,
    Unreadable,
}

impl From<Unread> for Transport {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooLong => Self::AnswerTooLong,
            Unread::TooSlow => Self::Slow,
            Unread::CutShort => Self::Broken(Breakage::WithinTheAnswer),
            Unread::Unreadable => Self::NotHttp,
        }
    }
}

pub(super) fn header(answer: &Answer, name: reqwest::header::HeaderName) -> &str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Returns whether another server may have answered in the bank's place after the bank received the request, so that
/// the bank's own answer is unknown. Three answers are known: a problem document of the bank, a success of the bank,
/// and the page by which a server refuses a certificate before it forwards a request.
pub(super) fn another_answers(answer: &Answer) -> bool {
    let kind = header(answer, CONTENT_TYPE);
    let success = (200..300).contains(&answer.status) && !is_html(kind) && answer.body.is_ok();
    let refuses = || recognise(answer.status, answer.body.as_deref().unwrap_or_default()).is_some();
    !success && !kind.starts_with(MEDIA_TYPE) && !refuses()
}

/// Reads an answer to its end, until it is longer than [`LONGEST_ANSWER`], or until the time of the request is over.
pub(crate) fn read_whole(response: reqwest::blocking::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let mut body = Vec::new();
    let body = match response.take(LONGEST_ANSWER + 1).read_to_end(&mut body) {
        Ok(length) if length as u64 <= LONGEST_ANSWER => Ok(body),
        Ok(_) => Err(Unread::TooLong),
        Err(error) if hung_up_silently(&error) && ends_with_the_connection(&headers) => Ok(body),
        Err(error) if find::<reqwest::Error>(&error).is_some_and(reqwest::Error::is_timeout) => Err(Unread::TooSlow),
        Err(error) if is_unreadable(&error) => Err(Unread::Unreadable),
        Err(_) => Err(Unread::CutShort),
    };
    Answer { status, headers, body }
}

/// Returns whether the server closed the connection without the TLS alert `close_notify`, as many servers do (RFC 8446
/// §6.1).
fn hung_up_silently(error: &io::Error) -> bool {
    causes(error).any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof)
    })
}

/// Returns whether only the end of the connection ends the body (RFC 9112 §6.3).
fn ends_with_the_connection(headers: &HeaderMap) -> bool {
    !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING)
}

/// Returns whether `error` means that the transfer coding of a body cannot be read.
fn is_unreadable(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    causes(error).any(|cause| {
        let error = cause.downcast_ref::<io::Error>();
        error.is_some_and(|error| matches!(error.kind(), Kind::InvalidInput | Kind::InvalidData))
    })
}
