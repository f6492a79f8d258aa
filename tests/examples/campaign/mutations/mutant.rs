//! One mutated request.

use data_encoding::BASE64;
use inkan_protocol::{Endpoint, Listener, Method};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::Value;

use super::contract::Contract;
use super::values::{mutate_json, valid, wild_text};
use crate::samples::{self, Sample};

/// The characters that a path shows as they are.
const PLAIN: &[u8] = b"-._~";

/// A request, with what is known about it.
pub(crate) struct Mutant {
    /// What was changed, and where.
    pub(crate) name: String,
    pub(crate) listener: Listener,
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) method: &'static str,
    /// Whether the method and the path are those of the endpoint, so that the document says what the answer may be.
    pub(crate) is_of_the_document: bool,
    /// Whether the request is not HTTP, or is larger than the bank reads.
    pub(crate) breaks_http: bool,
    pub(crate) bytes: Vec<u8>,
}

/// The parts of a request before they are written.
struct Parts {
    method: &'static str,
    path: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    is_of_the_document: bool,
    breaks_http: bool,
}

impl Mutant {
    /// Makes a request to a random operation, with one or two changes.
    pub(crate) fn make(random: &mut StdRng, contract: &Contract, sessions: &[String; 2]) -> Self {
        let (endpoint, listener) = contract.operation(random.random_range(0..usize::MAX));
        let session = if listener == Listener::Portal { &sessions[0] } else { &sessions[1] };
        let mut parts = Parts::honest(random, contract, endpoint, listener, session);
        let first = parts.change(random, endpoint);
        let changes = if random.random_bool(0.2) {
            format!("{first}, {}", parts.change(random, endpoint))
        } else {
            first.to_owned()
        };
        Self {
            name: format!("{} {} at {listener:?}: {changes}", samples::name(endpoint.method), endpoint.path),
            listener,
            endpoint,
            method: parts.method,
            is_of_the_document: parts.is_of_the_document,
            breaks_http: parts.breaks_http,
            bytes: parts.written(),
        }
    }
}

impl Parts {
    fn honest(
        random: &mut StdRng,
        contract: &Contract,
        endpoint: &Endpoint,
        listener: Listener,
        session: &str,
    ) -> Self {
        let sample = Sample::of(endpoint, listener, &"0".repeat(64));
        let authorization = sample.authorization(session, "ABCD-EFGH");
        let mut headers = vec![
            ("Host".to_owned(), b"localhost".to_vec()),
            ("Accept-Language".to_owned(), random_language(random).to_vec()),
        ];
        headers.extend(authorization.map(|value| ("Authorization".to_owned(), value.into_bytes())));
        let body = match contract.takes(endpoint) {
            _ if endpoint.method == Method::Get => Vec::new(),
            Some(schema) if random.random_bool(0.5) => valid(random, contract, schema, 0).to_string().into_bytes(),
            _ => sample.body,
        };
        if !body.is_empty() {
            headers.push(("Content-Type".to_owned(), sample.content_type.as_bytes().to_vec()));
        }
        let path = sample.path.replace("{request}", "MAMCAQA=");
        Self { method: sample.method, path, headers, body, is_of_the_document: true, breaks_http: false }
    }

