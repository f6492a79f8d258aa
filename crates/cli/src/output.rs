use std::cell::{Cell, RefCell};
use std::io;

use inkan_client::InterruptedAcquisition;
use inkan_client::protocol::{Code, Problem, ProblemDocument, Who};
use serde::Serialize;
use serde_json::json;

use crate::dates::moment;
use crate::streams;
use crate::words::Words;

/// Prints the result of a command: as one JSON value, or as lines for a user.
#[derive(Debug)]
pub(crate) struct Output {
    json: bool,
    words: Words,
    /// Whether the result was printed. Standard output holds one JSON value. Anything later goes to standard error.
    answered: Cell<bool>,
    /// The first error of printing.
    failed: RefCell<Option<io::Error>>,
}

impl Output {
    pub(crate) fn new(json: bool, words: Words) -> Self {
        Self { json, words, answered: Cell::default(), failed: RefCell::default() }
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Returns whether the result is printed as JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints the result, once.
    pub(crate) fn result<T: Serialize>(&self, value: &T, lines: impl FnOnce(&Words) -> Vec<String>) {
        self.answered.set(true);
        self.printed(match self.json {
            true => streams::print_json(value),
            false => streams::print_lines(&lines(&self.words)),
        });
    }

    /// Prints a text of the program itself, such as its help.
    pub(crate) fn own_text(&self, text: &str) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        self.printed(streams::print_lines(&lines));
    }

    /// Prints a step that has just been done, while others follow. Prints nothing in JSON.
    pub(crate) fn progress(&self, line: impl FnOnce(&Words) -> String) {
        if !self.json {
            streams::tell(&format!("✓ {}", line(&self.words)));
        }
    }

    /// Prints lines before the result. Prints nothing in JSON.
    pub(crate) fn tell(&self, lines: impl FnOnce(&Words) -> Vec<String>) {
        if !self.json {
            self.printed(streams::print_lines(&lines(&self.words)));
        }
    }

    /// Prints lines in addition to the result, on standard error. Prints nothing in JSON.
    pub(crate) fn aside_lines(&self, lines: impl FnOnce(&Words) -> Vec<String>) {
        if !self.json {
            lines(&self.words).iter().for_each(|line| streams::tell(line));
        }
    }

    /// Prints the acquisitions that were interrupted, in addition to the result, on standard error: as one JSON value,
    /// or as a line for each.
    pub(crate) fn offer(&self, waiting: &[InterruptedAcquisition]) {
        if waiting.is_empty() {
            return;
        }
        if self.json {
            streams::tell_json(&json!({ "interrupted_acquisitions": waiting }));
            return;
        }
        for InterruptedAcquisition { bank, user, started, .. } in waiting {
            let since = moment(*started, self.words.language());
            streams::tell(&self.words.with("acquire-waiting", &[("bank", bank), ("user", user), ("since", &since)]));
        }
    }

    /// Prints a problem that does not stop the command, on standard error.
    pub(crate) fn aside(&self, problem: &Problem) {
        let document = problem.document(self.words.language());
        if self.json {
            streams::tell_json(&json!({ "problem": in_brief(&document) }));
        } else {
            streams::tell(&format!("{}: {}", document.title, document.detail));
        }
    }

    /// Prints why the command failed: what happened, what it means, who can mend it, what to do next.
    pub(crate) fn problem(&self, problem: &Problem) {
        let document = problem.document(self.words.language());
        let problem = || json!({ "problem": in_brief(&document) });
        match (self.json, self.answered.get()) {
            (true, false) => self.printed(streams::print_json(&problem())),
            (true, true) => streams::tell_json(&problem()),
            (false, _) => self.tell_problem(&document),
        }
    }

    /// Prints why the command failed. JSON also has the fields of `beside`, which say what the command would have done.
    pub(crate) fn problem_with(&self, problem: &Problem, beside: &impl Serialize) {
        if !self.json {
            return self.problem(problem);
        }
        let brief = in_brief(&problem.document(self.words.language()));
        self.printed(streams::print_json(&Beside { problem: brief, beside }));
    }

    /// Prints what stays as it is, in addition to the result, on standard error: as one JSON value, or as lines.
    pub(crate) fn kept<T: Serialize>(&self, kept: &[T], lines: impl FnOnce(&Words) -> Vec<String>) {
        if self.json && !kept.is_empty() {
            streams::tell_json(&json!({ "kept": kept }));
        }
        self.aside_lines(lines);
    }

