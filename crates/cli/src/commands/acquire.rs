use inkan_client::protocol::Code;
use inkan_client::{AcquisitionStep, Applicant, Error, Inkan, KeyAlgorithm};

use crate::answers::{Answers, Question};
use crate::arguments::Acquire;
use crate::commands::certificates;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

pub(crate) fn run(command: &Acquire, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let algorithm = match command.key.as_str() {
        "rsa-2048" => KeyAlgorithm::Rsa2048,
        _ => KeyAlgorithm::EcP256,
    };
    let profile = inkan.bank(&command.bank)?.profile;
    let mut applicant = answers.applicant(&command.user, &profile, output.words())?;
    let begin = |applicant: &Applicant| {
        let progress = |step| output.progress(|words| name(step, words));
        if command.resume {
            inkan.resume_acquisition(&command.bank, applicant, progress)
        } else {
            inkan.acquire(&command.bank, applicant, algorithm, progress)
        }
    };
    let acquired = match begin(&applicant) {
        // S3-9: whoever has activated no token does so by its serial and what it shows.
        Err(Error::Bank(problem)) if problem.code == Code::TokenNotActive && answers.can_ask() => {
            let serial = answers.get(Question::TokenSerial, output.words())?;
            applicant.token_serial = Some(serial.expose().trim().to_owned());
            applicant.otp = Some(answers.get(Question::Otp, output.words())?);
            begin(&applicant)?
        }
        other => other?,
    };
    output.result(&acquired, |words| {
        let resumed = acquired.resumed.then(|| words.text("acquire-resumed"));
        resumed.into_iter().chain(certificates::details(&acquired.certificate, words)).collect()
    });
    if let Some(wrong) = &acquired.clock {
        output.aside(wrong);
    }
    certificates::offer_old(&acquired.old, false, inkan, answers, output)?;
    Ok(())
}

pub(crate) fn name(step: AcquisitionStep, words: &Words) -> String {
    match step {
        AcquisitionStep::CheckedByBank => words.text("step-checked-by-bank"),
        AcquisitionStep::KeyMade => words.text("step-key-made"),
        AcquisitionStep::RequestSent => words.text("step-request-sent"),
        AcquisitionStep::Installed => words.text("step-installed"),
        AcquisitionStep::BankTold => words.text("step-bank-told"),
    }
}
