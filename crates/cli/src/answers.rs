use std::io::{IsTerminal, Read};
use std::path::Path;

use inkan_client::protocol::Secret;
use inkan_client::{Applicant, Error};
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
    token_serial: Option<Secret>,
    store_pin: Option<Secret>,
}

/// A secret that a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    Login,
    Confirmation,
    NewLogin,
    NewConfirmation,
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
            Question::Pkcs12 => given.pkcs12_password.clone(),
            Question::TokenSerial => given.token_serial.clone(),
            Question::Otp => given.otp.clone(),
            Question::OtpNext => given.otp_next.clone(),
        }
    }

    /// Who asks for a certificate. Only the login password is asked for where it was not given: what else a bank wants,
    /// it says.
    pub(crate) fn applicant(&self, user: &str, words: &Words) -> Result<Applicant, Failure> {
        let secret = |of: fn(&Given) -> &Option<Secret>| self.given.as_ref().and_then(|given| of(given).clone());
        let text = |secret: Option<Secret>| secret.map(|secret| secret.expose().to_owned());
        Ok(Applicant {
            contract: text(secret(|given| &given.contract_id)),
            user: user.to_owned(),
            login_password: self.get(Question::Login, words)?,
            otp: secret(|given| &given.otp),
            token_serial: text(secret(|given| &given.token_serial)),
        })
    }

    /// The PIN of the certificate store, if it was given.
    pub(crate) fn store_pin(&self) -> Option<Secret> {
        self.given.as_ref()?.store_pin.clone()
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