    /// Prints what is unknown because the bank has not answered: whether a session is still open there, and whether a
    /// change was made.
    pub(crate) fn left_open(&self, session: bool, change: bool) {
        match (session || change, self.json) {
            (false, _) => {}
            (true, true) => streams::tell_json(&json!({ "left_open": { "session": session, "change": change } })),
            (true, false) => {
                let lines = [(change, "change-in-doubt"), (session, "ending-left")];
                let lines = lines.into_iter().filter(|(left, _)| *left);
                lines.for_each(|(_, line)| streams::tell(&self.words.text(line)));
            }
        }
    }

    /// Prints the answers that were given and not used, in addition to the result.
    pub(crate) fn unused(&self, fields: &[String]) {
        match (fields.is_empty(), self.json) {
            (true, _) => {}
            (false, true) => streams::tell_json(&json!({ "unused_answers": fields })),
            (false, false) => streams::tell(&self.words.with("answers-unused", &[("fields", &fields.join(", "))])),
        }
    }

    /// Prints the error that prevented a result from being printed, and returns whether there was one. A closed pipe is
    /// not an error: its reader wants no more.
    pub(crate) fn incomplete(&self) -> bool {
        let Some(error) = self.failed.take().filter(|error| error.kind() != io::ErrorKind::BrokenPipe) else {
            return false;
        };
        let problem = inkan_client::Error::OutputUnwritable(error).into_problem();
        let document = problem.document(self.words.language());
        if self.json {
            streams::tell_json(&json!({ "problem": in_brief(&document) }));
        } else {
            self.tell_problem(&document);
        }
        true
    }

    fn tell_problem(&self, document: &ProblemDocument) {
        let words = &self.words;
        streams::tell(&document.title);
        streams::tell(&format!("  {}", document.detail));
        if document.who != Who::You {
            let who = words.who(document.who);
            streams::tell(&format!("  {}", words.with("problem-who", &[("who", &who)])));
        }
        streams::tell(&format!("  {}", words.with("problem-next", &[("next", &document.next)])));
        // The window has a button for this step. The terminal names the option.
        match document.code {
            Code::NobodyElseCanHelp => streams::tell(&format!("  {}", words.text("option-yes"))),
            Code::SeveralKeys => streams::tell(&format!("  {}", words.text("option-key"))),
            Code::Pkcs12Unprotected => streams::tell(&format!("  {}", words.text("option-accept-unprotected"))),
            Code::SeveralCertificates => streams::tell(&format!("  {}", words.text("option-certificate"))),
            Code::NoUsableCertificate if document.params.get("reason").is_some_and(|reason| reason == "deleted") => {
                let bank = document.params.get("bank").map(String::as_str).unwrap_or_default();
                streams::tell(&format!("  {}", words.with("option-change-pc", &[("bank", bank)])));
            }
            _ => {}
        }
        if let Some(system) = &document.system {
            let system = [("name", system.name.as_str()), ("number", &system.number_text())];
            streams::tell(&format!("  {}", words.with("problem-system", &system)));
        }
        let reference = [("code", document.code.name()), ("reference", document.reference.0.as_str())];
        streams::tell(&format!("  {}", words.with("problem-reference", &reference)));
    }

    fn printed(&self, done: io::Result<()>) {
        if let Err(error) = done {
            self.failed.borrow_mut().get_or_insert(error);
        }
    }
}

/// A problem, with the fields of what the command would have done.
#[derive(Serialize)]
struct Beside<'a, T> {
    problem: serde_json::Value,
    #[serde(flatten)]
    beside: &'a T,
}

/// Returns a problem as JSON, for use within a result or instead of one.
pub(crate) fn in_brief(document: &ProblemDocument) -> serde_json::Value {
    let mut brief = json!({
        "code": document.code, "title": document.title, "detail": document.detail,
        "who": document.who, "next": document.next, "reference": document.reference,
    });
    if document.code == Code::SeveralCertificates {
        brief["option"] = json!("--certificate");
    }
    if let (Code::CertificateLoginElsewhere, Some(host)) = (document.code, document.params.get("host")) {
        brief["option"] = json!("--login-host");
        brief["host"] = json!(host);
    }
    if let Some(system) = &document.system {
        brief["system"] = json!(system);
    }
    brief
}
