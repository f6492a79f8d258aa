use inkan_client::profile::{Profile, TokenState};
use inkan_client::protocol::{
    NextStep, OwnToken, TokenActivation, TokenLine, TokenRecord, TokenResync, TokenRevocation, login_id,
};
use inkan_client::{Inkan, Session};

use crate::answers::{Answers, Question};
use crate::arguments::{Token, TokenAct};
use crate::commands::login::with_session;
use crate::commands::user_lines;
use crate::consent;
use crate::dates::moment;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

pub(crate) fn run(command: &Token, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let words = output.words();
    let profile = inkan.bank(&command.login.bank)?.profile;
    with_session(&command.login, inkan, answers, output, |session| {
        match &command.act {
            TokenAct::Show => own(&session.token()?, output),
            TokenAct::Activate => {
                let serial = answers.serial(words)?;
                own(&session.activate_token(&activation(&serial, answers, words)?)?, output);
            }
            TokenAct::Skip => own(&session.skip_token()?, output),
            TokenAct::Resync => {
                let otp = answers.get(Question::Otp, words)?;
                let resync = TokenResync { otp, otp_next: answers.get(Question::OtpNext, words)? };
                own(&session.resync_token(&resync)?, output);
            }
            TokenAct::List => {
                let lines = session.tokens()?;
                output.result(&lines, |words| lines.iter().map(|token| line(token, &profile, words)).collect());
            }
            TokenAct::Revoke { subjects, knowingly } => {
                if !knowingly {
                    let users = session.tokens()?;
                    let named = |id: &String| users.iter().find(|user| user.person.id == login_id(id));
                    // The bank does not know this user: there is nothing to ask about.
                    for unknown in subjects.iter().filter(|id| named(id).is_none()) {
                        session.user(unknown)?;
                    }
                    let lines = subjects.iter().filter_map(named).map(|token| line(token, &profile, words));
                    let says: Vec<String> = lines.chain([words.text("tokens-revoke-means")]).collect();
                    consent::asked(&says, &words.text("tokens-revoke-ask"), answers)?;
                }
                let revocation = TokenRevocation {
                    users: subjects.clone(),
                    otp: answers.get(Question::Otp, words)?,
                    confirmation_password: answers.get(Question::Confirmation, words)?,
                };
                let revoked = session.revoke_tokens(&revocation)?;
                output.result(&revoked, |words| {
                    let from = moment(revoked.activation_from, words.language());
                    let mut lines = vec![words.with("tokens-revoked", &[("from", &from)])];
                    lines.extend(revoked.users.iter().map(|token| line(token, &profile, words)));
                    lines
                });
            }
            TokenAct::Unlock { subject } => {
                let password = answers.get(Question::Confirmation, words)?;
                let unlocked = session.unlock_token(subject, &password)?;
                output.result(&unlocked, |words| vec![line(&unlocked, &profile, words)]);
            }
        }
        Ok(())
    })
}

/// The step between the login and the top page: activates where serial and one-time password are given, by the answers
/// or at the terminal, and skips where no serial is (S1-12, S1-13).
pub(crate) fn activate_or_skip(session: &mut Session, answers: &Answers, words: &Words) -> Result<OwnToken, Failure> {
    if session.logged_in().next != NextStep::TokenActivation {
        return Ok(session.token()?);
    }
    let serial = match answers.given(Question::TokenSerial) {
        Some(serial) => Some(serial),
        None if answers.can_ask() => Some(answers.get(Question::TokenSerial, words)?).filter(|s| !s.is_empty()),
        _ => None,
    };
    match serial {
        Some(serial) => Ok(session.activate_token(&activation(serial.expose(), answers, words)?)?),
        None => Ok(session.skip_token()?),
    }
}

fn activation(serial: &str, answers: &Answers, words: &Words) -> Result<TokenActivation, Failure> {
    Ok(TokenActivation {
        serial: serial.trim().to_owned(),
        otp: answers.get(Question::Otp, words)?,
        otp_next: answers.given(Question::OtpNext),
    })
}

fn own(token: &OwnToken, output: &Output) {
    output.result(token, |words| vec![record(&token.token, words)]);
}

fn line(line: &TokenLine, profile: &Profile, words: &Words) -> String {
    let role = user_lines::role(&line.person.role, profile, words);
    format!("{}  {}  {role}  {}", line.person.id, line.person.name, record(&line.token, words))
}

/// シリアル番号, ワンタイムパスワード状態, ハードトークン有効期限 (S2-11), dashes where there is none (S2-14).
pub(crate) fn record(token: &TokenRecord, words: &Words) -> String {
    let when = |at: Option<_>| at.map_or_else(|| "-".to_owned(), |at| moment(at, words.language()));
    let facts = [
        ("state", state(token.state, words)),
        ("serial", token.serial.clone().unwrap_or_else(|| "-".to_owned())),
        ("until", when(token.expires)),
        ("from", when(token.activation_from)),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    match token.activation_from {
        Some(_) => words.with("token-line-waits", &facts),
        None => words.with("token-line", &facts),
    }
}

fn state(state: TokenState, words: &Words) -> String {
    match state {
        TokenState::NotRequired => "-".to_owned(),
        TokenState::Unregistered => words.text("token-unregistered"),
        TokenState::Active => words.text("token-active"),
        TokenState::Expired => words.text("token-expired"),
        TokenState::Revoked => words.text("token-revoked"),
        TokenState::Locked => words.text("token-locked"),
        TokenState::OutOfStep => words.text("token-out-of-step"),
    }
}
