use inkan_client::{AcquisitionStep, Inkan, KeyAlgorithm};

use crate::answers::Answers;
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
    let applicant = answers.applicant(&command.user, output.words())?;
    let progress = |step| output.progress(|words| name(step, words));
    let acquired = if command.resume {
        inkan.resume_acquisition(&command.bank, &applicant, progress)?
    } else {
        inkan.acquire(&command.bank, &applicant, algorithm, progress)?
    };
    output.result(&acquired, |words| {
        let resumed = acquired.resumed.then(|| words.text("acquire-resumed"));
        resumed.into_iter().chain(certificates::details(&acquired.certificate, words)).collect()
    });
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
