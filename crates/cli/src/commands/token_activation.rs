use inkan_client::Session;
use inkan_client::profile::Profile;
use inkan_client::protocol::{NextStep, OwnToken, TokenActivation};

use crate::answers::{Answers, Question};
use crate::commands::token_words;
use crate::failure::Failure;
use crate::output::Output;
use crate::streams;

/// Takes the step between the login and the top page (S1-12, S1-13). Activates the token if its serial number is in the
/// answers or is typed at the terminal. Skips the activation otherwise.
pub(crate) fn activate_or_skip(
    session: &mut Session,
    profile: &Profile,
    answers: &Answers,
    output: &Output,
) -> Result<OwnToken, Failure> {
    if session.logged_in().next != NextStep::TokenActivation {
        return Ok(session.token()?);
    }
    let serial = match answers.given(Question::TokenSerial) {
        Some(serial) => Some(serial),
        None if answers.can_ask() => {
            explain(true, profile, output);
            Some(answers.get(Question::TokenSerial, output.words())?).filter(|serial| !serial.is_empty())
        }
        _ => None,
    };
    match serial {
        Some(serial) => activate(session, serial.expose(), profile, answers, output),
        None => Ok(session.skip_token()?),
    }
}

/// Activates the user's own token by a serial number and a one-time password, from the answers or the terminal (S2-15).
pub(super) fn activate_own(
    session: &mut Session,
    profile: &Profile,
    answers: &Answers,
    output: &Output,
) -> Result<OwnToken, Failure> {
    if answers.can_ask() {
        explain(false, profile, output);
    }
    let serial = answers.serial(output.words())?;
    activate(session, &serial, profile, answers, output)
}

fn activate(
    session: &mut Session,
    serial: &str,
    profile: &Profile,
    answers: &Answers,
    output: &Output,
) -> Result<OwnToken, Failure> {
    let words = output.words();
    let digits = profile.token.digits.to_string();
    let activation = TokenActivation {
        serial: serial.trim().to_owned(),
        otp: answers.get_by(Question::Otp, &words.with("ask-token-otp", &[("digits", &digits)]))?,
        otp_next: answers.given(Question::OtpNext),
    };
    let token = session.activate_token(&activation)?;
    output.aside_lines(|words| vec![words.text("token-activated")]);
    Ok(token)
}

fn explain(skips: bool, profile: &Profile, output: &Output) {
    token_words::activation(skips, profile, output.words()).iter().for_each(|line| streams::tell(line));
}
