//! The forced change of passwords (パスワード強制変更), which follows the login before anything else (S1-7 … S1-11).

use inkan_client::Error;
use inkan_client::Session;
use inkan_client::profile::{PasswordCharacters, PasswordContext, PasswordFault, PasswordKind, PasswordRule, Profile};
use inkan_client::protocol::{ChosenPasswords, NextStep, PasswordChange, Problem, Secret};

use crate::answers::{Answers, Question};
use crate::bank_terms;
use crate::failure::Failure;
use crate::output::Output;
use crate::streams;
use crate::words::Words;

/// Changes the passwords if the bank demands it. Takes them from the answers, or asks for each field of the bank's
/// form. `login_password` is the current one, which the login has just used.
pub(crate) fn run(
    session: &mut Session,
    profile: &Profile,
    login_password: Secret,
    answers: &Answers,
    output: &Output,
) -> Result<(), Failure> {
    let logged_in = session.logged_in();
    if logged_in.next != NextStep::PasswordChange {
        return Ok(());
    }
    let role = profile.role(&logged_in.person.role);
    let change = Form {
        profile,
        user: logged_in.person.id.clone(),
        has_confirmation: role.is_none_or(|role| role.has_password(PasswordKind::Confirmation)),
        registered: logged_in.confirmation_registered,
        set_by_another: logged_in.set_by_another.clone(),
        answers,
        words: output.words(),
    }
    .fill_in(login_password)?;
    let kinds = [
        (true, PasswordKind::Login),
        (change.new_confirmation_password.is_some(), PasswordKind::Confirmation),
        (change.new_approval_password.is_some(), PasswordKind::Approval),
        (change.new_transfer_password.is_some(), PasswordKind::Transfer),
    ];
    session.change_passwords(&change)?;
    output.aside_lines(|words| {
        let changed = kinds.into_iter().filter(|(changed, _)| *changed);
        let done = changed
            .map(|(_, kind)| words.with("passwords-changed", &[("what", &bank_terms::password(kind, profile, words))]));
        done.collect()
    });
    if answers.can_ask() {
        // S1-11: any line confirms, and so does the end of the input.
        let _ = streams::ask(&format!("{}:", output.words().text("passwords-confirm")));
    }
    Ok(())
}

/// Returns the passwords that the user chooses before the acquisition, because another person set the present ones. The
/// problem `demanded` names them.
pub(crate) fn chosen(
    demanded: &Problem,
    user: &str,
    login_password: Secret,
    profile: &Profile,
    answers: &Answers,
    words: &Words,
) -> Result<ChosenPasswords, Failure> {
    let named = demanded.params.get("passwords").map_or("", String::as_str);
    let kinds = [("approval", PasswordKind::Approval), ("transfer", PasswordKind::Transfer)];
    let set_by_another = kinds.into_iter().filter(|(name, _)| named.split(' ').any(|one| one == *name));
    let change = Form {
        profile,
        user: user.to_owned(),
        has_confirmation: named.split(' ').any(|one| one == "confirmation"),
        registered: None,
        set_by_another: set_by_another.map(|(_, kind)| kind).collect(),
        answers,
        words,
    }
    .fill_in(login_password)?;
    Ok(ChosenPasswords {
        new_login_password: change.new_login_password,
        confirmation_password: change.confirmation_password,
        new_confirmation_password: change.new_confirmation_password,
        new_approval_password: change.new_approval_password,
        new_transfer_password: change.new_transfer_password,
    })
}

/// The form for the forced change, and what is known of its fields (S1-8).
struct Form<'a> {
    profile: &'a Profile,
    user: String,
    has_confirmation: bool,
    /// Whether a confirmation password is registered, if the bank says so.
    registered: Option<bool>,
    /// The passwords that another person set.
    set_by_another: Vec<PasswordKind>,
    answers: &'a Answers,
    words: &'a Words,
}

