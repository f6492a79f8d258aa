use time::format_description::well_known::Rfc2822;
use time::{Duration, OffsetDateTime};
use url::Url;

use super::client_certificate::Said;
use crate::Transport;
use crate::net::address::authority;
use crate::net::address::same_server;
use crate::net::exchange::{Answer, Body, Page as KnownPage, Target};
use crate::net::transport_error::{Breakage, Shown};

/// The parts of an HTTP answer that show the cause of a failure.
#[derive(Debug, Clone)]
pub(crate) struct Page<'a> {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The address that the answer redirects to.
    pub(crate) location: Option<&'a str>,
    /// Whether the answer is a page for a browser.
    pub(crate) html: bool,
    /// When the server may be asked again, if the answer says so.
    pub(crate) again: Option<OffsetDateTime>,
    /// The client certificate that the server was sent, if any.
    pub(crate) shown: &'a Shown,
    /// Whether the body came to its end.
    pub(crate) body: Body,
}

impl<'a> Page<'a> {
    /// Takes the parts from an answer to a probe at the time `now`.
    pub(crate) fn of(answer: &'a Answer, shown: &'a Shown, now: OffsetDateTime) -> Self {
        let Answer { status, html, body, .. } = *answer;
        let again = answer.retry_after.as_deref().and_then(|text| retry_after(text, now));
        Self { status, location: answer.location.as_deref(), html, again, shown, body }
    }
}

/// Returns the cause that an answer of a trusted server at `address` shows, if the answer is not a bank's.
pub(crate) fn of_answer(page: &Page<'_>, address: &Url) -> Transport {
    match page.status {
        300..=303 | 305..=399 => redirected(page.location, address),
        status @ (401 | 407) => Transport::LoginDemanded { status },
        403 => Transport::Forbidden(page.shown.clone()),
        // RFC 6585 §6
        511 => Transport::CaptivePortal {
            target: page.location.and_then(|to| server_of(to, address)).unwrap_or_else(|| "HTTP 511".to_owned()),
        },
        status @ (408 | 425 | 429 | 500..=599) => Transport::Unavailable { status, again: page.again },
        200..=299 => match page.body {
            Body::CutShort => Transport::Broken(Breakage::WithinTheAnswer),
            Body::Unreadable => Transport::NotHttp,
            Body::Whole if page.html => Transport::PageAnswered,
            Body::Whole => Transport::AnswerUnknown,
        },
        status => Transport::AnotherService { status },
    }
}

/// The meaning of a page about certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageMeaning {
    /// The server requires a certificate, and was sent none.
    Demands {
        /// Whether the handshake asked for a certificate.
        asked: bool,
    },
    /// The server requires a certificate, and asks for it only after the handshake.
    AsksLater,
    /// The server refused the certificate that was sent.
    Refuses(Said),
}

/// Returns the meaning of a page about certificates, by the certificate that the server was sent. Returns none if the
/// page is the bank's own. A page judges a certificate only if the client has sent one. A gateway may answer with such
/// a status although its handshake asked for no certificate.
pub(crate) fn of_page(page: KnownPage, shown: &Shown) -> Option<PageMeaning> {
    match (page, shown) {
        (KnownPage::InkanProblem, _) => None,
        (KnownPage::ApachePostHandshake, _) => Some(PageMeaning::AsksLater),
        (page, Shown::Certificate(_)) => Some(PageMeaning::Refuses(Said::on(page))),
        (_, Shown::Nothing) => Some(PageMeaning::Demands { asked: true }),
        (_, Shown::NotAsked) => Some(PageMeaning::Demands { asked: false }),
    }
}

/// The longest pause that a server may ask for. The end of a longer pause does not help a user.
const LONGEST_PAUSE: Duration = Duration::days(7);

/// Returns the moment from which a server may be asked again (RFC 9110 §10.2.3). Returns none if the text holds no
/// moment, a past moment, or a moment more than [`LONGEST_PAUSE`] ahead.
pub(crate) fn retry_after(text: &str, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let at = match digits {
        true => now.checked_add(Duration::seconds(text.parse().ok()?))?,
        false => OffsetDateTime::parse(text, &Rfc2822).ok()?,
    };
    (at > now && at - now <= LONGEST_PAUSE).then_some(at)
}

/// Returns the cause of an answer that is not TLS.
pub(crate) fn of_plain_answer(first: &[u8], target: &Target) -> Transport {
    if first.is_empty() {
        return Transport::Broken(Breakage::Unexplained);
    }
    if !first.starts_with(b"HTTP/") {
        return Transport::NotTls;
    }
    match Answer::read(first).ok().and_then(|answer| leads_away(&answer, target)) {
        Some(target) => Transport::CaptivePortal { target },
        None => Transport::PlainHttp,
    }
}

/// Returns the other server that an answer leads to. A network's login page answers in this way in the server's place.
pub(super) fn leads_away(answer: &Answer, target: &Target) -> Option<String> {
    let named = answer.location.as_deref().and_then(|location| target.url.join(location).ok());
    match named {
        Some(to) if to.host() != target.url.host() => Some(authority(&to)),
        _ => (answer.status == 511).then(|| "HTTP 511".to_owned()),
    }
}

/// Returns the cause of a redirection.
fn redirected(location: Option<&str>, address: &Url) -> Transport {
    match location.and_then(|to| address.join(to).ok()).filter(Url::has_host) {
        Some(to) if to.scheme() == address.scheme() && same_server(&to, address) => Transport::RedirectedWithin,
        to => Transport::Redirected { target: to.map(|to| authority_of(&to)) },
    }
}

