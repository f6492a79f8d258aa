use std::io::{IsTerminal, Read, Write};
use std::path::Path;

use inkan_client::profile::Profile;
use inkan_client::protocol::Secret;
use inkan_client::{Applicant, Error, ProxyLogin};
use serde::Deserialize;

use crate::failure::Failure;
use crate::words::Words;

/// Secrets for a command, given ahead as one JSON object; what is not in it is asked at the terminal.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    given: Option<Given>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Given {
    login_password: Option<Secret>,
    confirmation_password: Option<Secret>,
    otp: Option<Secret>,
    otp_next: Option<Secret>,
    contract_id: Option<Secret>,
    pkcs12_password: Option<Secret>,
    new_login_password: Option<Secret>,
    new_confirmation_password: Option<Secret>,
    new_user_login_password: Option<Secret>,
    new_user_confirmation_password: Option<Secret>,
    new_user_approval_password: Option<Secret>,
    new_user_transfer_password: Option<Secret>,
    token_serial: Option<Secret>,
    store_pin: Option<Secret>,
    proxy_user: Option<Secret>,
    proxy_password: Option<Secret>,
}

/// A secret that a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    Login,
    Confirmation,
    NewLogin,
    NewConfirmation,
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
    /// The key in the JSON object.
    fn key(self) -> &'static str {
        match self {
            Self::Login => "login_password",
            Self::Confirmation => "confirmation_password",
            Self::NewLogin => "new_login_password",
            Self::NewConfirmation => "new_confirmation_password",
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
    /// From a file, or standard input where it is `-`.
    pub(crate) fn read(file: Option<&Path>) -> Result<Self, Failure> {
        let Some(file) = file else { return Ok(Self::default()) };
        let unreadable = || Failure::Journey(Error::File(file.to_owned()));
        let mut text = zeroize::Zeroizing::new(Vec::new());
        let read = match file.to_str() {
            Some("-") => std::io::stdin().lock().read_to_end(&mut text),
            _ => std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut text)),
        };
        read.map_err(|_| unreadable())?;
        let given = serde_json::from_slice(&text).map_err(|_| unreadable())?;
        Ok(Self { given: Some(given) })
    }

    /// What was given, or what the person types.
    pub(crate) fn get(&self, question: Question, words: &Words) -> Result<Secret, Failure> {
        match self.given(question) {
            Some(secret) => Ok(secret),
            None if self.given.is_none() && std::io::stdin().is_terminal() => ask(question, words),
            None => Err(Failure::Journey(Error::AnswerMissing(question.key()))),
        }
    }

    /// What was given; nothing is asked.
    pub(crate) fn given(&self, question: Question) -> Option<Secret> {
        let given = self.given.as_ref()?;
        match question {
            Question::Login => given.login_password.clone(),
            Question::Confirmation => given.confirmation_password.clone(),
            Question::NewLogin => given.new_login_password.clone(),
            Question::NewConfirmation => given.new_confirmation_password.clone(),
            Question::UserLogin => given.new_user_login_password.clone(),
            Question::UserConfirmation => given.new_user_confirmation_password.clone(),
            Question::UserApproval => given.new_user_approval_password.clone(),
            Question::UserTransfer => given.new_user_transfer_password.clone(),
            Question::Pkcs12 => given.pkcs12_password.clone(),
            Question::TokenSerial => given.token_serial.clone(),
            Question::Otp => given.otp.clone(),
            Question::OtpNext => given.otp_next.clone(),
        }
    }

    /// Who asks for a certificate, with all that the bank's profile says it checks (S0-7, S3-10).
    pub(crate) fn applicant(&self, user: &str, profile: &Profile, words: &Words) -> Result<Applicant, Failure> {
        let text = |secret: Option<Secret>| secret.map(|secret| secret.expose().trim().to_owned());
        let asks_otp = profile.certificate.acquisition_otp && self.can_ask();
        let contract = self.contract(profile, words)?;
        let login_password = self.get(Question::Login, words)?;
        // Whoever has no token leaves it empty, and the bank says whether that will do.
        let otp = if asks_otp { Some(self.get(Question::Otp, words)?) } else { self.given(Question::Otp) };
        Ok(Applicant {
            contract,
            user: user.to_owned(),
            login_password,
            otp: otp.filter(|otp| !otp.is_empty()),
            token_serial: text(self.given(Question::TokenSerial)),
        })
    }

    /// The contract number, as the bank names it; none at a bank that has none (S3-10). The client checks it.
    pub(crate) fn contract(&self, profile: &Profile, words: &Words) -> Result<Option<String>, Failure> {
        let Some(rule) = &profile.contract_number else { return Ok(None) };
        if let Some(given) = self.given.as_ref().and_then(|given| given.contract_id.clone()) {
            return Ok(Some(given.expose().to_owned()));
        }
        let missing = || Failure::Journey(Error::AnswerMissing("contract_id"));
        if !self.can_ask() {
            return Err(missing());
        }
        self.line(words.local(&rule.name)).map(Some).map_err(|_| missing())
    }

    /// What the person types after `prompt`, which everybody may see.
    pub(crate) fn line(&self, prompt: &str) -> Result<String, Failure> {
        eprint!("{prompt}: ");
        let mut line = String::new();
        let read = std::io::stderr().flush().and_then(|()| std::io::stdin().read_line(&mut line));
        read.map(|_| line.trim().to_owned()).map_err(|_| Failure::NotConfirmed)
    }

    /// The place in the list that the person chooses by its number.
    pub(crate) fn choice(&self, question: &str, list: &[String], option: &'static str) -> Result<usize, Failure> {
        let missing = || Failure::Journey(Error::AnswerMissing(option));
        if !self.can_ask() {
            return Err(missing());
        }
        for (number, one) in (1..).zip(list) {
            eprintln!("  {number}. {one}");
        }
        let typed = self.line(question)?.parse::<usize>().ok();
        typed.and_then(|number| number.checked_sub(1)).filter(|at| *at < list.len()).ok_or_else(missing)
    }

    /// The PIN of the certificate store, if it was given.
    pub(crate) fn store_pin(&self) -> Option<Secret> {
        self.given.as_ref()?.store_pin.clone()
    }

    /// Who is there, for a proxy that asks, if both were given.
    pub(crate) fn proxy_login(&self) -> Option<ProxyLogin> {
        let given = self.given.as_ref()?;
        let user = given.proxy_user.as_ref()?.expose().to_owned();
        Some(ProxyLogin { user, password: given.proxy_password.clone()? })
    }

    /// Whether a person sits at the terminal and can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.given.is_none() && std::io::stdin().is_terminal()
    }
}

fn ask(question: Question, words: &Words) -> Result<Secret, Failure> {
    rpassword::prompt_password(format!("{}: ", question.prompt(words)))
        .map(Secret::from)
        .map_err(|_| Failure::Journey(Error::AnswerMissing(question.key())))
}