impl Form<'_> {
    fn fill_in(&self, login_password: Secret) -> Result<PasswordChange, Failure> {
        if self.answers.can_ask() { self.ask(login_password) } else { self.take(login_password) }
    }

    fn take(&self, login_password: Secret) -> Result<PasswordChange, Failure> {
        let new_login = self.answers.given(Question::NewLogin);
        let new_confirmation = self.answers.given(Question::NewConfirmation).filter(|_| self.has_confirmation);
        let (Some(new_login_password), true) = (new_login, new_confirmation.is_some() == self.has_confirmation) else {
            return Err(Failure::Journey(Error::PasswordChangeRequired { confirmation: self.has_confirmation }));
        };
        let new_confirmation_password = new_confirmation;
        let confirmation_password = match (self.has_confirmation, self.registered) {
            (false, _) | (_, Some(false)) => None,
            (_, Some(true)) => Some(self.answers.get(Question::Confirmation, self.words)?),
            (_, None) => self.answers.given(Question::Confirmation),
        };
        let new_approval_password = self.taken(PasswordKind::Approval, Question::NewApproval)?;
        let new_transfer_password = self.taken(PasswordKind::Transfer, Question::NewTransfer)?;
        Ok(PasswordChange {
            login_password,
            new_login_password,
            confirmation_password,
            new_confirmation_password,
            new_approval_password,
            new_transfer_password,
        })
    }

    /// Returns the answer with a new password of that kind, if another person set the present one.
    fn taken(&self, kind: PasswordKind, question: Question) -> Result<Option<Secret>, Failure> {
        let demanded = self.set_by_another.contains(&kind);
        demanded.then(|| self.answers.get(question, self.words)).transpose()
    }

    fn ask(&self, login_password: Secret) -> Result<PasswordChange, Failure> {
        let words = self.words;
        streams::tell(&words.with("passwords-must-change", &[("password", &self.term(PasswordKind::Login))]));
        let rule = &self.profile.passwords.login;
        let new_login_password = self.new_password(PasswordKind::Login, rule, None, Some(&login_password))?;
        let (confirmation_password, new_confirmation_password) = match self.has_confirmation {
            true => self.ask_confirmation(&new_login_password)?,
            false => (None, None),
        };
        let new_approval_password = self.asked(PasswordKind::Approval, &new_login_password)?;
        let new_transfer_password = self.asked(PasswordKind::Transfer, &new_login_password)?;
        Ok(PasswordChange {
            login_password,
            new_login_password,
            confirmation_password,
            new_confirmation_password,
            new_approval_password,
            new_transfer_password,
        })
    }

    /// Returns the present confirmation password, if one is registered, and the new one.
    fn ask_confirmation(&self, new_login_password: &Secret) -> Result<(Option<Secret>, Option<Secret>), Failure> {
        let term = self.term(PasswordKind::Confirmation);
        let confirmation_password = match self.registered {
            Some(false) => None,
            Some(true) => Some(self.hidden("ask-current-password", &term)?),
            // An older bank does not say whether a password is registered. A user without one types nothing.
            None => Some(self.hidden("ask-current-password-or-none", &term)?).filter(|typed| !typed.is_empty()),
        };
        let rule = &self.profile.passwords.confirmation;
        let login = Some(new_login_password.expose());
        let new = self.new_password(PasswordKind::Confirmation, rule, login, confirmation_password.as_ref())?;
        Ok((confirmation_password, Some(new)))
    }

    /// Returns a new password of that kind, if another person set the present one.
    fn asked(&self, kind: PasswordKind, new_login_password: &Secret) -> Result<Option<Secret>, Failure> {
        let rule = self.profile.passwords.rule(kind).filter(|_| self.set_by_another.contains(&kind));
        let login = Some(new_login_password.expose());
        rule.map(|rule| self.new_password(kind, rule, login, None)).transpose()
    }

    /// Shows the rules (S1-9, S1-10). Asks until the password follows them, differs from the current one, and is typed
    /// the same twice.
    fn new_password(
        &self,
        kind: PasswordKind,
        rule: &PasswordRule,
        login: Option<&str>,
        present: Option<&Secret>,
    ) -> Result<Secret, Failure> {
        let (words, term) = (self.words, self.term(kind));
        streams::tell(&words.with("password-rules", &[("what", &term)]));
        rules(rule, self.profile, words).iter().for_each(|line| streams::tell(&format!("  ・{line}")));
        let context = PasswordContext { user_id: &self.user, login_password: login };
        loop {
            let first = self.hidden("ask-new-password", &term)?;
            if let Some(fault) = rule.faults(first.expose(), context).first() {
                streams::tell(&broken(*fault, rule, self.profile, words));
                continue;
            }
            if present.is_some_and(|present| present.expose() == first.expose()) {
                streams::tell(&words.text("rule-unlike-present"));
                continue;
            }
            let again = self.hidden("ask-new-password-again", &term)?;
            if first.expose() == again.expose() {
                return Ok(first);
            }
            streams::tell(&words.text("ask-differs"));
        }
    }

    fn hidden(&self, question: &str, term: &str) -> Result<Secret, Failure> {
        self.answers.hidden(&self.words.with(question, &[("what", term)]))
    }

    fn term(&self, kind: PasswordKind) -> String {
        bank_terms::password(kind, self.profile, self.words)
    }
}

/// Returns the rules of a password, one for each line.
fn rules(rule: &PasswordRule, profile: &Profile, words: &Words) -> Vec<String> {
    let faults = [
        (true, PasswordFault::TooShort),
        (true, PasswordFault::Character),
        (rule.mixed, PasswordFault::NotMixed),
        (rule.unlike_user_id, PasswordFault::LikeUserId),
        (rule.unlike_login_password, PasswordFault::LikeLoginPassword),
    ];
    let rules = faults.into_iter().filter(|(holds, _)| *holds);
    rules.map(|(_, fault)| broken(fault, rule, profile, words)).collect()
}

/// Returns the rule that a fault breaks.
pub(crate) fn broken(fault: PasswordFault, rule: &PasswordRule, profile: &Profile, words: &Words) -> String {
    let (min, max) = (rule.min.to_string(), rule.max.to_string());
    match fault {
        PasswordFault::TooShort | PasswordFault::TooLong if rule.min == rule.max => {
            words.with("rule-exact-length", &[("length", &min)])
        }
        PasswordFault::TooShort | PasswordFault::TooLong => words.with("rule-length", &[("min", &min), ("max", &max)]),
        PasswordFault::Character if rule.characters == PasswordCharacters::OpaqueString => {
            words.text("rule-characters-opaque")
        }
        PasswordFault::Character => words.text("rule-characters"),
        PasswordFault::NotMixed => words.text("rule-mixed"),
        PasswordFault::LikeUserId => {
            words.with("rule-unlike-user-id", &[("id", &bank_terms::login_id(profile, words))])
        }
        PasswordFault::LikeLoginPassword => {
            let login = bank_terms::password(PasswordKind::Login, profile, words);
            words.with("rule-unlike-login-password", &[("password", &login)])
        }
    }
}
