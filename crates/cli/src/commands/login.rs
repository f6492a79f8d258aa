use inkan_client::profile::{EntranceId, LoginMethod, PasswordKind, Profile};
use inkan_client::protocol::{
    Code, NextStep, OperationKind, OwnToken, PasswordChange, Problem, Reference, Secret, Top,
};
use inkan_client::{Credentials, Error, Inkan, LoggedIn, Session};
use serde::Serialize;

use crate::answers::{Answers, Question};
use crate::arguments::LoginOptions;
use crate::commands::token::{activate_or_skip, record};
use crate::dates::moment;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

#[derive(Debug, Serialize)]
struct LoginResult<'a> {
    #[serde(flatten)]
    logged_in: &'a LoggedIn,
    top: &'a Top,
    token: &'a OwnToken,
}

pub(crate) fn run(options: &LoginOptions, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    with_session(options, inkan, answers, output.words(), |session| {
        if let Some(wrong) = session.wrong_clock() {
            output.aside(wrong);
        }
        let token = activate_or_skip(session, answers, output.words())?;
        let top = session.top()?;
        let logged_in = session.logged_in();
        output.result(&LoginResult { logged_in, top: &top, token: &token }, |words| {
            let mut lines = lines(logged_in, &top, words);
            lines.push(words.with("top-token", &[("token", &record(&token.token, words))]));
            lines
        });
        Ok(())
    })
}

/// Logs in, changes forced passwords where the answers hold new ones, does `act`, and logs out whatever came of it.
pub(crate) fn with_session(
    options: &LoginOptions,
    inkan: &Inkan,
    answers: &Answers,
    words: &Words,
    act: impl FnOnce(&mut Session) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let profile = inkan.bank(&options.bank)?.profile;
    let credentials = match (&options.user, &options.certificate) {
        (Some(user), _) => Credentials::Id { contract: answers.contract(&profile, words)?, user: user.clone() },
        (None, certificate) => Credentials::Certificate(certificate.clone()),
    };
    let entrance = options.entrance.clone().map(EntranceId);
    let mut session =
        session_to(&LoginTo { bank: &options.bank, entrance, credentials }, &profile, inkan, answers, words)?;
    let done = act(&mut session);
    let out = session.log_out();
    done?;
    Ok(out?)
}

/// Where somebody logs in, and as whom.
pub(crate) struct LoginTo<'a> {
    pub(crate) bank: &'a str,
    pub(crate) entrance: Option<EntranceId>,
    pub(crate) credentials: Credentials,
}

/// Logs in, and changes forced passwords where the answers hold new ones.
pub(crate) fn session_to(
    to: &LoginTo<'_>,
    profile: &Profile,
    inkan: &Inkan,
    answers: &Answers,
    words: &Words,
) -> Result<Session, Failure> {
    let password = answers.get(Question::Login, words)?;
    let mut session = inkan.log_in(to.bank, to.entrance.clone(), &to.credentials, &password)?;
    match change_forced_passwords(&mut session, profile, password, answers, words) {
        Ok(()) => Ok(session),
        Err(failure) => {
            // It ends by itself where the bank is silent.
            session.log_out().ok();
            Err(failure)
        }
    }
}

fn change_forced_passwords(
    session: &mut Session,
    profile: &Profile,
    login_password: Secret,
    answers: &Answers,
    words: &Words,
) -> Result<(), Failure> {
    if session.logged_in().next != NextStep::PasswordChange {
        return Ok(());
    }
    let new = |question| match answers.given(question) {
        None if !answers.can_ask() => Err(Failure::Journey(Error::Bank(required()))),
        _ => answers.get(question, words),
    };
    let role = profile.role(&session.logged_in().person.role);
    let has_confirmation = role.is_none_or(|role| role.has_password(PasswordKind::Confirmation));
    let new_login_password = new(Question::NewLogin)?;
    let new_confirmation_password = has_confirmation.then(|| new(Question::NewConfirmation)).transpose()?;
    let confirmation_password = answers.given(Question::Confirmation).filter(|_| has_confirmation);
    let change =
        PasswordChange { login_password, new_login_password, confirmation_password, new_confirmation_password };
    session.change_passwords(&change)?;
    Ok(())
}

/// What the bank would answer to any other request of this session.
fn required() -> Problem {
    Problem::new(Code::PasswordChangeRequired, Reference::from_bytes([0; 5]))
}

fn lines(logged_in: &LoggedIn, top: &Top, words: &Words) -> Vec<String> {
    let language = words.language();
    let channel = &logged_in.connection;
    let connection = [
        ("protocol", channel.protocol.as_str()),
        ("cipher", &channel.cipher),
        ("certificate", channel.certificate.as_deref().unwrap_or("-")),
    ];
    let who = [("name", top.person.name.as_str()), ("id", &top.person.id), ("company", &top.company)];
    let mut lines = vec![words.with("top-connection", &connection), words.with("top-person", &who)];
    if top.method == LoginMethod::Certificate {
        lines.push(words.with("before-changing-pc", &[("bank", &logged_in.bank)]));
    }
    lines.push(words.text("top-logins"));
    lines.extend(
        top.logins.iter().map(|login| format!("  {}  {}", moment(login.at, language), method(login.method, words))),
    );
    lines.push(words.text("top-operations"));
    lines.extend(top.operations.iter().map(|operation| {
        let kind = operation_name(operation.kind, words);
        format!("  {}  {kind}  {}", moment(operation.at, language), operation.subject)
    }));
    lines.push(words.text("top-transactions"));
    lines.extend(top.transactions.iter().map(|transaction| {
        let state = if transaction.awaits_approval { "transaction-awaits" } else { "transaction-draft" };
        let kind = words.local(&transaction.kind);
        let facts = [
            ("kind", kind),
            ("count", &transaction.count.to_string()),
            ("amount", &transaction.amount_yen.to_string()),
        ];
        format!("  {}  {}", words.with("transaction", &facts), words.text(state))
    }));
    lines.push(words.text("top-notices"));
    lines.extend(top.notices.iter().map(|notice| {
        let mark = if notice.unread { "●" } else { "・" };
        let title = words.local(&notice.title);
        format!("  {mark} {}  {title}", moment(notice.published, language))
    }));
    lines
}

fn method(method: LoginMethod, words: &Words) -> String {
    match method {
        LoginMethod::Certificate => words.text("method-certificate"),
        LoginMethod::IdPassword => words.text("method-id-password"),
    }
}

fn operation_name(kind: OperationKind, words: &Words) -> String {
    match kind {
        OperationKind::CertificateIssued => words.text("operation-certificate-issued"),
        OperationKind::CertificateAcquired => words.text("operation-certificate-acquired"),
        OperationKind::CertificateRevoked => words.text("operation-certificate-revoked"),
        OperationKind::CertificateReissued => words.text("operation-certificate-reissued"),
        OperationKind::TokenActivated => words.text("operation-token-activated"),
        OperationKind::TokenRevoked => words.text("operation-token-revoked"),
        OperationKind::TokenResynchronised => words.text("operation-token-resynchronised"),
        OperationKind::TokenUnlocked => words.text("operation-token-unlocked"),
        OperationKind::PasswordsChanged => words.text("operation-passwords-changed"),
        OperationKind::UserEdited => words.text("operation-user-edited"),
        OperationKind::UserUnlocked => words.text("operation-user-unlocked"),
        OperationKind::ContractFrozen => words.text("operation-contract-frozen"),
    }
}
