use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use inkan_client::profile::{PasswordKind, Profile};
use inkan_client::protocol::{Secret, digits, parse_answers, possible_login_id, read_named_text, read_text};
use inkan_client::{Applicant, Error, ProxyLogin};

use crate::bank_terms;
use crate::failure::Failure;
use crate::streams;
use crate::terminal;
use crate::words::Words;

/// The secrets for a command, which may be given in advance as one JSON object. If no object is given, the terminal
/// asks for them.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    given: Option<inkan_client::protocol::Answers>,
    /// The keys that a command has asked for.
    used: RefCell<BTreeSet<&'static str>>,
    /// The bank's own name for each question, if the bank has one.
    called: RefCell<BTreeMap<Question, String>>,
}

/// The greatest size of the answers, in bytes.
const LONGEST: usize = 64 * 1024;

/// The keys that a file of answers may hold.
pub(crate) const KEYS: &[&str] = &[
    "login_password",
    "confirmation_password",
    "otp",
    "otp_next",
    "contract_id",
    "pkcs12_password",
    "new_login_password",
    "new_confirmation_password",
    "new_approval_password",
    "new_transfer_password",
    "new_user_login_password",
    "new_user_confirmation_password",
    "new_user_approval_password",
    "new_user_transfer_password",
    "token_serial",
    "store_pin",
    "proxy_user",
    "proxy_password",
];

/// A secret that a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Question {
    Login,
    Confirmation,
    NewLogin,
    NewConfirmation,
    NewApproval,
    NewTransfer,
    UserLogin,
    UserConfirmation,
    UserApproval,
    UserTransfer,
    Pkcs12,
    TokenSerial,
    Otp,
    OtpNext,
}

impl Question {
    const ALL: [Self; 14] = [
        Self::Login,
        Self::Confirmation,
        Self::NewLogin,
        Self::NewConfirmation,
        Self::NewApproval,
        Self::NewTransfer,
        Self::UserLogin,
        Self::UserConfirmation,
        Self::UserApproval,
        Self::UserTransfer,
        Self::Pkcs12,
        Self::TokenSerial,
        Self::Otp,
        Self::OtpNext,
    ];

    /// Returns whether the answer sets a value. If such an answer has no effect, the user must be warned.
    pub(crate) fn sets(self) -> bool {
        self.own_new() || self.of_user()
    }

    /// Returns whether the answer is a new password of the user who logs in.
    pub(crate) fn own_new(self) -> bool {
        matches!(self, Self::NewLogin | Self::NewConfirmation | Self::NewApproval | Self::NewTransfer)
    }

    /// Returns whether the answer is a new password of a user whom an administrator edits.
    pub(crate) fn of_user(self) -> bool {
        matches!(self, Self::UserLogin | Self::UserConfirmation | Self::UserApproval | Self::UserTransfer)
    }

    /// Returns the key in the JSON object.
    fn key(self) -> &'static str {
        match self {
            Self::Login => "login_password",
            Self::Confirmation => "confirmation_password",
            Self::NewLogin => "new_login_password",
            Self::NewConfirmation => "new_confirmation_password",
            Self::NewApproval => "new_approval_password",
            Self::NewTransfer => "new_transfer_password",
            Self::UserLogin => "new_user_login_password",
            Self::UserConfirmation => "new_user_confirmation_password",
            Self::UserApproval => "new_user_approval_password",
            Self::UserTransfer => "new_user_transfer_password",
            Self::Pkcs12 => "pkcs12_password",
            Self::TokenSerial => "token_serial",
            Self::Otp => "otp",
            Self::OtpNext => "otp_next",
        }
    }

    fn prompt(self, words: &Words) -> String {
        match self {
            Self::Login => words.text("ask-login-password"),
            Self::Confirmation => words.text("ask-confirmation-password"),
            Self::NewLogin => words.text("ask-new-login-password"),
            Self::NewConfirmation => words.text("ask-new-confirmation-password"),
            Self::NewApproval => words.text("ask-new-approval-password"),
            Self::NewTransfer => words.text("ask-new-transfer-password"),
            Self::UserLogin => words.text("ask-user-login-password"),
            Self::UserConfirmation => words.text("ask-user-confirmation-password"),
            Self::UserApproval => words.text("ask-user-approval-password"),
            Self::UserTransfer => words.text("ask-user-transfer-password"),
            Self::Pkcs12 => words.text("ask-pkcs12-password"),
            Self::TokenSerial => words.text("ask-token-serial"),
            Self::Otp => words.text("ask-otp"),
            Self::OtpNext => words.text("ask-otp-next"),
        }
    }
}

