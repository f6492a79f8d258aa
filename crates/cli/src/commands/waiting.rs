use inkan_client::{Error, Inkan, InterruptedAcquisition};

use crate::arguments::{Bank, CertificatesAction, Verb};
use crate::output::Output;

/// Offers on standard error to continue acquisitions that were interrupted at the bank of the command. Standard output
/// is for the command's result. A journal that cannot be read is reported and does not stop the command.
pub(crate) fn offer(command: &Verb, inkan: &Inkan, output: &Output) {
    match inkan.interrupted_acquisitions() {
        Ok(mut waiting) => {
            waiting.retain(|one| concerns(command, one));
            output.offer(&waiting);
        }
        // A command that needs the store reports this error itself.
        Err(Error::Store(_)) => {}
        Err(error) => output.aside(&error.into_problem()),
    }
}

fn concerns(command: &Verb, waiting: &InterruptedAcquisition) -> bool {
    match command {
        Verb::Bank(Bank::List) => true,
        Verb::Certificates(certificates) => match &certificates.act {
            None => true,
            Some(CertificatesAction::List { bank, .. }) => bank.as_ref().is_none_or(|bank| *bank == waiting.bank),
            Some(_) => false,
        },
        Verb::Renew(renew) => renew.bank == waiting.bank,
        Verb::Login(options) => options.bank == waiting.bank,
        Verb::Users(users) => users.login.bank == waiting.bank,
        Verb::Token(token) => token.login.bank == waiting.bank,
        Verb::Notices(notices) => notices.login.bank == waiting.bank,
        // The acquisition of the same user is continued by the command.
        Verb::ChangePc(options) => {
            options.bank == waiting.bank && options.user.as_ref().is_none_or(|user| *user != waiting.user)
        }
        Verb::Acquire(acquire) => acquire.bank == waiting.bank && acquire.user != waiting.user,
        // The command does not concern certificates.
        _ => false,
    }
}
