use std::collections::BTreeMap;

use inkan_protocol::{Code, Language, Problem, Who, problem_words};
use inkan_store::CertificateId;
use serde::Serialize;

use crate::net::exchange::{AnswerReport, RequestReport, ServerReport, TlsReport};

/// What a server asks for, what it answered, and what this means.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ProbeReport {
    /// The address that was probed.
    pub address: String,
    /// Whether anything accepted the connection.
    pub reached: bool,
    /// The agreed TLS parameters; none if the handshake did not come that far.
    pub tls: Option<TlsReport>,
    /// The server's certificates, and whether they are trusted; none if the server sent no certificate.
    pub server: Option<ServerReport>,
    /// The server's request for a client certificate.
    pub client_certificate: RequestReport,
    /// The client certificate that was sent with a proof of its key.
    pub presented: Option<CertificateId>,
    /// Why the certificates of this PC were not compared with the request: the code of the store's error.
    pub store_problem: Option<Code>,
    /// The server's answer over HTTP.
    pub answer: Option<AnswerReport>,
    /// What prevents a login, the most important first. Empty if nothing prevents it.
    pub findings: Vec<Finding>,
}

/// One thing that prevents a login: the code of a problem, with its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Finding {
    /// The code of the problem.
    pub code: Code,
    /// The names and numbers in the texts.
    pub params: BTreeMap<String, String>,
    /// Who can mend the problem.
    pub who: Who,
    /// What happened.
    pub title: String,
    /// What that means.
    pub detail: String,
    /// What to do next.
    pub next: String,
}

impl Finding {
    /// Creates a finding from a problem that prevented the probe.
    pub(crate) fn of(problem: &Problem, language: Language) -> Self {
        let params: Vec<_> = problem.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Self::new(problem.code, &params, language)
    }

    pub(super) fn new(code: Code, params: &[(&str, &str)], language: Language) -> Self {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (words, name) = (problem_words(language), code.name());
        Self {
            code,
            who: code.who(),
            title: words.text(name, &params),
            detail: words.attribute(name, "detail", &params),
            next: words.attribute(name, "next", &params),
            params,
        }
    }
}
