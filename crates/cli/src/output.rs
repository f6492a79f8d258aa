use std::io::{self, BufWriter, Write};

use inkan_client::InterruptedAcquisition;
use inkan_client::protocol::{Code, Problem, ProblemDocument};
use serde::Serialize;
use serde_json::json;

use crate::dates::moment;
use crate::words::Words;

/// Where a command's result goes: one JSON value, or lines for a person.
#[derive(Debug)]
pub(crate) struct Output {
    json: bool,
    words: Words,
}

impl Output {
    pub(crate) fn new(json: bool, words: Words) -> Self {
        Self { json, words }
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The result, once.
    pub(crate) fn result<T: Serialize>(&self, value: &T, lines: impl FnOnce(&Words) -> Vec<String>) {
        if self.json {
            if let Err(error) = write_json(value) {
                // Whoever was to read it has gone.
                eprintln!("{error}");
            }
        } else {
            for line in lines(&self.words) {
                println!("{line}");
            }
        }
    }

    /// What has just been done, while more is to come; only for a person.
    pub(crate) fn progress(&self, line: impl FnOnce(&Words) -> String) {
        if !self.json {
            eprintln!("✓ {}", line(&self.words));
        }
    }

    /// Lines before the result; only for a person.
    pub(crate) fn tell(&self, lines: impl FnOnce(&Words) -> Vec<String>) {
        if !self.json {
            for line in lines(&self.words) {
                println!("{line}");
            }
        }
    }

    /// Lines beside the result, on standard error; only for a person.
    pub(crate) fn aside_lines(&self, lines: impl FnOnce(&Words) -> Vec<String>) {
        if !self.json {
            for line in lines(&self.words) {
                eprintln!("{line}");
            }
        }
    }

    /// Acquisitions that were interrupted, beside the result: on standard error, as one JSON value or a line for each.
    pub(crate) fn offer(&self, waiting: &[InterruptedAcquisition]) {
        if waiting.is_empty() {
            return;
        }
        if self.json {
            eprintln!("{}", json!({ "interrupted_acquisitions": waiting }));
            return;
        }
        for InterruptedAcquisition { bank, user, started, .. } in waiting {
            let since = moment(*started, self.words.language());
            eprintln!("{}", self.words.with("acquire-waiting", &[("bank", bank), ("user", user), ("since", &since)]));
        }
    }

    /// A problem that does not keep the command from its end, on standard error.
    pub(crate) fn aside(&self, problem: &Problem) {
        let document = problem.document(self.words.language());
        if self.json {
            eprintln!("{}", json!({ "problem": in_brief(&document) }));
        } else {
            eprintln!("{}: {}", document.title, document.detail);
        }
    }

    /// Why the command failed: what happened, what that means, who can mend it, what next.
    pub(crate) fn problem(&self, problem: &Problem) {
        let document = problem.document(self.words.language());
        if self.json {
            println!("{}", json!({ "problem": in_brief(&document) }));
            return;
        }
        let words = &self.words;
        let who = words.who(document.who);
        eprintln!("{}", document.title);
        eprintln!("  {}", document.detail);
        eprintln!("  {}", words.with("problem-who", &[("who", &who)]));
        eprintln!("  {}", words.with("problem-next", &[("next", &document.next)]));
        // What the window offers as a button is an option here.
        match document.code {
            Code::NobodyElseCanHelp => eprintln!("  {}", words.text("option-yes")),
            Code::Pkcs12Unprotected => eprintln!("  {}", words.text("option-accept-unprotected")),
            _ => {}
        }
        let reference = [("code", document.code.name()), ("reference", document.reference.0.as_str())];
        eprintln!("  {}", words.with("problem-reference", &reference));
    }
}

/// A problem within a result, or as one.
pub(crate) fn in_brief(document: &ProblemDocument) -> serde_json::Value {
    json!({
        "code": document.code, "title": document.title, "detail": document.detail,
        "who": document.who, "next": document.next, "reference": document.reference,
    })
}

/// In large pieces: standard output by itself writes a kilobyte at a time.
fn write_json<T: Serialize>(value: &T) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    serde_json::to_writer(&mut output, value)?;
    writeln!(output)?;
    output.flush()
}
