use inkan_client::Inkan;
use inkan_client::protocol::{CertificateAct, CertificateState, UserRecord};

use crate::answers::{Answers, Question};
use crate::arguments::{Users, UsersAct};
use crate::commands::login::with_session;
use crate::dates::moment;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

pub(crate) fn run(command: &Users, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    with_session(&command.login, inkan, answers, output.words(), |session| {
        match &command.act {
            UsersAct::List => {
                let users = session.users()?;
                output.result(&users, |words| users.iter().map(|user| line(user, words)).collect());
            }
            UsersAct::Show { subject } => {
                let user = session.user(subject)?;
                output.result(&user, |words| vec![line(&user, words)]);
            }
            UsersAct::Certificate { subject, keep, reissue, revoke: _ } => {
                let act = match (keep, reissue) {
                    (true, _) => CertificateAct::Keep,
                    (_, true) => CertificateAct::Reissue,
                    _ => CertificateAct::Revoke,
                };
                let password = answers.get(Question::Confirmation, output.words())?;
                let user = session.change_certificate(subject, act, &password)?;
                output.result(&user, |words| vec![line(&user, words)]);
            }
        }
        Ok(())
    })
}

fn line(user: &UserRecord, words: &Words) -> String {
    let person = &user.person;
    let certificate = match &user.certificate {
        None => words.text("certificate-none"),
        Some(record) => {
            let state = match record.state {
                CertificateState::Issued => words.text("state-issued"),
                CertificateState::Valid => words.text("state-valid"),
                CertificateState::Expired => words.text("state-expired"),
                CertificateState::Revoked => words.text("state-revoked"),
                CertificateState::Superseded => words.text("state-superseded"),
            };
            let until = moment(record.not_after, words.language());
            words.with("certificate-line", &[("state", &state), ("until", &until)])
        }
    };
    format!("{}  {}  {}  {certificate}", person.id, person.name, person.role.0)
}