impl Answers {
    /// Reads the answers from a file, or from standard input if it is `-`.
    pub(crate) fn read(file: Option<&Path>, words: &Words) -> Result<Self, Failure> {
        let Some(file) = file else { return Ok(Self::default()) };
        let (text, name) = match file.to_str() {
            Some("-") => (read_text(std::io::stdin().lock(), LONGEST), PathBuf::from(words.text("standard-input"))),
            _ => (read_named_text(file, LONGEST), file.to_owned()),
        };
        let text = text.map_err(|fault| Error::File(name.clone(), fault))?;
        let given = parse_answers(&text, KEYS).map_err(|error| Error::Answers(name, error))?;
        Ok(Self { given: Some(given), ..Self::default() })
    }

    /// Returns the answer that was given, or the one that the user types.
    pub(crate) fn get(&self, question: Question, words: &Words) -> Result<Secret, Failure> {
        self.get_by(question, &self.prompt(question, words))
    }

    /// Returns the answer that was given, or the one that the user types after `prompt`.
    pub(crate) fn get_by(&self, question: Question, prompt: &str) -> Result<Secret, Failure> {
        match self.given(question) {
            Some(secret) => Ok(secret),
            None if self.can_ask() => self.hidden(prompt),
            None => Err(Failure::Journey(Error::AnswerMissing(question.key()))),
        }
    }

    /// Makes later questions use the bank's own names for passwords, because users know a password by that name.
    pub(crate) fn ask_as(&self, profile: &Profile, words: &Words) {
        let kinds = [(Question::Login, PasswordKind::Login), (Question::Confirmation, PasswordKind::Confirmation)];
        let named = kinds.map(|(question, kind)| (question, bank_terms::password(kind, profile, words)));
        self.called.borrow_mut().extend(named);
        let of_user = [
            (Question::UserLogin, PasswordKind::Login),
            (Question::UserConfirmation, PasswordKind::Confirmation),
            (Question::UserApproval, PasswordKind::Approval),
            (Question::UserTransfer, PasswordKind::Transfer),
        ];
        let named = of_user.map(|(question, kind)| {
            let password = bank_terms::password_in_text(kind, profile, words);
            (question, words.with("ask-user-password", &[("password", &password)]))
        });
        self.called.borrow_mut().extend(named);
    }

    fn prompt(&self, question: Question, words: &Words) -> String {
        self.called.borrow().get(&question).cloned().unwrap_or_else(|| question.prompt(words))
    }

    /// Returns the serial number of a token (S2-15). It is engraved on the token and is not a secret.
    pub(crate) fn serial(&self, words: &Words) -> Result<String, Failure> {
        match self.given(Question::TokenSerial) {
            Some(serial) => Ok(serial.expose().to_owned()),
            None if self.can_ask() => self.typed(&words.text("ask-own-token-serial")),
            None => Err(Failure::Journey(Error::AnswerMissing(Question::TokenSerial.key()))),
        }
    }

    /// Returns the answer that was given. Does not ask the user.
    pub(crate) fn given(&self, question: Question) -> Option<Secret> {
        let found = self.peek(question);
        if found.is_some() {
            self.used.borrow_mut().insert(question.key());
        }
        found
    }

    /// Refuses answers that set a value which the command does not set.
    pub(crate) fn only_set(&self, settable: impl Fn(Question) -> bool) -> Result<(), Failure> {
        let others = self.given_keys(|question| question.sets() && !settable(question));
        if others.is_empty() { Ok(()) } else { Err(Failure::Journey(Error::AnswerUnused(others))) }
    }

