//! Whether an answer keeps what the OpenAPI document promises.

use super::contract::Contract;
use super::mutant::Mutant;
use crate::visitor::Answer;

/// The media type of a problem (RFC 9457).
const PROBLEM: &str = "application/problem+json";

impl Contract {
    /// Checks the answer to a mutated request.
    ///
    /// # Errors
    /// What is wrong with the answer, as text.
    pub(super) fn judge(&self, mutant: &Mutant, answer: &Answer) -> Result<(), String> {
        match answer.status {
            503 if answer.header("retry-after").is_some() => {}
            500.. => return Err(format!("{} {}", answer.status, answer.code())),
            // The HTTP library itself refuses what is not HTTP, before the bank sees a request.
            400.. if mutant.breaks_http && answer.body.is_empty() => return Ok(()),
            _ => {}
        }
        if answer.status >= 400 { self.judge_problem(mutant, answer) } else { self.judge_success(mutant, answer) }
    }

    fn judge_problem(&self, mutant: &Mutant, answer: &Answer) -> Result<(), String> {
        let (status, json) = (answer.status, answer.json());
        let media_type = answer.header("content-type").unwrap_or("no media type");
        if media_type != PROBLEM {
            return Err(format!("{status} as {media_type}"));
        }
        if let Err(error) = self.problem.validate(&json) {
            return Err(format!("{status} {}: {}: {}", answer.code(), error.instance_path, error.masked()));
        }
        if json["status"] != status {
            return Err(format!("{status} {}: the document says {}", answer.code(), json["status"]));
        }
        if mutant.is_of_the_document {
            let declared =
                self.responses(mutant.endpoint)[status.to_string()]["description"].as_str().unwrap_or_default();
            if !declared.split(", ").any(|code| code == answer.code()) {
                return Err(format!("{status} {} is not declared", answer.code()));
            }
        }
        Ok(())
    }

    fn judge_success(&self, mutant: &Mutant, answer: &Answer) -> Result<(), String> {
        if !mutant.is_of_the_document {
            return Ok(());
        }
        if let Some(validator) = self.answers.get(&(mutant.method, mutant.endpoint.path))
            && let Err(error) = validator.validate(&answer.json())
        {
            return Err(format!("{}: {}: {}", answer.status, error.instance_path, error.masked()));
        }
        Ok(())
    }
}
