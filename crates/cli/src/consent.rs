//! Whether the person agrees to what cannot be undone, or to what shuts a person out: asked at a terminal, and given by
//! `--yes` if no person can be asked.

use inkan_client::profile::{Permission, Profile};
use inkan_client::protocol::{CertificateAction, login_id};
use inkan_client::{Error, Inkan, Session};

use crate::answers::Answers;
use crate::failure::Failure;
use crate::streams;
use crate::words::Words;

/// Says what the command would do, and asks whether to go on.
pub(crate) fn asked(says: &[String], question: &str, answers: &Answers) -> Result<(), Failure> {
    says.iter().for_each(|line| streams::tell(line));
    if answers.can_ask() { agreed(question) } else { Err(Failure::NotAsked) }
}

/// Asks the person at the terminal, who agrees by a clear yes only.
pub(crate) fn agreed(question: &str) -> Result<(), Failure> {
    let answer = streams::ask(question).ok().flatten().unwrap_or_default();
    // A Japanese keyboard types full-width letters.
    match login_id(&answer).to_lowercase().as_str() {
        "y" | "yes" | "はい" => Ok(()),
        _ => Err(Failure::Journey(Error::NotConfirmed)),
    }
}

/// Refuses a reissue, before any question, at a bank whose profile has none: its people revoke, and the holder acquires
/// (S0-9).
pub(crate) fn reissue_exists(act: Option<CertificateAction>, profile: &Profile) -> Result<(), Failure> {
    if act != Some(CertificateAction::Reissue)
        || profile.roles.iter().any(|role| role.may(Permission::ReissueOthersCertificate))
    {
        return Ok(());
    }
    Err(Error::NotReissued.into())
}

/// Asks before a certificate is revoked, by itself or for a reissue (Q7). Nothing brings it back (M2). A person
/// who revokes their own, and whom no other could help, is warned of that instead (Q9).
pub(crate) fn to_certificate_act(
    act: CertificateAction,
    subject: &str,
    session: &Session,
    inkan: &Inkan,
    answers: &Answers,
    words: &Words,
) -> Result<(), Failure> {
    let (says, question) = match act {
        CertificateAction::Keep => return Ok(()),
        CertificateAction::Revoke => match inkan.before_revoking(session, subject) {
            Ok(()) => ("revoke-means", "revoke-ask"),
            Err(Error::NobodyElse) if answers.can_ask() => {
                let document = Error::NobodyElse.into_problem().document(words.language());
                return asked(&[document.title, document.detail, document.next], &words.text("alone-ask"), answers);
            }
            Err(error) => return Err(error.into()),
        },
        CertificateAction::Reissue => ("reissue-means", "reissue-ask"),
    };
    // The bank refuses an unknown user, or a person who may not see the user, before any question.
    let person = session.user(subject)?.person;
    let facts = [("id", person.id.as_str()), ("name", &person.name)];
    asked(&[words.with(says, &facts)], &words.with(question, &facts), answers)
}