    /// Refuses the answers for which `which` returns true and that no question has used.
    pub(crate) fn all_used(&self, which: impl Fn(Question) -> bool) -> Result<(), Failure> {
        let unused = self.unused(which);
        if unused.is_empty() { Ok(()) } else { Err(Failure::Journey(Error::AnswerUnused(unused))) }
    }

    /// Returns the keys of the answers for which `which` returns true and that no question has used.
    pub(crate) fn unused(&self, which: impl Fn(Question) -> bool) -> Vec<String> {
        let used = self.used.borrow();
        self.given_keys(|question| which(question) && !used.contains(question.key()))
    }

    fn given_keys(&self, which: impl Fn(Question) -> bool) -> Vec<String> {
        let all = Question::ALL.into_iter().filter(|question| which(*question) && self.peek(*question).is_some());
        all.map(|question| question.key().to_owned()).collect()
    }

    fn peek(&self, question: Question) -> Option<Secret> {
        self.of_key(question.key())
    }

    fn of_key(&self, key: &str) -> Option<Secret> {
        self.given.as_ref()?.iter().find(|(given, _)| *given == key).map(|(_, secret)| secret.clone())
    }

    /// Returns the applicant for a certificate, with what the bank checks by its profile (S0-7, S3-10). The one-time
    /// password is not asked for: the bank decides whether it needs one, because some users have no token.
    pub(crate) fn applicant(&self, user: &str, profile: &Profile, words: &Words) -> Result<Applicant, Failure> {
        let text = |secret: Option<Secret>| secret.map(|secret| secret.expose().trim().to_owned());
        let contract = self.contract(profile, words)?;
        let login_password = self.get(Question::Login, words)?;
        let otp = self.given(Question::Otp);
        Ok(Applicant {
            contract,
            user: user.to_owned(),
            login_password,
            otp: otp.filter(|otp| !otp.is_empty()),
            token_serial: text(self.given(Question::TokenSerial)),
            chosen_passwords: None,
        })
    }

    /// Returns the login ID that the user types after `prompt`, in normal form; none if the user types nothing. If the
    /// text cannot be a login ID, the user is asked again.
    pub(crate) fn login_id(&self, prompt: &str, words: &Words) -> Result<Option<String>, Failure> {
        loop {
            let typed = self.line(prompt, "--user")?;
            if typed.is_empty() {
                return Ok(None);
            }
            match possible_login_id(&typed) {
                Ok(id) => return Ok(Some(id)),
                Err(malformed) => {
                    streams::tell(&Error::from(malformed).into_problem().document(words.language()).detail);
                }
            }
        }
    }

    /// Returns the contract number, asked for by the bank's name for it; none at a bank without contract numbers
    /// (S3-10). A given number that cannot be valid at this bank is refused before any other question. A user at the
    /// terminal is asked again.
    pub(crate) fn contract(&self, profile: &Profile, words: &Words) -> Result<Option<String>, Failure> {
        let Some(rule) = &profile.contract_number else { return Ok(None) };
        let name = words.local(&rule.name);
        let no_number = || Error::ContractNumber { name: name.to_owned(), digits: rule.digits };
        let number = |typed: &str| Some(digits(typed)).filter(|number| rule.is_one(number));
        if let Some(given) = self.of_key("contract_id") {
            return number(given.expose()).map(Some).ok_or_else(|| no_number().into());
        }
        if !self.can_ask() {
            return Err(Failure::Journey(Error::AnswerMissing("contract_id")));
        }
        if let Some(place) = &rule.place {
            streams::tell(words.local(place));
        }
        loop {
            if let Some(number) = number(&self.typed(name)?) {
                return Ok(Some(number));
            }
            streams::tell(&no_number().into_problem().document(words.language()).detail);
        }
    }

    /// Returns the line that the user types after `prompt`; the terminal shows the line. If the input ends first, the
    /// error names the missing answer by `key`.
    pub(crate) fn line(&self, prompt: &str, key: &'static str) -> Result<String, Failure> {
        let typed = streams::ask(&format!("{prompt}:")).ok().flatten();
        typed.ok_or(Failure::Journey(Error::AnswerMissing(key)))
    }

