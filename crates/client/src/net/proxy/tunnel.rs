use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use inkan_protocol::Secret;

use super::dial::{dial, remaining};
use super::endpoint::ProxyEndpoint;
use super::failure::ProxyFailure;

/// The longest head of an answer, in bytes. A longer head is not a proxy's.
const LONGEST_HEAD: usize = 16 << 10;
const MOST_HEADERS: usize = 64;

/// Asks the proxy for a tunnel to `host` and `port` (RFC 9110 §9.3.6).
pub(super) fn open(
    endpoint: &ProxyEndpoint,
    authorization: Option<&Secret>,
    (host, port): (&str, u16),
    deadline: Instant,
) -> Result<TcpStream, ProxyFailure> {
    let mut stream = dial(&endpoint.host, endpoint.port, deadline)
        .map_err(|unreached| ProxyFailure::Unreachable(unreached.into()))?;
    let head = ask(&mut stream, authorization, &format!("{host}:{port}"), deadline)?;
    judge(&head).map(|()| stream)
}

fn ask(
    stream: &mut TcpStream,
    authorization: Option<&Secret>,
    authority: &str,
    deadline: Instant,
) -> Result<Vec<u8>, ProxyFailure> {
    let login = authorization.map(|value| format!("Proxy-Authorization: {}\r\n", value.expose())).unwrap_or_default();
    let login = zeroize::Zeroizing::new(login);
    let version = env!("CARGO_PKG_VERSION");
    let request = zeroize::Zeroizing::new(format!(
        "CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: inkan/{version}\r\n{}\r\n",
        login.as_str()
    ));
    let sent = remaining(deadline).and_then(|left| {
        stream.set_write_timeout(Some(left))?;
        stream.write_all(request.as_bytes())
    });
    sent.map_err(ProxyFailure::Unreachable)?;
    let mut head = Vec::new();
    // Reads one byte at a time, since the bytes after the head belong to the bank.
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        let read = remaining(deadline).and_then(|left| {
            stream.set_read_timeout(Some(left))?;
            stream.read(&mut byte)
        });
        match read.map_err(ProxyFailure::Unreachable)? {
            0 => return Err(ProxyFailure::AnswerUnknown),
            _ if head.len() >= LONGEST_HEAD => return Err(ProxyFailure::AnswerUnknown),
            _ => head.push(byte[0]),
        }
    }
    Ok(head)
}

fn judge(head: &[u8]) -> Result<(), ProxyFailure> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut answer = httparse::Response::new(&mut headers);
    answer.parse(head).map_err(|_| ProxyFailure::AnswerUnknown)?;
    match answer.code {
        Some(200..300) => Ok(()),
        // tinyproxy answers 401 if it refuses a login.
        Some(401 | 407) => {
            let asks = |name: &str| {
                ["proxy-authenticate", "www-authenticate"].iter().any(|one| name.eq_ignore_ascii_case(one))
            };
            let asking = answer.headers.iter().filter(|header| asks(header.name));
            let schemes: Vec<String> = asking.filter_map(|header| scheme(header.value)).collect();
            // A proxy that names no scheme is sent a login by Basic, which each proxy supports.
            if schemes.is_empty() || schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic")) {
                return Err(ProxyFailure::LoginRequired);
            }
            Err(ProxyFailure::LoginUnsupported(schemes.join(", ")))
        }
        Some(status) => Err(ProxyFailure::Refused(status)),
        None => Err(ProxyFailure::AnswerUnknown),
    }
}

fn scheme(value: &[u8]) -> Option<String> {
    std::str::from_utf8(value).ok()?.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(head: &str) -> Result<(), ProxyFailure> {
        judge(head.as_bytes())
    }

    #[test]
    fn m8_a_proxy_that_demands_a_login_is_known_by_how_it_asks() {
        let basic = "HTTP/1.0 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";
        assert!(matches!(judged(basic), Err(ProxyFailure::LoginRequired)));
        assert!(matches!(judged("HTTP/1.0 401 Unauthorized\r\n\r\n"), Err(ProxyFailure::LoginRequired)));
        let both = "HTTP/1.1 407 X\r\nProxy-Authenticate: NTLM\r\nproxy-authenticate: basic realm=x\r\n\r\n";
        assert!(matches!(judged(both), Err(ProxyFailure::LoginRequired)));
        let windows = "HTTP/1.1 407 X\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n";
        let refused = judged(windows).unwrap_err();
        assert!(matches!(&refused, ProxyFailure::LoginUnsupported(schemes) if schemes == "Negotiate, NTLM"));
    }

    #[test]
    fn only_success_opens_the_way() {
        assert!(judged("HTTP/1.1 200 Connection established\r\n\r\n").is_ok());
        assert!(matches!(judged("HTTP/1.1 403 Filtered\r\n\r\n"), Err(ProxyFailure::Refused(403))));
        assert!(matches!(judged("SSH-2.0-OpenSSH_9\r\n\r\n"), Err(ProxyFailure::AnswerUnknown)));
    }
}