    /// Makes one change, and returns its name.
    fn change(&mut self, random: &mut StdRng, endpoint: &Endpoint) -> &'static str {
        match random.random_range(0..100) {
            0..40 if !self.body.is_empty() => self.change_body(random),
            0..50 => self.change_authorization(random),
            50..65 if endpoint.path.contains('{') => self.change_parameter(random, endpoint),
            50..70 => self.change_media_type(random),
            70..80 => {
                let others = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];
                self.method = others.choose(random).expect("methods");
                self.is_of_the_document = self.method == samples::name(endpoint.method);
                "another method"
            }
            80..90 => self.change_headers(random),
            _ => self.break_http(random),
        }
    }

    fn change_body(&mut self, random: &mut StdRng) -> &'static str {
        match random.random_range(0..14) {
            0 => {
                self.body.truncate(random.random_range(0..self.body.len()));
                "a body cut off"
            }
            1 => {
                let at = random.random_range(0..self.body.len());
                self.body[at] = random.random();
                "another byte in the body"
            }
            2 => {
                self.body = vec![b' '; random.random_range(60_000..70_000)];
                "a body of 64 KiB of blanks"
            }
            3 => {
                self.body = [b"[".repeat(20_000), b"]".repeat(20_000)].concat();
                "20,000 arrays within each other"
            }
            4 => {
                self.body = b"\xff\xfe{\x00}\x00".to_vec();
                "a body in UTF-16"
            }
            5 => {
                self.body.extend_from_slice(b"{}");
                "another value after the body"
            }
            6 => {
                self.body = random.random::<[u8; 32]>().repeat(random.random_range(1..100));
                "a body of random bytes"
            }
            _ => match serde_json::from_slice::<Value>(&self.body) {
                Ok(mut json) => {
                    let name = mutate_json(random, &mut json);
                    self.body = json.to_string().into_bytes();
                    name
                }
                Err(_) => {
                    self.body = BASE64.encode(&random.random::<[u8; 32]>()).into_bytes();
                    "another body in base64"
                }
            },
        }
    }

    fn change_authorization(&mut self, random: &mut StdRng) -> &'static str {
        self.headers.retain(|(name, _)| name != "Authorization");
        let mut values: [(&'static str, Vec<u8>); 8] = [
            ("no authorization", Vec::new()),
            ("an unknown session", format!("Bearer {}", "A".repeat(43)).into_bytes()),
            ("an empty session", b"Bearer ".to_vec()),
            ("a huge session", format!("Bearer {}", "A".repeat(20_000)).into_bytes()),
            ("a session that is not ASCII", b"Bearer \xe8\x8a\xb1\xff".to_vec()),
            ("Basic without a colon", format!("Basic {}", BASE64.encode(b"nobody")).into_bytes()),
            ("Basic with control characters", format!("Basic {}", BASE64.encode(b"\x00\x1b[2J:\n\xff")).into_bytes()),
            ("an unknown scheme", b"Negotiate YII=".to_vec()),
        ];
        let (name, value) = std::mem::take(&mut values[random.random_range(0..8)]);
        if !value.is_empty() {
            self.headers.push(("Authorization".to_owned(), value));
        }
        name
    }

    fn change_parameter(&mut self, random: &mut StdRng, endpoint: &Endpoint) -> &'static str {
        let text = wild_text(random);
        let mut written = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
                written.push(char::from(byte));
            } else {
                written.push_str(&format!("%{byte:02X}"));
            }
        }
        let (name, written) = match random.random_range(0..4) {
            0 => ("a parameter of bytes that are not UTF-8", "%FF%FE".to_owned()),
            1 => ("a parameter that is half an escape", "%4".to_owned()),
            _ => ("another parameter", written),
        };
        // A path with an empty part, or with a dot as a part, is another path.
        self.is_of_the_document &= !matches!(written.as_str(), "" | "." | "..");
        let (before, rest) = endpoint.path.split_once('{').unwrap_or((endpoint.path, ""));
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        self.path = format!("{before}{written}{after}");
        name
    }

    fn change_media_type(&mut self, random: &mut StdRng) -> &'static str {
        self.headers.retain(|(name, _)| name != "Content-Type");
        let types =
            ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "a", "*/*"];
        let value = types.choose(random).expect("media types");
        if !value.is_empty() {
            self.headers.push(("Content-Type".to_owned(), value.as_bytes().to_vec()));
        }
        "another media type"
    }

    fn change_headers(&mut self, random: &mut StdRng) -> &'static str {
        let text = |length: usize| "x".repeat(length).into_bytes();
        match random.random_range(0..6) {
            0 => {
                self.headers.retain(|(name, _)| name != "Accept-Language");
                self.headers
                    .push(("Accept-Language".to_owned(), b"\xff;q=9, *;q=, ja-JP-u-ca-japanese;q=1.0000".to_vec()));
                "a strange language"
            }
            1 => {
                self.headers.push(("Accept".to_owned(), b"text/html;q=0".to_vec()));
                "another accepted type"
            }
            2 => {
                self.headers.push(("X-Forwarded-For".to_owned(), b"127.0.0.9, \x00".to_vec()));
                self.breaks_http = true;
                "NUL in a header"
            }
            3 => {
                self.headers.push(("Cookie".to_owned(), text(12_000)));
                "a cookie of 12 kB"
            }
            4 => {
                self.path.push_str("?a=%00&a=%FF&id=..");
                "a query"
            }
            _ => {
                self.headers.push(("Expect".to_owned(), b"200-ok".to_vec()));
                "an unknown expectation"
            }
        }
    }

    fn break_http(&mut self, random: &mut StdRng) -> &'static str {
        self.breaks_http = true;
        match random.random_range(0..6) {
            0 => {
                self.headers.retain(|(name, _)| name != "Host");
                "no Host"
            }
            1 => {
                self.headers.push(("Host".to_owned(), b"other.example".to_vec()));
                "two Hosts"
            }
            2 => {
                self.headers.push(("Cookie".to_owned(), vec![b'x'; 60_000]));
                "headers of 60 kB"
            }
            3 => {
                self.headers.extend((0..300).map(|number| (format!("X-{number}"), b"1".to_vec())));
                "300 headers"
            }
            4 => {
                self.headers.push(("Transfer-Encoding".to_owned(), b"chunked".to_vec()));
                self.body = b"0\r\n\r\n".to_vec();
                "a length and chunks"
            }
            _ => {
                self.path = format!("{} \x01", self.path);
                "a blank in the path"
            }
        }
    }

    fn written(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.path).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(format!("{name}: ").as_bytes());
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("Content-Length: {}\r\n\r\n", self.body.len()).as_bytes());
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

fn random_language(random: &mut StdRng) -> &'static [u8] {
    [b"en".as_slice(), b"ja", b"fr, de;q=0.5", b"*"].choose(random).copied().unwrap_or(b"en")
}
