use inkan_client::{AcquisitionStep, Inkan, KeyAlgorithm};

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
    let password = answers.get(Question::Login, output.words())?;
    let acquired = inkan.acquire(&command.bank, &command.user, &password, algorithm, |step| {
        output.progress(|words| name(step, words));
    })?;
    output.result(&acquired, |words| certificates::details(&acquired.certificate, words));
    Ok(())
}

fn name(step: AcquisitionStep, words: &Words) -> String {
    match step {
        AcquisitionStep::CheckedByBank => words.text("step-checked-by-bank"),
        AcquisitionStep::KeyMade => words.text("step-key-made"),
        AcquisitionStep::RequestSent => words.text("step-request-sent"),
        AcquisitionStep::Installed => words.text("step-installed"),
        AcquisitionStep::BankTold => words.text("step-bank-told"),
    }
}
