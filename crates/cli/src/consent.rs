//! Asks the user to agree to a change that cannot be undone or that locks a user out. If no user can be asked, `--yes`
//! gives the consent.

use inkan_client::profile::{Permission, Profile};
use inkan_client::protocol::{CertificateAction, login_id};
use inkan_client::{Error, Inkan, Session};

use crate::answers::Answers;
use crate::failure::Failure;
use crate::streams;
use crate::words::Words;

/// Prints what the command would do, and asks whether to continue.
pub(crate) fn asked(says: &[String], question: &str, answers: &Answers) -> Result<(), Failure> {
    says.iter().for_each(|line| streams::tell(line));
    if answers.can_ask() { agreed(question) } else { Err(Failure::NotAsked) }
}

/// Asks the user at the terminal. Only a clear yes counts as consent.
pub(crate) fn agreed(question: &str) -> Result<(), Failure> {
    let answer = streams::ask(question).ok().flatten().unwrap_or_default();
    // A Japanese keyboard may type full-width letters.
    match login_id(&answer).to_lowercase().as_str() {
        "y" | "yes" | "はい" => Ok(()),
        _ => Err(Failure::Journey(Error::NotConfirmed)),
    }
}

/// Prints `says`, and asks whether to do more than the user asked for. Anything but a clear yes is a no.
pub(crate) fn also(says: &[String], question: &str) -> bool {
    says.iter().for_each(|line| streams::tell(line));
    agreed(question).is_ok()
}

/// Refuses a reissue, before any question, at a bank whose profile has none. At such a bank, an administrator revokes
/// the certificate and the holder acquires a new one (S0-9).
pub(crate) fn reissue_exists(act: Option<CertificateAction>, profile: &Profile) -> Result<(), Failure> {
    if act != Some(CertificateAction::Reissue)
        || profile.roles.iter().any(|role| role.may(Permission::ReissueOthersCertificate))
    {
        return Ok(());
    }
    Err(Error::NotReissued.into())
}

/// Asks before a certificate is revoked, or revoked for a reissue (Q7). A revocation cannot be undone (M2). If users
/// revoke their own certificate and no other user could help them, they are warned of that instead (Q9).
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
    // If the user does not exist or may not be seen, the bank refuses before any question.
    let person = session.user(subject)?.person;
    let facts = [("id", person.id.as_str()), ("name", &person.name)];
    asked(&[words.with(says, &facts)], &words.with(question, &facts), answers)
}
