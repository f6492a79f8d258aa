use inkan_client::Session;
use inkan_client::protocol::{NextStep, OwnToken, TokenActivation};

use crate::answers::{Answers, Question};
use crate::failure::Failure;
use crate::words::Words;

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

/// Returns the activation of the token with that serial, with one-time passwords from the answers or the terminal.
pub(super) fn activation(serial: &str, answers: &Answers, words: &Words) -> Result<TokenActivation, Failure> {
    Ok(TokenActivation {
        serial: serial.trim().to_owned(),
        otp: answers.get(Question::Otp, words)?,
        otp_next: answers.given(Question::OtpNext),
    })
}
