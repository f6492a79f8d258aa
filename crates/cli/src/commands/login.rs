use inkan_client::profile::{EntranceId, Profile};
use inkan_client::protocol::{OwnToken, Top, possible_login_id};
use inkan_client::{CertificateId, CertificateRow, Credentials, Error, Inkan, LoggedIn, Session};
use serde::Serialize;

use crate::answers::{Answers, Question};
use crate::arguments::LoginOptions;
use crate::commands::token_activation::activate_or_skip;
use crate::commands::token_lines::record;
use crate::commands::{forced_change, token_words, top_frame, top_page};
use crate::dates::end;
use crate::failure::Failure;
use crate::output::Output;
use crate::signals;
use crate::streams;
use crate::words::Words;

#[derive(Debug, Serialize)]
struct LoginResult<'a> {
    #[serde(flatten)]
    logged_in: &'a LoggedIn,
    top: &'a Top,
    token: &'a OwnToken,
}

pub(crate) fn run(options: &LoginOptions, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    with_session(options, inkan, answers, output, |session| {
        let profile = inkan.bank(&options.bank)?.profile;
        if let Some(wrong) = session.wrong_clock() {
            output.aside(wrong);
        }
        let token = activate_or_skip(session, &profile, answers, output)?;
        let top = session.top()?;
        output.tell(|words| top_frame::lines(&top, &profile, words));
        let logged_in = session.logged_in();
        output.result(&LoginResult { logged_in, top: &top, token: &token }, |words| {
            let mut lines = top_page::lines(logged_in, &top, &profile, words);
            lines.push(words.with("top-token", &[("token", &record(&token.token, words))]));
            lines.extend(token_words::own(&token.token, &profile, words));
            lines
        });
        Ok(())
    })
}

/// Logs in, changes passwords if the bank demands it, does `act`, and logs out in any case.
pub(crate) fn with_session(
    options: &LoginOptions,
    inkan: &Inkan,
    answers: &Answers,
    output: &Output,
    act: impl FnOnce(&mut Session) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let profile = inkan.bank(&options.bank)?.profile;
    answers.ask_as(&profile, output.words());
    let credentials = match (&options.user, &options.certificate) {
        (Some(user), _) => {
            possible_login_id(user).map_err(Error::from)?;
            inkan.check_entrance(&options.bank, options.entrance.clone().map(EntranceId).as_ref(), true)?;
            Credentials::Id { contract: answers.contract(&profile, output.words())?, user: user.clone() }
        }
        (None, certificate) => {
            inkan.check_entrance(&options.bank, options.entrance.clone().map(EntranceId).as_ref(), false)?;
            let find = |typed: &String| inkan.find_for_login(&options.bank, typed);
            Credentials::Certificate(certificate.as_ref().map(find).transpose()?)
        }
    };
    let entrance = options.entrance.clone().map(EntranceId);
    let mut session =
        session_to(&LoginTo { bank: &options.bank, entrance, credentials }, &profile, inkan, answers, output)?;
    let done = act(&mut session);
    let out = log_out(session, output);
    done?;
    Ok(out?)
}

/// Logs out. If the bank does not answer, prints what is not known: whether the session is open, and whether the last
/// change was made.
pub(crate) fn log_out(session: Session, output: &Output) -> Result<(), Error> {
    let change = session.in_doubt();
    let out = session.log_out();
    let session = matches!(&out, Err(error) if !matches!(error, Error::Bank(_)));
    output.left_open(session, change);
    out
}

/// The bank, the entrance and the credentials of a login.
pub(crate) struct LoginTo<'a> {
    pub(crate) bank: &'a str,
    pub(crate) entrance: Option<EntranceId>,
    pub(crate) credentials: Credentials,
}

/// Logs in, and changes passwords if the bank demands it. The certificate is chosen before any secret is asked for
/// (S1-1).
pub(crate) fn session_to(
    to: &LoginTo<'_>,
    profile: &Profile,
    inkan: &Inkan,
    answers: &Answers,
    output: &Output,
) -> Result<Session, Failure> {
    let words = output.words();
    let by_id = matches!(to.credentials, Credentials::Id { .. });
    inkan.check_entrance(to.bank, to.entrance.as_ref(), by_id)?;
    let credentials = match &to.credentials {
        Credentials::Certificate(id) => {
            let chosen = match id {
                None => choose(to.bank, to.entrance.as_ref(), inkan, answers, words)?,
                named => named.clone(),
            };
            let id = inkan.certificate_for_login(to.bank, to.entrance.as_ref(), chosen.as_ref())?;
            Credentials::Certificate(Some(id))
        }
        id => id.clone(),
    };
    let password = answers.get(Question::Login, words)?;
    let begun = signals::watched(|| inkan.log_in(to.bank, to.entrance.clone(), &credentials, &password));
    output.left_open(matches!(&begun, Err(Error::LoginUnanswered(_))), false);
    let mut session = begun?;
    match forced_change::run(&mut session, profile, password, answers, output) {
        Ok(()) => Ok(session),
        Err(failure) => {
            // The failure to change the passwords is returned, and not that of the logout.
            let _out = log_out(session, output);
            Err(failure)
        }
    }
}

/// Asks the user to choose one of several certificates that can be used (S1-1, S1-2), or names the only one (S3-14). The one that was used last is the
/// usual answer. If no user can be asked, returns none. The client then takes a certificate only if all name the same
/// holder.
pub(crate) fn choose(
    bank: &str,
    entrance: Option<&EntranceId>,
    inkan: &Inkan,
    answers: &Answers,
    words: &Words,
) -> Result<Option<CertificateId>, Failure> {
    if !answers.can_ask() {
        return Ok(None);
    }
    let rows = inkan.certificates_at(Some(bank), entrance)?;
    let usable: Vec<&CertificateRow> = rows.iter().filter(|row| row.usable).collect();
    if let [only] = usable.as_slice() {
        // S3-14: the user sees the certificate before the password is asked for.
        streams::tell(&words.with("login-certificate", &[("certificate", &choice(only, words))]));
    }
    if usable.len() < 2 {
        return Ok(None);
    }
    let lines: Vec<String> = usable.iter().map(|row| choice(row, words)).collect();
    let usual = usable.iter().position(|row| row.last_used);
    let chosen = answers.choice(&words.text("ask-certificate"), &lines, usual, "--certificate")?;
    Ok(usable.get(chosen).map(|row| row.id.clone()))
}

/// Returns the login ID, holder, expiry and issuer, which distinguish certificates (S1-2).
pub(crate) fn choice(row: &CertificateRow, words: &Words) -> String {
    let until = end(row.not_after, words);
    let facts = [
        ("name", row.name.as_str()),
        ("person", row.person.as_deref().unwrap_or("-")),
        ("until", &until),
        ("issuer", &row.issuer),
        ("id", row.id.0.get(..8).unwrap_or_default()),
    ];
    words.with("choose-certificate", &facts)
}
