use inkan_client::Session;
use inkan_client::protocol::{NextStep, OwnToken, TokenActivation};

use crate::answers::{Answers, Question};
use crate::failure::Failure;
use crate::words::Words;

/// Takes the step between the login and the top page (S1-12, S1-13). Activates the token if its serial number is in the
/// answers or is typed at the terminal. Skips the activation otherwise.
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

/// Returns the activation of the token with that serial number. The one-time passwords come from the answers or the
/// terminal.
pub(super) fn activation(serial: &str, answers: &Answers, words: &Words) -> Result<TokenActivation, Failure> {
    Ok(TokenActivation {
        serial: serial.trim().to_owned(),
        otp: answers.get(Question::Otp, words)?,
        otp_next: answers.given(Question::OtpNext),
    })
}
