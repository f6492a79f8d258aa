use inkan_client::profile::Profile;
use inkan_client::protocol::Code;
use inkan_client::{Acquired, AcquisitionStep, Applicant, Error, Inkan, KeyAlgorithm};

use crate::answers::{Answers, Question};
use crate::arguments::Acquire;
use crate::commands::{certificate_lines, certificates, forced_change};
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

pub(crate) fn run(command: &Acquire, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let algorithm = match command.key.as_str() {
        "rsa-2048" => KeyAlgorithm::Rsa2048,
        _ => KeyAlgorithm::EcP256,
    };
    let profile = inkan.bank(&command.bank)?.profile;
    answers.ask_as(&profile, output.words());
    let applicant = answers.applicant(&command.user, &profile, output.words())?;
    let begin = |applicant: &Applicant| {
        let progress = |step| output.progress(|words| name(step, words));
        if command.resume {
            inkan.resume_acquisition(&command.bank, applicant, progress)
        } else {
            inkan.acquire(&command.bank, applicant, algorithm, progress)
        }
    };
    let acquired = with_token(applicant, &profile, answers, output.words(), begin)?;
    output.result(&acquired, |words| {
        let resumed = acquired.resumed.then(|| words.text("acquire-resumed"));
        // S3-12: in the bank's own words, if it has some.
        let own = profile.words.acquired.as_ref().map(|own| words.local(own).to_owned());
        let details = certificate_lines::details(&acquired.certificate, words);
        let here = words.text("acquired-here");
        resumed.into_iter().chain(own).chain(details).chain([here]).collect()
    });
    if let Some(wrong) = &acquired.clock {
        output.aside(wrong);
    }
    certificates::offer_old(&acquired.old, false, inkan, answers, output)?;
    Ok(())
}

/// Acquires a certificate by `begin`. If the bank asks for a one-time password, asks the user for it after the other
/// fields (S3-12). So users without a token are not asked. A user who has not activated a token activates it by its
/// serial number (S3-9). A user whose password another person set chooses passwords.
pub(crate) fn with_token(
    mut applicant: Applicant,
    profile: &Profile,
    answers: &Answers,
    words: &Words,
    begin: impl Fn(&Applicant) -> Result<Acquired, Error>,
) -> Result<Acquired, Failure> {
    loop {
        let refused = match begin(&applicant) {
            Err(Error::Bank(problem))
                if problem.code == Code::PasswordChangeRequired && applicant.chosen_passwords.is_none() =>
            {
                let login_password = applicant.login_password.clone();
                let chosen = forced_change::chosen(&problem, &applicant.user, login_password, profile, answers, words)?;
                applicant.chosen_passwords = Some(chosen);
                continue;
            }
            Err(Error::Bank(problem)) if answers.can_ask() => problem,
            // Without a user to ask, the problem names the missing answers.
            Err(Error::Bank(problem)) if problem.code == Code::TokenNotActive => {
                return Err(Error::Bank(problem.with("how", "answers")).into());
            }
            other => return Ok(other?),
        };
        match refused.code {
            Code::OtpRequired if applicant.otp.is_none() => {}
            Code::TokenNotActive if applicant.token_serial.is_none() => {
                applicant.token_serial = Some(answers.serial(words)?);
            }
            _ => return Err(Error::Bank(refused).into()),
        }
        applicant.otp = Some(answers.get(Question::Otp, words)?);
    }
}

pub(crate) fn name(step: AcquisitionStep, words: &Words) -> String {
    match step {
        AcquisitionStep::CheckedByBank => words.text("step-checked-by-bank"),
        AcquisitionStep::KeyMade => words.text("step-key-made"),
        AcquisitionStep::KeyFound => words.text("step-key-found"),
        AcquisitionStep::RequestSent => words.text("step-request-sent"),
        AcquisitionStep::Installed => words.text("step-installed"),
        AcquisitionStep::BankNotified => words.text("step-bank-told"),
    }
}
