use std::collections::BTreeMap;

use inkan_protocol::{Code, Language, Problem, Who, problem_words};
use inkan_store::CertificateId;
use serde::Serialize;

use crate::net::exchange::{AnswerReport, RequestReport, ServerReport, TlsReport};

/// What a server asks for, what it answered, and what that means.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ProbeReport {
    /// What was probed.
    pub address: String,
    /// Whether anything accepted the connection.
    pub reached: bool,
    /// What was agreed on; none if TLS did not come that far.
    pub tls: Option<TlsReport>,
    /// Who the server says it is; none if it did not say.
    pub server: Option<ServerReport>,
    /// What it wants to know of the client.
    pub client_certificate: RequestReport,
    /// The certificate that was sent, with proof of its key.
    pub presented: Option<CertificateId>,
    /// Why the certificates of this PC were not compared with the request: the store does not open.
    pub store_problem: Option<Code>,
    /// What it answered over HTTP.
    pub answer: Option<AnswerReport>,
    /// What stands in the way of a login, the weightiest first. Empty if nothing does.
    pub findings: Vec<Finding>,
}

/// One thing that stands in the way: a problem's code with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// Names and numbers inside the words.
    pub params: BTreeMap<String, String>,
    /// Who can mend it.
    pub who: Who,
    /// What happened.
    pub title: String,
    /// What that means.
    pub detail: String,
    /// What to do next.
    pub next: String,
}

impl Finding {
    /// What stood in the way before anything could be probed.
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
