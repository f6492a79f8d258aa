use inkan_client::protocol::SessionLine;
use inkan_client::{Inkan, Session};
use serde_json::json;

use crate::answers::Answers;
use crate::arguments::{Sessions, SessionsAction};
use crate::commands::login::with_session;
use crate::commands::top_page::method;
use crate::dates::moment;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// The number of characters of a session's ID that a list shows.
const SHOWN: usize = 8;

pub(crate) fn run(command: &Sessions, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    with_session(&command.login, inkan, answers, output, |session| {
        let sessions = session.own_sessions()?;
        let ended: Vec<Ended<'_>> = match &command.act {
            SessionsAction::List => {
                output.result(&sessions, |words| sessions.iter().map(|one| line(one, words)).collect());
                return Ok(());
            }
            SessionsAction::End { session: Some(typed), .. } => vec![end(typed, session, &sessions)?],
            SessionsAction::End { session: None, .. } => {
                session.end_other_sessions()?;
                sessions.iter().filter(|one| !one.this).map(Ended::Listed).collect()
            }
        };
        let ids: Vec<&str> = ended.iter().map(Ended::id).collect();
        output.result(&json!({ "ended": ids }), |words| match ended.as_slice() {
            [] => vec![words.text("sessions-no-others")],
            ended => {
                let lines = ended.iter().map(|one| match one {
                    Ended::Listed(session) => line(session, words),
                    Ended::Newer(id) => (*id).to_owned(),
                });
                std::iter::once(words.text("sessions-ended")).chain(lines).collect()
            }
        });
        Ok(())
    })
}

/// Ends the session whose ID is or begins with `typed`. The bank refuses what names no session, or several.
fn end<'a>(typed: &'a str, session: &Session, sessions: &'a [SessionLine]) -> Result<Ended<'a>, Failure> {
    let mut named = sessions.iter().filter(|one| !typed.is_empty() && one.id.starts_with(&typed.to_lowercase()));
    let found = match (named.next(), named.next()) {
        (Some(found), None) => Some(found),
        _ => None,
    };
    // The logout ends the session of this command.
    if !found.is_some_and(|found| found.this) {
        session.end_session(found.map_or(typed, |found| &found.id))?;
    }
    Ok(found.map_or(Ended::Newer(typed), Ended::Listed))
}

/// A session that was ended.
enum Ended<'a> {
    Listed(&'a SessionLine),
    /// It began after the list was read.
    Newer(&'a str),
}

impl Ended<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Listed(session) => &session.id,
            Self::Newer(id) => id,
        }
    }
}

fn line(session: &SessionLine, words: &Words) -> String {
    let language = words.language();
    let certificate = session.certificate.as_ref().map(|certificate| certificate.serial.as_str());
    let facts = [
        ("begun", moment(session.begun, language)),
        ("used", moment(session.last_used, language)),
        ("method", method(session.method, words)),
        ("certified", if certificate.is_some() { "yes" } else { "no" }.to_owned()),
        ("serial", certificate.unwrap_or("-").to_owned()),
        ("address", session.address.clone().unwrap_or_else(|| "-".to_owned())),
        ("id", session.id.chars().take(SHOWN).collect()),
        ("this", if session.this { "yes" } else { "no" }.to_owned()),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.with("session-line", &facts)
}
