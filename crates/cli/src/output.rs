use std::io::{self, BufWriter, Write};

use inkan_client::protocol::Problem;
use serde::Serialize;
use serde_json::json;

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

    /// Why the command failed: what happened, what that means, who can mend it, what next.
    pub(crate) fn problem(&self, problem: &Problem) {
        let document = problem.document(self.words.language());
        if self.json {
            let value = json!({ "problem": {
                "code": document.code, "title": document.title, "detail": document.detail,
                "who": document.who, "next": document.next, "reference": document.reference,
            }});
            println!("{value}");
            return;
        }
        let words = &self.words;
        let who = words.who(document.who);
        eprintln!("{}", document.title);
        eprintln!("  {}", document.detail);
        eprintln!("  {}", words.with("problem-who", &[("who", &who)]));
        eprintln!("  {}", words.with("problem-next", &[("next", &document.next)]));
        let reference = [("code", document.code.name()), ("reference", document.reference.0.as_str())];
        eprintln!("  {}", words.with("problem-reference", &reference));
    }
}

/// In large pieces: standard output by itself writes a kilobyte at a time.
fn write_json<T: Serialize>(value: &T) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    serde_json::to_writer(&mut output, value)?;
    writeln!(output)?;
    output.flush()
}
