use inkan_client::profile::{Day, Profile};
use inkan_client::protocol::{OwnToken, TokenLine, TokenResync, TokenRevocation, login_id};
use inkan_client::{Inkan, Session};

use crate::answers::{Answers, Question};
use crate::arguments::{Token, TokenAction};
use crate::commands::login::with_session;
use crate::commands::token_activation::activate_own;
use crate::commands::token_lines::{self, line, record};
use crate::commands::token_words;
use crate::consent;
use crate::dates::moment;
use crate::failure::Failure;
use crate::output::Output;

pub(crate) fn run(command: &Token, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let words = output.words();
    let profile = inkan.bank(&command.login.bank)?.profile;
    with_session(&command.login, inkan, answers, output, |session| {
        match &command.act {
            TokenAction::Show => {
                let token = session.token()?;
                output.result(&token, |words| {
                    let note = token_words::own(&token.token, &profile, words);
                    let lines = std::iter::once(record(&token.token, words)).chain(note);
                    lines.chain(token_words::lost(&profile, words)).collect()
                });
            }
            TokenAction::Activate => own(&activate_own(session, &profile, answers, output)?, output),
            TokenAction::Skip => own(&session.skip_token()?, output),
            TokenAction::Resync => {
                let otp = answers.get(Question::Otp, words)?;
                let resync = TokenResync { otp, otp_next: answers.get(Question::OtpNext, words)? };
                own(&session.resync_token(&resync)?, output);
            }
            TokenAction::List { expires_by } => {
                let mut lines = token_words::permitted(Session::tokens, session, &profile, output)?;
                if let Some(day) = expires_by {
                    lines.retain(|line| line.token.expires.is_some_and(|expires| Day::of(expires) <= *day));
                }
                output.result(&lines, |words| token_lines::list(&lines, &profile, words));
            }
            TokenAction::Revoke { subjects, knowingly } => {
                revoke(subjects, *knowingly, &profile, session, answers, output)?;
            }
            TokenAction::Unlock { subject } => {
                let password = answers.get(Question::Confirmation, words)?;
                let unlocked = session.unlock_token(subject, &password)?;
                output.result(&unlocked, |words| line(&unlocked, &profile, words).to_vec());
            }
        }
        Ok(())
    })
}

/// Revokes the tokens of the users (S2-9). A revoked token shows no serial number, so who shares one is known only before
/// (S2-4, S2-14).
fn revoke(
    subjects: &[String],
    knowingly: bool,
    profile: &Profile,
    session: &Session,
    answers: &Answers,
    output: &Output,
) -> Result<(), Failure> {
    let words = output.words();
    let before = token_words::permitted(Session::tokens, session, profile, output)?;
    let mut users = subjects.to_vec();
    if !knowingly {
        agreed(&mut users, &before, profile, session, answers, output)?;
    }
    let revocation = TokenRevocation {
        users: users.clone(),
        otp: answers.get_by(Question::Otp, &words.text("ask-own-otp"))?,
        confirmation_password: answers.get(Question::Confirmation, words)?,
    };
    let revoked = token_words::permitted(|session| session.revoke_tokens(&revocation), session, profile, output)?;
    output.result(&revoked, |words| {
        let from = moment(revoked.activation_from, words.language());
        let mut lines = vec![words.with("tokens-revoked", &[("from", &from)])];
        lines.extend(revoked.users.iter().flat_map(|token| line(token, profile, words)));
        let sharers = token_words::sharers(&before, &users);
        lines.extend((!sharers.is_empty()).then(|| token_words::sharing("tokens-shared-still", &sharers, words)));
        lines
    });
    Ok(())
}

/// Prints what a revocation means, before it is done, and asks the user to agree. Offers to revoke a shared token for
/// everyone who uses it.
fn agreed(
    users: &mut Vec<String>,
    before: &[TokenLine],
    profile: &Profile,
    session: &Session,
    answers: &Answers,
    output: &Output,
) -> Result<(), Failure> {
    let words = output.words();
    let named = |id: &String| before.iter().find(|user| user.person.id == login_id(id));
    // The bank does not know this user and refuses the request, so that the user need not be asked.
    for unknown in users.iter().filter(|id| named(id).is_none()) {
        session.user(unknown)?;
    }
    let sharers = token_words::sharers(before, users);
    if !sharers.is_empty() {
        let says = [token_words::sharing("tokens-shared", &sharers, words)];
        let question = token_words::sharing("tokens-shared-ask", &sharers, words);
        if answers.can_ask() && consent::also(&says, &question) {
            users.extend(sharers.iter().map(|line| line.person.id.clone()));
        }
    }
    let mut says: Vec<String> = users.iter().filter_map(named).flat_map(|token| line(token, profile, words)).collect();
    says.push(words.text("tokens-revoke-means"));
    says.extend(token_words::wait(profile, words));
    says.extend(token_words::steps(profile, words));
    consent::asked(&says, &words.text("tokens-revoke-ask"), answers)
}

fn own(token: &OwnToken, output: &Output) {
    output.result(token, |words| vec![record(&token.token, words)]);
}
