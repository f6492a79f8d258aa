//! The top page of the bank, for a person at the terminal (S1-14 … S1-19).

use inkan_client::LoggedIn;
use inkan_client::profile::{LoginMethod, MenuTarget, Permission, Profile};
use inkan_client::protocol::{NoticeLine, OperationKind, Top};

use crate::bank_terms;
use crate::dates::moment;
use crate::words::Words;

/// Returns the lines of the top page.
pub(super) fn lines(logged_in: &LoggedIn, top: &Top, profile: &Profile, words: &Words) -> Vec<String> {
    let channel = &logged_in.connection;
    let connection = [
        ("protocol", channel.protocol.as_str()),
        ("cipher", &channel.cipher),
        ("certificate", channel.certificate.as_deref().unwrap_or("-")),
    ];
    // S0-5: the badge and the name of the class.
    let role = &top.person.role;
    let who = [
        ("badge", profile.role(role).map_or("-", |role| words.local(&role.badge))),
        ("name", &top.person.name),
        ("id", &top.person.id),
        ("role", &bank_terms::role(role, profile, words)),
        ("company", &top.company),
    ];
    let mut lines = vec![words.with("top-connection", &connection), words.with("top-person", &who)];
    if top.method == LoginMethod::Certificate {
        lines.push(words.with("before-changing-pc", &[("bank", &logged_in.bank)]));
    }
    lines.extend(
        top.password_change_due.map(|due| words.with("top-password-due", &[("until", &moment(due, words.language()))])),
    );
    lines.extend(logins(logged_in, top, profile, words));
    lines.push(words.text("top-operations"));
    lines.extend(top.operations.iter().map(|operation| {
        let kind = operation_name(operation.kind, words);
        format!("  {}  {kind}  {}", moment(operation.at, words.language()), operation.subject)
    }));
    lines.extend(transactions(top, profile, words));
    lines.push(words.text("top-notices"));
    lines.extend(notices(&top.notices, words));
    if !top.notices.is_empty() {
        lines.push(words.with("top-notices-read", &[("bank", &logged_in.bank)]));
    }
    lines.extend(menu(logged_in, profile, words));
    lines
}

/// Returns the last logins, and what to do about one that the user does not recognise (S1-16).
fn logins(logged_in: &LoggedIn, top: &Top, profile: &Profile, words: &Words) -> Vec<String> {
    let mut lines = vec![words.text("top-logins")];
    let turns = ["login-this", "login-last", "login-before"];
    lines.extend(top.logins.iter().zip(turns).map(|(login, turn)| {
        let at = moment(login.at, words.language());
        format!("  {}  {at}  {}", words.text(turn), method(login.method, words))
    }));
    lines.push(words.text("login-check"));
    lines.extend(profile.branch.as_ref().map(|branch| {
        let facts = [
            ("branch", words.in_text(&branch.name)),
            ("telephone", branch.telephone.clone()),
            ("hours", words.local(&branch.hours).to_owned()),
        ];
        words.with("login-unknown", &facts.each_ref().map(|(name, value)| (*name, value.as_str())))
    }));
    lines.push(words.with("login-unknown-sessions", &[("bank", &logged_in.bank)]));
    lines
}

/// Returns the transactions, and the page that shows their data (S1-18).
fn transactions(top: &Top, profile: &Profile, words: &Words) -> Vec<String> {
    let mut lines = vec![words.text("top-transactions")];
    lines.extend(top.transactions.iter().map(|transaction| {
        let state = if transaction.awaits_approval { "transaction-awaits" } else { "transaction-draft" };
        let facts = [
            ("kind", words.local(&transaction.kind)),
            ("count", &transaction.count.to_string()),
            ("amount", &transaction.amount_yen.to_string()),
        ];
        format!("  {}  {}", words.with("transaction", &facts), words.text(state))
    }));
    let page = profile.transaction_page.as_deref().filter(|_| !top.transactions.is_empty());
    lines.extend(page.map(|page| words.with("transactions-page", &[("address", page)])));
    lines
}

/// Returns the notices, numbered, the unread ones marked in words (S1-19).
pub(super) fn notices(notices: &[NoticeLine], words: &Words) -> Vec<String> {
    let lines = (1..).zip(notices).map(|(number, notice): (usize, _)| {
        let mark = if notice.unread { words.text("notice-unread") } else { String::new() };
        let published = moment(notice.published, words.language());
        format!("  {number}. {published}  {}{mark}", words.local(&notice.title))
    });
    lines.collect()
}

/// Returns the bank's menu (S1-14): the bank's pages with their addresses, and the command for what Inkan does itself.
fn menu(logged_in: &LoggedIn, profile: &Profile, words: &Words) -> Vec<String> {
    let may = |act| profile.may(&logged_in.person.role, act);
    let bank = [("bank", logged_in.bank.as_str())];
    let entry = |indent: &str, name: &str, target: &MenuTarget| match target {
        MenuTarget::Top | MenuTarget::LogOut => Some(format!("{indent}{name}")),
        MenuTarget::Browser(address) => Some(format!("{indent}{name}  {address}")),
        MenuTarget::Administration | MenuTarget::LockedUsers => {
            may(Permission::ListUsers).then(|| format!("{indent}{name}  {}", words.with("menu-users", &bank)))
        }
        MenuTarget::Freeze => {
            may(Permission::FreezeContract).then(|| format!("{indent}{name}  {}", words.with("menu-freeze", &bank)))
        }
    };
    let mut lines = vec![words.text("top-menu")];
    for item in &profile.menu {
        let below = item.items.iter().filter_map(|one| entry("    ", words.local(&one.name), &one.target));
        let below: Vec<String> = below.collect();
        // A button with entries below it opens them and not its own target.
        let button = match item.items.is_empty() {
            true => entry("  ", words.local(&item.name), &item.target),
            false => (!below.is_empty()).then(|| format!("  {}", words.local(&item.name))),
        };
        let Some(button) = button else { continue };
        lines.push(button);
        lines.extend(item.about.as_ref().map(|about| words.with("menu-about", &[("about", words.local(about))])));
        lines.extend(below);
    }
    lines
}

pub(super) fn method(method: LoginMethod, words: &Words) -> String {
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
