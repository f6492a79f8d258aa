use inkan_client::profile::{PasswordKind, RoleId};
use inkan_client::protocol::{CertificateAct, UserEdit, UserRecord, UserSettings};
use inkan_client::{Inkan, Session};
use serde::Serialize;
use serde_json::json;

use crate::answers::{Answers, Question};
use crate::arguments::{Act, Edit, Users, UsersAct, YesNo};
use crate::commands::login::with_session;
use crate::commands::user_lines;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    record: &'a UserRecord,
    settings: &'a UserSettings,
}

pub(crate) fn run(command: &Users, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let bank = inkan.bank(&command.login.bank)?;
    let words = output.words();
    let confirmation = || answers.get(Question::Confirmation, words);
    with_session(&command.login, inkan, answers, words, |session| {
        let record = match &command.act {
            UsersAct::List => {
                let users = session.users()?;
                output.result(&users, |words| {
                    users.iter().map(|user| user_lines::brief(user, &bank.profile, words)).collect()
                });
                return Ok(());
            }
            UsersAct::Show { subject } => {
                let (record, settings) = (session.user(subject)?, session.user_settings(subject)?);
                output.result(&Shown { record: &record, settings: &settings }, |words| {
                    user_lines::whole(&record, &settings, &bank.profile, words)
                });
                return Ok(());
            }
            UsersAct::Freeze => {
                session.freeze(&confirmation()?)?;
                output.result(&json!({ "frozen": true }), |words| vec![words.text("users-frozen")]);
                return Ok(());
            }
            UsersAct::Certificate { subject, keep, reissue, revoke: _, knowingly } => {
                let act = match (keep, reissue) {
                    (true, _) => CertificateAct::Keep,
                    (_, true) => CertificateAct::Reissue,
                    _ => CertificateAct::Revoke,
                };
                if act == CertificateAct::Revoke && !knowingly {
                    warned(session, subject, inkan, answers, words)?;
                }
                session.change_certificate(subject, act, &confirmation()?)?
            }
            UsersAct::Edit(edit) => session.edit_user(&edit.subject, &whole_edit(edit, answers, words)?)?,
            UsersAct::Unlock { subject, password } => {
                let kinds = password.iter().map(|kind| match kind.as_str() {
                    "confirmation" => PasswordKind::Confirmation,
                    _ => PasswordKind::Login,
                });
                session.unlock_user(subject, &kinds.collect::<Vec<_>>(), &confirmation()?)?
            }
        };
        output.result(&record, |words| {
            // S4-14: completion names the ID.
            let done = words.with("users-done", &[("id", &record.person.id)]);
            vec![done, user_lines::brief(&record, &bank.profile, words)]
        });
        Ok(())
    })
}

/// Q9: who revokes their own with nobody left to help is warned before, and asked where somebody can answer.
pub(crate) fn warned(
    session: &Session,
    subject: &str,
    inkan: &Inkan,
    answers: &Answers,
    words: &Words,
) -> Result<(), Failure> {
    match inkan.before_revoking(session, subject) {
        Err(alone) if answers.can_ask() => {
            let document = alone.into_problem().document(words.language());
            eprintln!("{}\n  {}\n  {}", document.title, document.detail, document.next);
            super::certificates::agreed(&words.text("alone-ask"))
        }
        other => Ok(other?),
    }
}

fn whole_edit(edit: &Edit, answers: &Answers, words: &Words) -> Result<UserEdit, Failure> {
    let yes = |answer: Option<YesNo>| answer.map(|answer| answer == YesNo::Yes);
    let new = |question| match answers.given(question) {
        None if edit.passwords && answers.can_ask() => {
            Ok::<_, Failure>(Some(answers.get(question, words)?).filter(|password| !password.is_empty()))
        }
        given => Ok(given),
    };
    Ok(UserEdit {
        name: edit.person_name.clone(),
        role: edit.role.clone().map(RoleId),
        login_password: new(Question::UserLogin)?,
        new_confirmation_password: new(Question::UserConfirmation)?,
        approval_password: new(Question::UserApproval)?,
        transfer_password: new(Question::UserTransfer)?,
        single_transfer: yes(edit.single_transfer),
        transfer_limit_thousand_yen: edit.transfer_limit,
        forced_change: yes(edit.forced_change),
        change_period_days: edit.change_period,
        alarm_period_days: edit.alarm_period,
        companies: edit.company.clone(),
        certificate: edit.certificate_act.map(|act| match act {
            Act::Keep => CertificateAct::Keep,
            Act::Reissue => CertificateAct::Reissue,
            Act::Revoke => CertificateAct::Revoke,
        }),
        confirmation_password: answers.get(Question::Confirmation, words)?,
    })
}
