use axum::extract::Request;
use axum::http::Version;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::Response;

use crate::rules::refusal::Refusal;

/// Refuses a request that does not name one host (RFC 9112 §3.2, RFC 9113 §8.3.1). A proxy in front of the bank may
/// read another host in it, and serve the answer for that one.
pub(super) async fn require(request: Request, next: Next) -> Result<Response, Refusal> {
    if names_one_host(&request) { Ok(next.run(request).await) } else { Err(Refusal::unreadable(400, "not one host")) }
}

fn names_one_host(request: &Request) -> bool {
    let (version, target) = (request.version(), request.uri().authority());
    let mut named = request.headers().get_all(HOST).into_iter();
    match (named.next(), named.next()) {
        (Some(host), None) => {
            let host = Authority::try_from(host.as_bytes());
            let host = host.ok().filter(|host| !host.host().is_empty() && !host.as_str().contains('@'));
            // RFC 9113 §8.3.1: both may be there, and are the same.
            host.is_some_and(|host| version != Version::HTTP_2 || target.is_none_or(|target| *target == host))
        }
        (Some(_), Some(_)) => false,
        // HTTP/1.0 has no host. HTTP/2 has it in the target.
        (None, _) => match version {
            Version::HTTP_11 => false,
            Version::HTTP_2 => target.is_some(),
            _ => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_2_names_its_host_in_the_target_and_no_other_in_the_header() {
        let names = |version, target: &str, hosts: &[&str]| {
            let request = Request::builder().version(version).uri(target);
            let request = hosts.iter().fold(request, |request, host| request.header(HOST, *host));
            names_one_host(&request.body(axum::body::Body::empty()).unwrap())
        };
        for (target, hosts, served) in [
            ("https://localhost:8443/top", [].as_slice(), true),
            ("https://localhost:8443/top", ["localhost:8443"].as_slice(), true),
            ("https://localhost:8443/top", ["bank.example"].as_slice(), false),
            ("https://localhost:8443/top", ["localhost:8443", "localhost:8443"].as_slice(), false),
            ("/top", [].as_slice(), false),
        ] {
            assert_eq!(names(Version::HTTP_2, target, hosts), served, "{target} {hosts:?}");
        }
        assert!(names(Version::HTTP_10, "/top", &[]) && !names(Version::HTTP_11, "/top", &[]));
    }
}
