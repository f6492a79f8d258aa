use inkan_client::Inkan;
use inkan_client::profile::{PasswordKind, Permission, Profile};
use inkan_client::protocol::{CertificateAction, UserRecord, UserSettings};
use serde::Serialize;
use serde_json::json;

use crate::answers::{Answers, Question};
use crate::arguments::{Users, UsersAction};
use crate::bank_terms;
use crate::commands::login::with_session;
use crate::commands::user_lines::Listed;
use crate::commands::{user_edit, user_lines};
use crate::consent;
use crate::failure::Failure;
use crate::output::Output;
use crate::signals::{self, Uncut};
use crate::words::Words;

#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    record: Listed<'a>,
    settings: &'a UserSettings,
}

/// The user after the unlocking, and the passwords that were locked before.
#[derive(Debug, Serialize)]
struct Unlocked<'a> {
    #[serde(flatten)]
    record: &'a UserRecord,
    unlocked: &'a [PasswordKind],
}

pub(crate) fn run(command: &Users, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let mut bank = inkan.bank(&command.login.bank)?;
    let words = output.words();
    let confirmation = || answers.get(Question::Confirmation, words);
    if let UsersAction::Edit(edit) = &command.act {
        // The fields that the bank's administrators set may have changed. So the bank is asked before a field is
        // refused.
        if user_edit::something_to_change(edit, &bank.profile, answers, words).is_err() {
            bank = inkan.bank_now(&command.login.bank)?;
            user_edit::something_to_change(edit, &bank.profile, answers, words)?;
        }
    }
    if let UsersAction::Certificate { reissue: true, .. } = &command.act
        && consent::reissue_exists(Some(CertificateAction::Reissue), &bank.profile).is_err()
    {
        bank = inkan.bank_now(&command.login.bank)?;
        consent::reissue_exists(Some(CertificateAction::Reissue), &bank.profile)?;
    }
    with_session(&command.login, inkan, answers, output, |session| {
        // The login uses the operator's own new passwords only if the bank demands a change.
        answers.all_used(Question::own_new)?;
        let record = match &command.act {
            UsersAction::List => {
                let users = session.users()?;
                let listed: Vec<Listed<'_>> = users.iter().map(Listed::of).collect();
                output.result(&listed, |words| {
                    users.iter().map(|user| user_lines::brief(user, &bank.profile, words)).collect()
                });
                return Ok(());
            }
            UsersAction::Show { subject } => {
                let (record, settings) = (session.user(subject)?, session.user_settings(subject)?);
                output.result(&Shown { record: Listed::of(&record), settings: &settings }, |words| {
                    user_lines::whole(&record, &settings, &bank.profile, words)
                });
                return Ok(());
            }
            UsersAction::Freeze { knowingly } => {
                // A user without the permission is refused before any question.
                if !bank.profile.may(&session.logged_in().person.role, Permission::FreezeContract) {
                    session.users()?;
                }
                if !knowingly {
                    freeze_agreed(&bank.profile, answers, words)?;
                }
                session.freeze(&confirmation()?)?;
                output.result(&json!({ "frozen": true }), |words| vec![words.text("users-frozen")]);
                return Ok(());
            }
            UsersAction::Edit(edit) => return user_edit::run(edit, &bank.profile, session, inkan, answers, output),
            UsersAction::Certificate { subject, keep, reissue, revoke: _, knowingly } => {
                let act = match (keep, reissue) {
                    (true, _) => CertificateAction::Keep,
                    (_, true) => CertificateAction::Reissue,
                    _ => CertificateAction::Revoke,
                };
                if !knowingly {
                    consent::to_certificate_act(act, subject, session, inkan, answers, words)?;
                }
                let password = confirmation()?;
                let change = || inkan.change_certificate(session, subject, act, &password);
                match act {
                    CertificateAction::Keep => change()?.record,
                    CertificateAction::Reissue | CertificateAction::Revoke => {
                        let whose = [("user", subject.as_str()), ("goes_on", "no")];
                        signals::uncut(Uncut::revoking(&whose, words), change)?.record
                    }
                }
            }
            UsersAction::Unlock { subject, password } => {
                let kinds = password.iter().map(|kind| match kind.as_str() {
                    "confirmation" => PasswordKind::Confirmation,
                    _ => PasswordKind::Login,
                });
                let kinds: Vec<_> = kinds.collect();
                let locked = session.user(subject)?.locked;
                let record = session.unlock_user(subject, &kinds, &confirmation()?)?;
                // A password that is no longer locked was unlocked.
                let opened: Vec<PasswordKind> =
                    locked.into_iter().filter(|kind| !record.locked.contains(kind)).collect();
                output.result(&Unlocked { record: &record, unlocked: &opened }, |words| {
                    let names = |kinds: &[PasswordKind]| {
                        let names = kinds.iter().map(|kind| bank_terms::password(*kind, &bank.profile, words));
                        names.collect::<Vec<String>>().join(&words.text("word-and"))
                    };
                    let done = match (opened.as_slice(), record.locked.as_slice()) {
                        ([], []) => words.text("users-nothing-unlocked"),
                        ([], locked) => {
                            let facts = [("asked", names(&kinds)), ("locked", names(locked))];
                            words.with(
                                "users-others-locked",
                                &facts.each_ref().map(|(name, what)| (*name, what.as_str())),
                            )
                        }
                        (opened, _) => words.with("users-unlocked", &[("what", &names(opened))]),
                    };
                    vec![done, user_lines::brief(&record, &bank.profile, words)]
                });
                return Ok(());
            }
        };
        output.result(&record, |words| {
            // S4-14: the message of completion names the ID.
            let done = words.with("users-done", &[("id", &record.person.id)]);
            vec![done, user_lines::brief(&record, &bank.profile, words)]
        });
        Ok(())
    })
}

/// Prints what stopping the contract does and who can undo it, and asks the user to agree (M7).
fn freeze_agreed(profile: &Profile, answers: &Answers, words: &Words) -> Result<(), Failure> {
    let branch = profile.branch.as_ref();
    let facts = [
        ("branch", branch.map_or("-", |branch| words.local(&branch.name))),
        ("telephone", branch.map_or("-", |branch| branch.telephone.as_str())),
    ];
    let says = ["freeze-everybody", "freeze-nobody", "freeze-open"].map(|id| words.with(id, &facts));
    consent::asked(&says, &words.text("freeze-ask"), answers)
}