/// Returns the host and port of the server that `location` names.
fn server_of(location: &str, address: &Url) -> Option<String> {
    address.join(location).ok().filter(Url::has_host).map(|to| authority(&to))
}

/// Returns the host and port, with the scheme unless it is https. The other parts of an address may be secret.
fn authority_of(url: &Url) -> String {
    let there = authority(url);
    if url.scheme() == "https" { there } else { format!("{}://{there}", url.scheme()) }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn cause(status: u16, location: Option<&str>, html: bool) -> Transport {
        let address = Url::parse("https://bank.example:8443/").unwrap();
        let (again, shown, body) = (None, &Shown::NotAsked, Body::Whole);
        of_answer(&Page { status, location, html, again, shown, body }, &address)
    }

    #[test]
    fn each_kind_of_answer_has_its_cause() {
        for status in [500, 502, 503, 504, 429, 599] {
            assert!(matches!(cause(status, None, true), Transport::Unavailable { status: told, .. } if told == status));
        }
        for status in [401, 407] {
            assert!(matches!(cause(status, None, true), Transport::LoginDemanded { .. }));
        }
        assert!(matches!(cause(403, None, true), Transport::Forbidden(Shown::NotAsked)));
        for status in [101, 304, 400, 404, 418, 451, 999] {
            assert!(matches!(cause(status, None, true), Transport::AnotherService { status: told } if told == status));
        }
        assert!(matches!(cause(200, None, true), Transport::PageAnswered));
        assert!(matches!(cause(200, None, false), Transport::AnswerUnknown));
        assert!(matches!(cause(511, None, true), Transport::CaptivePortal { .. }));
    }

    #[test]
    fn a_page_speaks_of_a_certificate_only_if_one_was_sent() {
        let sent = Shown::Certificate("hanako".to_owned());
        for page in [KnownPage::NginxNoCertificate, KnownPage::NginxCertificateError, KnownPage::IisRevoked] {
            assert_eq!(of_page(page, &Shown::NotAsked), Some(PageMeaning::Demands { asked: false }));
            assert_eq!(of_page(page, &Shown::Nothing), Some(PageMeaning::Demands { asked: true }));
            assert_eq!(of_page(page, &sent), Some(PageMeaning::Refuses(Said::on(page))));
        }
        assert_eq!(of_page(KnownPage::ApachePostHandshake, &Shown::NotAsked), Some(PageMeaning::AsksLater));
        assert_eq!(of_page(KnownPage::InkanProblem, &sent), None);
    }

    #[test]
    fn the_time_to_ask_again_is_read_from_seconds_or_a_date_within_bounds() {
        let now = datetime!(2026-11-21 04:05:06 UTC);
        assert_eq!(retry_after(" 120 ", now), Some(datetime!(2026-11-21 04:07:06 UTC)));
        assert_eq!(retry_after("604800", now), Some(datetime!(2026-11-28 04:05:06 UTC)));
        let date = retry_after("Sat, 21 Nov 2026 05:00:00 GMT", now);
        assert_eq!(date, Some(datetime!(2026-11-21 05:00 UTC)));
        let nothing = ["", "0", "-5", "1.5", "soon", "604801", "99999999999999999999", "Sat, 21 Nov 2020 05:00:00 GMT"];
        for text in nothing.into_iter().chain(["Fri, 31 Dec 9999 23:59:59 GMT", "9223372036854775807"]) {
            assert_eq!(retry_after(text, now), None, "{text:?}");
        }
    }

    #[test]
    fn a_redirection_is_named_by_host_and_port_alone() {
        let target = |location| match cause(302, location, false) {
            Transport::Redirected { target } => target,
            other => panic!("{other:?}"),
        };
        let there = "https://me:himitsu@login.example:9443/enter?token=1";
        assert_eq!(target(Some(there)).as_deref(), Some("login.example:9443"));
        assert_eq!(target(Some("http://bank.example:8443/")).as_deref(), Some("http://bank.example:8443"));
        assert_eq!(target(Some("javascript:alert(1)")), None);
        assert_eq!(target(None), None);
        for within in ["/login", "https://bank.example:8443/login", "?next=1"] {
            assert!(matches!(cause(302, Some(within), false), Transport::RedirectedWithin), "{within}");
        }
    }

    #[test]
    fn a_login_page_of_a_network_is_told_from_plain_http() {
        let target = Target::new("https://bank.example/").unwrap();
        let answer = |text: &str| of_plain_answer(text.as_bytes(), &target);
        let portal = "HTTP/1.1 302 Found\r\nLocation: http://wifi.hotel.example/login\r\n\r\n";
        assert!(matches!(answer(portal), Transport::CaptivePortal { target } if target == "wifi.hotel.example"));
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<meta http-equiv='refresh' content='0; url=http://wifi.hotel.example/'>";
        assert!(matches!(answer(page), Transport::CaptivePortal { target } if target == "wifi.hotel.example"));
        assert!(matches!(answer("HTTP/1.1 511 Login\r\n\r\n"), Transport::CaptivePortal { .. }));
        for plain in ["HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP/1.1 301 X\r\nLocation: https://bank.example/\r\n\r\n"] {
            assert!(matches!(answer(plain), Transport::PlainHttp), "{plain}");
        }
        assert!(matches!(answer("SSH-2.0-OpenSSH_9\r\n"), Transport::NotTls));
    }
}
