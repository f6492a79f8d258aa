use inkan_client::protocol::Who;
use inkan_client::{CertificateId, Distrust, Finding, Inkan, ProbeReport, ServerReport, read_ca_file};

use crate::arguments::Probe;
use crate::dates::end;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// Prints the report. Succeeds if a server was reached, even if the report has findings. If none was reached, the
/// report says why.
pub(crate) fn run(command: &Probe, inkan: &Inkan, output: &Output) -> Result<(), Failure> {
    let ca = command.ca.as_deref().map(read_ca_file).transpose()?;
    let certificate = command.certificate.as_deref().map(|typed| inkan.find_certificate(typed, None)?.readable());
    let certificate = certificate.transpose()?.map(|row| row.id);
    let report = inkan.probe(&command.address, certificate.as_ref(), ca.as_deref())?;
    let rows = if report.store_problem.is_some() { Vec::new() } else { inkan.certificates(None)? };
    let names: Vec<(CertificateId, String)> = rows.into_iter().map(|row| (row.id, row.name)).collect();
    output.result(&report, |words| lines(&report, &names, words));
    if report.reached { Ok(()) } else { Err(Failure::NotReached) }
}

fn lines(report: &ProbeReport, names: &[(CertificateId, String)], words: &Words) -> Vec<String> {
    let mut lines = vec![report.address.clone()];
    if let Some(tls) = &report.tls {
        lines.push(words.with("probe-tls", &[("protocol", &tls.protocol), ("cipher", &tls.cipher)]));
        lines.extend(tls.fallback.then(|| words.text("probe-fallback")));
    }
    if let Some(server) = &report.server {
        lines.extend(server_lines(server, words));
        lines.extend(request_lines(report, names, words));
    }
    if let Some(id) = &report.presented {
        lines.push(words.with("probe-presented", &certificate(id, names)));
    }
    if let Some(answer) = &report.answer {
        lines.push(words.with("probe-answer", &[("status", &answer.status.to_string())]));
    }
    if report.findings.is_empty() {
        lines.push(words.text("probe-nothing-found"));
    }
    lines.extend(report.findings.iter().flat_map(|finding| finding_lines(finding, words)));
    lines
}

fn server_lines(server: &ServerReport, words: &Words) -> Vec<String> {
    let verdict = match server.reason {
        None => words.text("probe-server-trusted"),
        Some(Distrust::UnknownCa) => words.text("probe-server-unknown-ca"),
        Some(Distrust::OutOfDate) => words.text("probe-server-out-of-date"),
        Some(Distrust::WrongName) => words.text("probe-server-wrong-name"),
        Some(Distrust::NoName) => words.text("probe-server-no-name"),
        Some(Distrust::AlgorithmUnsupported) => words.text("probe-server-algorithm-unsupported"),
        Some(Distrust::AlgorithmWeak) => words.text("probe-server-algorithm-weak"),
        Some(Distrust::Unusable) => words.text("probe-server-unusable"),
    };
    let mut lines = vec![verdict];
    for certificate in &server.chain {
        let until = end(certificate.not_after, words);
        let facts = [("subject", certificate.subject.as_str()), ("issuer", &certificate.issuer), ("until", &until)];
        lines.push(words.with("probe-chain", &facts));
        lines.push(words.with("probe-fingerprint", &[("fingerprint", &certificate.fingerprint_sha256)]));
    }
    lines
}

fn request_lines(report: &ProbeReport, names: &[(CertificateId, String)], words: &Words) -> Vec<String> {
    let request = &report.client_certificate;
    if !request.asked {
        return vec![words.text("probe-not-asked")];
    }
    let mut lines = vec![words.text("probe-asked")];
    if request.authorities.is_empty() {
        lines.push(words.text("probe-any-authority"));
    }
    lines.extend(request.authorities.iter().map(|name| words.with("probe-authority", &[("name", name)])));
    lines.push(words.with("probe-schemes", &[("schemes", &request.schemes.join(", "))]));
    if let Some(problem) = report.store_problem {
        lines.push(words.with("probe-store-closed", &[("code", problem.name())]));
    } else if request.fitting.is_empty() {
        lines.push(words.text("probe-fitting-none"));
    }
    lines.extend(request.fitting.iter().map(|id| words.with("probe-fitting", &certificate(id, names))));
    lines.extend(request.superseded.iter().map(|id| words.with("probe-superseded", &certificate(id, names))));
    lines
}

fn finding_lines(finding: &Finding, words: &Words) -> Vec<String> {
    let mut lines = vec![format!("× {}", finding.title), format!("  {}", finding.detail)];
    if finding.who != Who::You {
        lines.push(format!("  {}", words.with("problem-who", &[("who", &words.who(finding.who))])));
    }
    lines.push(format!("  {}", words.with("problem-next", &[("next", &finding.next)])));
    lines
}

fn certificate<'a>(id: &'a CertificateId, names: &'a [(CertificateId, String)]) -> [(&'static str, &'a str); 2] {
    let name = names.iter().find(|(own, _)| own == id).map_or("", |(_, name)| name.as_str());
    [("name", name), ("id", &id.0)]
}
