use inkan_client::{Error, Inkan, InterruptedAcquisition};

use crate::arguments::{Bank, CertificatesAct, Verb};
use crate::output::Output;

/// Offers to go on with what was interrupted at the bank that the command is about, on standard error: standard output
/// is the command's own. A journal that cannot be read stands in the way of no other command, and is told too.
pub(crate) fn offer(command: &Verb, inkan: &Inkan, output: &Output) {
    match inkan.interrupted_acquisitions() {
        Ok(mut waiting) => {
            waiting.retain(|one| concerns(command, one));
            output.offer(&waiting);
        }
        // The command says so itself where it needs the store.
        Err(Error::Store(_)) => {}
        Err(error) => output.aside(&error.into_problem()),
    }
}

fn concerns(command: &Verb, waiting: &InterruptedAcquisition) -> bool {
    match command {
        Verb::Bank(Bank::List) => true,
        Verb::Certificates(certificates) => match &certificates.act {
            None => true,
            Some(CertificatesAct::List { bank, .. }) => bank.as_ref().is_none_or(|bank| *bank == waiting.bank),
            Some(_) => false,
        },
        Verb::Renew(renew) => renew.bank == waiting.bank,
        Verb::Login(options) => options.bank == waiting.bank,
        Verb::Users(users) => users.login.bank == waiting.bank,
        Verb::Token(token) => token.login.bank == waiting.bank,
        // The same person's goes on by itself.
        Verb::ChangePc(options) => {
            options.bank == waiting.bank && options.user.as_ref().is_none_or(|user| *user != waiting.user)
        }
        Verb::Acquire(acquire) => acquire.bank == waiting.bank && acquire.user != waiting.user,
        // No certificate is at stake.
        _ => false,
    }
}