    /// Returns the index in the list of the entry that the user chooses by its number. If the user only presses Enter,
    /// returns `usual`, if there is a usual entry.
    pub(crate) fn choice(
        &self,
        question: &str,
        list: &[String],
        usual: Option<usize>,
        option: &'static str,
    ) -> Result<usize, Failure> {
        if !self.can_ask() {
            return Err(Failure::Journey(Error::AnswerMissing(option)));
        }
        let usual_number = usual.map(|at| format!(" [{}]", at + 1)).unwrap_or_default();
        loop {
            for (number, one) in (1..).zip(list) {
                streams::tell(&format!("  {number}. {one}"));
            }
            let typed = self.line(&format!("{question}{usual_number}"), option)?;
            let number = digits(&typed).parse::<usize>().ok();
            let chosen = number.and_then(|number| number.checked_sub(1)).filter(|at| *at < list.len());
            let chosen = if typed.is_empty() { usual } else { chosen };
            // A typing mistake is not a refusal, so the list is shown again.
            if let Some(chosen) = chosen {
                return Ok(chosen);
            }
        }
    }

    /// Returns the index in a list of `length` entries of the entry whose number the user types; none if the user only
    /// presses Enter. Any other text is asked for again.
    pub(crate) fn one_of(&self, length: usize, question: &str) -> Result<Option<usize>, Failure> {
        loop {
            let typed = self.typed(question)?;
            if typed.is_empty() {
                return Ok(None);
            }
            let chosen = digits(&typed).parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(chosen) = chosen.filter(|at| *at < length) {
                return Ok(Some(chosen));
            }
        }
    }

    /// Returns the line that the user types after `prompt`; the terminal shows the line. If the input ends first, the
    /// error names the missing answer by `prompt`.
    fn typed(&self, prompt: &str) -> Result<String, Failure> {
        let typed = streams::ask(&format!("{prompt}:")).ok().flatten();
        typed.ok_or_else(|| Failure::Journey(Error::NotEntered(prompt.to_owned())))
    }

    /// Returns the text that the user types after `prompt`; the terminal does not show it. If the input ends first, the
    /// error names the missing answer by `prompt`, because a user at a terminal does not know the keys of answers.
    pub(crate) fn hidden(&self, prompt: &str) -> Result<Secret, Failure> {
        terminal::ask_hidden(prompt).map_err(|_| Failure::Journey(Error::NotEntered(prompt.to_owned())))
    }

    /// Returns a new password that the user types twice; the terminal does not show it. Returns none if the user types
    /// nothing. If `broken` returns a rule that the password breaks, the user is asked again.
    pub(crate) fn twice(
        &self,
        question: Question,
        words: &Words,
        broken: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Secret>, Failure> {
        let prompt = self.prompt(question, words);
        loop {
            let first = self.hidden(&prompt)?;
            if first.is_empty() {
                return Ok(None);
            }
            if let Some(rule) = broken(first.expose()) {
                streams::tell(&rule);
                continue;
            }
            let again = self.hidden(&words.with("ask-again", &[("what", &prompt)]))?;
            if first.expose() == again.expose() {
                return Ok(Some(first));
            }
            streams::tell(&words.text("ask-differs"));
        }
    }

    /// Returns the PIN of the certificate store, if it was given.
    pub(crate) fn store_pin(&self) -> Option<Secret> {
        self.of_key("store_pin")
    }

    /// Returns the login for a proxy, if its user and password were given.
    pub(crate) fn proxy_login(&self) -> Option<ProxyLogin> {
        let user = self.of_key("proxy_user")?.expose().to_owned();
        Some(ProxyLogin { user, password: self.of_key("proxy_password")? })
    }

    /// Returns whether a user at the terminal can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.given.is_none() && streams::person_is_there()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_can_be_answered_by_a_file() {
        for question in Question::ALL {
            assert!(KEYS.contains(&question.key()), "{question:?}");
        }
    }
}
