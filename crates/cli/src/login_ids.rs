//! The login IDs of a command line, in the form in which a login sends them. An ID is put in this form once, before it
//! is compared with anything.

use inkan_client::Error;
use inkan_client::protocol::possible_login_id;

use crate::arguments::{LoginOptions, TokenAction, UsersAction, Verb};

/// Puts every login ID of the command in normal form: half-width, without blanks around it.
///
/// # Errors
/// [`Error::Malformed`] if a text cannot be a login ID.
pub(crate) fn put_in_order(command: &mut Verb) -> Result<(), Error> {
    given(command).into_iter().try_for_each(|id| {
        *id = possible_login_id(id)?;
        Ok(())
    })
}

fn given(command: &mut Verb) -> Vec<&mut String> {
    match command {
        Verb::Acquire(command) => vec![&mut command.user],
        Verb::ChangePc(options) => options.user.iter_mut().collect(),
        Verb::Login(LoginOptions { user, .. }) => user.iter_mut().collect(),
        Verb::Users(command) => {
            let subject = match &mut command.act {
                UsersAction::Show { subject }
                | UsersAction::Certificate { subject, .. }
                | UsersAction::Unlock { subject, .. } => Some(subject),
                UsersAction::Edit(edit) => Some(&mut edit.subject),
                UsersAction::List | UsersAction::Freeze { .. } => None,
            };
            command.login.user.iter_mut().chain(subject).collect()
        }
        Verb::Token(command) => {
            let subjects: Vec<&mut String> = match &mut command.act {
                TokenAction::Revoke { subjects, .. } => subjects.iter_mut().collect(),
                TokenAction::Unlock { subject } => vec![subject],
                TokenAction::Show
                | TokenAction::Activate
                | TokenAction::Skip
                | TokenAction::Resync
                | TokenAction::List { .. } => Vec::new(),
            };
            command.login.user.iter_mut().chain(subjects).collect()
        }
        Verb::Sessions(command) => command.login.user.iter_mut().collect(),
        Verb::Notices(command) => command.login.user.iter_mut().collect(),
        Verb::Bank(_)
        | Verb::Certificates(_)
        | Verb::Renew(_)
        | Verb::Probe(_)
        | Verb::Doctor(_)
        | Verb::Settings(_)
        | Verb::Completions(_)
        | Verb::Manual(_) => Vec::new(),
    }
}
