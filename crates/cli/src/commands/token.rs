use inkan_client::Inkan;
use inkan_client::profile::Profile;
use inkan_client::protocol::{OwnToken, TokenLine, TokenResync, TokenRevocation, login_id};

use crate::answers::{Answers, Question};
use crate::arguments::{Token, TokenAction};
use crate::bank_terms;
use crate::commands::login::with_session;
use crate::commands::token_activation::activation;
use crate::commands::token_lines::record;
use crate::consent;
use crate::dates::moment;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

pub(crate) fn run(command: &Token, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let words = output.words();
    let profile = inkan.bank(&command.login.bank)?.profile;
    with_session(&command.login, inkan, answers, output, |session| {
        match &command.act {
            TokenAction::Show => own(&session.token()?, output),
            TokenAction::Activate => {
                let serial = answers.serial(words)?;
                own(&session.activate_token(&activation(&serial, answers, words)?)?, output);
            }
            TokenAction::Skip => own(&session.skip_token()?, output),
            TokenAction::Resync => {
                let otp = answers.get(Question::Otp, words)?;
                let resync = TokenResync { otp, otp_next: answers.get(Question::OtpNext, words)? };
                own(&session.resync_token(&resync)?, output);
            }
            TokenAction::List => {
                let lines = session.tokens()?;
                output.result(&lines, |words| lines.iter().map(|token| line(token, &profile, words)).collect());
            }
            TokenAction::Revoke { subjects, knowingly } => {
                if !knowingly {
                    let users = session.tokens()?;
                    let named = |id: &String| users.iter().find(|user| user.person.id == login_id(id));
                    // The bank does not know this user and refuses the request, so that the user need not be asked.
                    for unknown in subjects.iter().filter(|id| named(id).is_none()) {
                        session.user(unknown)?;
                    }
                    let lines = subjects.iter().filter_map(named).map(|token| line(token, &profile, words));
                    let says: Vec<String> = lines.chain([words.text("tokens-revoke-means")]).collect();
                    consent::asked(&says, &words.text("tokens-revoke-ask"), answers)?;
                }
                let revocation = TokenRevocation {
                    users: subjects.clone(),
                    otp: answers.get(Question::Otp, words)?,
                    confirmation_password: answers.get(Question::Confirmation, words)?,
                };
                let revoked = session.revoke_tokens(&revocation)?;
                output.result(&revoked, |words| {
                    let from = moment(revoked.activation_from, words.language());
                    let mut lines = vec![words.with("tokens-revoked", &[("from", &from)])];
                    lines.extend(revoked.users.iter().map(|token| line(token, &profile, words)));
                    lines
                });
            }
            TokenAction::Unlock { subject } => {
                let password = answers.get(Question::Confirmation, words)?;
                let unlocked = session.unlock_token(subject, &password)?;
                output.result(&unlocked, |words| vec![line(&unlocked, &profile, words)]);
            }
        }
        Ok(())
    })
}

fn own(token: &OwnToken, output: &Output) {
    output.result(token, |words| vec![record(&token.token, words)]);
}

fn line(line: &TokenLine, profile: &Profile, words: &Words) -> String {
    let role = bank_terms::role(&line.person.role, profile, words);
    format!("{}  {}  {role}  {}", line.person.id, line.person.name, record(&line.token, words))
}
