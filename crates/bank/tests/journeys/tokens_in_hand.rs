//! Provides hardware tokens of users for the tests.

use data_encoding::BASE32_NOPAD;
use inkan_bank::TokenStock;
use inkan_profile::Profile;
use inkan_protocol::path;
use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder, Totp};

use crate::test_bank::{Answer, OKMATE, TestBank, TestClient};

/// The secret of RFC 4226 appendix D, for tokens that are imported by a delivery.
pub(crate) const SECRET_BASE32: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
pub(crate) const HANAKO_CONFIRMS: &str = "Kakunin01";
pub(crate) const ICHIRO_CONFIRMS: &str = "Kakunin02";

/// A token that counts by the bank's clock, or is a few steps ahead of or behind it.
pub(crate) struct Token {
    totp: Totp,
}

impl Token {
    /// Returns the token of a sample user.
    pub(crate) fn of(bank: &TestBank, user: &str) -> Self {
        let said = serde_json::to_value(bank.server.announcement()).unwrap();
        let people = said["demo"]["users"].as_array().unwrap();
        let person = people.iter().find(|person| person["id"] == user).unwrap();
        Self::with_secret(person["token_secret_base32"].as_str().unwrap())
    }

    pub(crate) fn with_secret(base32: &str) -> Self {
        let secret = BASE32_NOPAD.decode(base32.as_bytes()).unwrap();
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(60);
        Self { totp: builder.with_secret(secret).build().unwrap() }
    }

    /// Returns the one-time password that the token shows now.
    pub(crate) fn shows(&self, bank: &TestBank) -> String {
        self.shows_in(bank, 0)
    }

    /// Returns the one-time password that the token shows in so many steps.
    pub(crate) fn shows_in(&self, bank: &TestBank, steps: i64) -> String {
        let at = bank.now().unix_timestamp() + 60 * steps;
        self.totp.generate(u64::try_from(at).unwrap()).to_string()
    }

    /// Returns six digits that the token does not show at any time near now.
    pub(crate) fn never_shows(&self, bank: &TestBank) -> String {
        let near: Vec<String> = (-200..=200).map(|steps| self.shows_in(bank, steps)).collect();
        (0..1_000_000).map(|number| format!("{number:06}")).find(|otp| !near.contains(otp)).unwrap()
    }
}

impl TestClient {
    pub(crate) async fn activate(&self, serial: &str, otp: &str) -> Answer {
        self.post(path::TOKEN_ACTIVATION, &json!({"serial": serial, "otp": otp})).await
    }

    pub(crate) async fn revoke_tokens(&self, users: &[&str], otp: &str, confirmation: &str) -> Answer {
        let asked = json!({"users": users, "otp": otp, "confirmation_password": confirmation});
        self.post(path::TOKEN_REVOCATIONS, &asked).await
    }

    pub(crate) async fn resync(&self, otp: &str, otp_next: &str) -> Answer {
        self.post(path::TOKEN_RESYNC, &json!({"otp": otp, "otp_next": otp_next})).await
    }

    pub(crate) async fn unlock_token(&self, user: &str, confirmation: &str) -> Answer {
        let path = path::USER_TOKEN_UNLOCK.replace("{id}", user);
        self.post(&path, &json!({"confirmation_password": confirmation})).await
    }

    /// Returns the state, the serial number and the expiry of a user's token, as the page of S2-11 shows them.
    pub(crate) async fn token_line(&self, user: &str) -> Value {
        let lines = self.get(path::TOKENS).await.ok();
        lines.as_array().unwrap().iter().find(|line| line["person"]["id"] == user).unwrap()["token"].clone()
    }
}

/// Returns the profile in which shirodt has passed the first login and still has to activate a token.
pub(crate) fn confirmed() -> String {
    OKMATE.replacen("forced_change = true", "confirmation_password = \"Kakunin04\"", 1)
}

/// Returns that profile, in which the master also shares the administrator's token.
pub(crate) fn shared() -> String {
    let of_ichiro = "token_serial = \"23456789\"\ntoken_state = \"expired\"\ntoken_expires_days = -30";
    assert!(OKMATE.contains(of_ichiro));
    confirmed().replacen(
        of_ichiro,
        "token_serial = \"33456789\"\ntoken_state = \"active\"\ntoken_expires_days = 1200",
        1,
    )
}

/// Returns another general user. Both passwords are `password`, except the last character.
pub(crate) fn person(id: &str, serial: &str, state: &str) -> String {
    format!(
        "[[demo.users]]\nid = \"{id}\"\nname = \"{id}\"\nrole = \"general\"\nlogin_password = \"Password1\"\n\
         confirmation_password = \"Password2\"\ntoken_serial = \"{serial}\"\ntoken_state = \"{state}\"\n\
         token_expires_days = 1200\n\n"
    )
}

/// Returns a profile with more sample users.
pub(crate) fn with_people(profile: &str, people: &[String]) -> String {
    let first = profile.find("[[demo.users]]").unwrap();
    format!("{}{}{}", &profile[..first], people.concat(), &profile[first..])
}

/// Returns the branch's token stock of that bank.
pub(crate) async fn stock(bank: &TestBank) -> TokenStock {
    TokenStock::open(Profile::from_toml(OKMATE).unwrap(), bank.storage(), bank.clock()).await.unwrap()
}

/// Returns a delivery of tokens with [`SECRET_BASE32`].
pub(crate) fn delivery(serials: &[&str]) -> String {
    let lines = serials.iter().map(|serial| format!("{serial},{SECRET_BASE32},2040-01-31,60,6,sha1\n"));
    format!("serial,secret,expires,step,digits,digest\n{}", lines.collect::<String>())
}
