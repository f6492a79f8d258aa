use inkan_client::Inkan;
use inkan_client::profile::{Helper, PasswordKind, Permission, Profile};
use inkan_client::protocol::{CertificateAction, UserRecord, UserSettings};
use serde::Serialize;
use serde_json::json;

use crate::answers::{Answers, Question};
use crate::arguments::{Users, UsersAction};
use crate::bank_terms;
use crate::commands::login::with_session;
use crate::commands::tell::Tell;
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

/// The user after an act on the certificate, and what the user must be told after a reissue (S3-8).
#[derive(Debug, Serialize)]
struct Changed<'a> {
    #[serde(flatten)]
    record: &'a UserRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    tell: Option<&'a Tell>,
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
        let (record, reissued) = match &command.act {
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
                    let own = record.person.id == session.logged_in().person.id;
                    let lines = user_lines::whole(&record, &settings, &bank.profile, words);
                    lines.into_iter().chain(own.then(|| own_way(&record, &bank.profile, words)).flatten()).collect()
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
                    CertificateAction::Keep => (change()?.record, false),
                    CertificateAction::Reissue | CertificateAction::Revoke => {
                        let whose = [("user", subject.as_str()), ("goes_on", "no")];
                        let record = signals::uncut(Uncut::revoking(&whose, words), change)?.record;
                        (record, act == CertificateAction::Reissue)
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
        let tell = reissued.then(|| Tell::after_reissue(&record, &bank.profile, session));
        output.result(&Changed { record: &record, tell: tell.as_ref() }, |words| {
            // S4-14: the message of completion names the ID.
            let done = words.with("users-done", &[("id", &record.person.id)]);
            let told = tell.as_ref().map(|tell| tell.lines(&record, &bank.profile, words)).unwrap_or_default();
            [done, user_lines::brief(&record, &bank.profile, words)].into_iter().chain(told).collect()
        });
        Ok(())
    })
}

/// Returns how the administrator's own certificate is reissued, if no user of the company can do it (S3-4, S4-4).
fn own_way(record: &UserRecord, profile: &Profile, words: &Words) -> Option<String> {
    let way = match profile.helper_with_certificate(&record.person.role) {
        Helper::RequestForm => "user-own-form",
        Helper::Telephone => "user-own-telephone",
        _ => return None,
    };
    let branch = profile.branch.as_ref()?;
    let facts = [
        ("bank", bank_terms::bank_itself(profile, words)),
        ("branch", words.local(&branch.name).to_owned()),
        ("home", words.in_text(&branch.name)),
        ("telephone", branch.telephone.clone()),
        ("hours", words.local(&branch.hours).to_owned()),
    ];
    Some(words.with(way, &facts.each_ref().map(|(name, value)| (*name, value.as_str()))))
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
