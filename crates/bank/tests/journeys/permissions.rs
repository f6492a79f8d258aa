//! Tests the permissions as one table for each profile: an action, its operator, its subject, and the result.

use std::collections::HashMap;

use inkan_profile::{Profile, TokenState};
use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::test_bank::{Answer, Issued, KEIYAKU, SHINKIN, TestBank, TestClient};
use crate::tokens_in_hand::{Token, shared, with_people};

/// An action of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    RevokeCertificate,
    ReissueCertificate,
    /// Sets a new login password or PIN (S3-17, S4-7).
    SetPin,
    Unlock,
    /// Revokes the hardware token (S2-3).
    RevokeToken,
    /// Activates the user's own token (S1-12).
    ActivateToken,
    /// Skips the activation of a token (S1-13).
    SkipToken,
    /// Freezes the contract (M7).
    Freeze,
}

use Operation::{ActivateToken, Freeze, ReissueCertificate, RevokeCertificate, RevokeToken, SetPin, SkipToken, Unlock};

/// The operator, the subject, and the code of the refusal; none if the action is done.
type Row = (Operation, &'static str, &'static str, &'static str);

const DONE: &str = "";
const NO: &str = "not_permitted";
const OWN: &str = "own_not_allowed";

#[derive(Debug, Clone)]
struct Person {
    login: String,
    confirmation: Option<String>,
    /// The contract number for the enrolment check, at a bank that has contract numbers.
    contract: Option<String>,
    entrance: String,
    has_token: bool,
}

struct Company {
    bank: TestBank,
    people: HashMap<String, Person>,
    issued: HashMap<String, Issued>,
    /// Whether users log in with ID and password although they have a certificate (M6).
    by_id: bool,
}

impl Company {
    /// Starts a bank with the sample users of a profile, each with a certificate.
    async fn of(profile: &str) -> Self {
        let bank = TestBank::with_profile(profile).await;
        let profile = Profile::from_toml(profile).unwrap();
        let demo = profile.demo.as_ref().unwrap();
        let people = demo.users.iter().map(|user| {
            let person = Person {
                login: user.login_password.clone(),
                confirmation: user.confirmation_password.clone(),
                contract: demo.contract.clone(),
                entrance: profile.entrances.iter().find(|e| e.roles.contains(&user.role)).unwrap().id.0.clone(),
                has_token: user.token_state == TokenState::Active,
            };
            (user.id.clone(), person)
        });
        let people: HashMap<String, Person> = people.collect();
        let by_id = profile.certificate.id_password_beside_certificate;
        let mut company = Self { bank, people, issued: HashMap::new(), by_id };
        for id in company.people.keys().cloned().collect::<Vec<_>>() {
            company.acquire(&id).await.ok();
        }
        company
    }

    /// Does a whole acquisition. Returns the answer, or the refusal.
    async fn acquire(&mut self, id: &str) -> Answer {
        let person = &self.people[id];
        let mut asked = json!({"user": id, "login_password": person.login, "contract": person.contract});
        if person.contract.is_some() && person.has_token {
            self.bank.advance(Duration::minutes(2));
            asked["otp"] = json!(Token::of(&self.bank, id).shows(&self.bank));
        }
        let check = self.bank.portal().post(path::ENROLMENT_CODES, &asked).await;
        if check.status == 200 {
            let basic = (check.json["user"].as_str().unwrap(), check.json["code"].as_str().unwrap());
            let key = rcgen::KeyPair::generate().unwrap();
            let der = self.bank.portal().enroll(basic, &crate::test_bank::request(&key)).await.unwrap();
            let issued = Issued { key, der };
            self.bank.portal().installed(basic, &issued).await.ok();
            self.issued.insert(id.to_owned(), issued);
        }
        check
    }

    async fn enter(&self, id: &str) -> TestClient {
        let person = &self.people[id];
        if self.by_id {
            return self.bank.log_in((id, &person.login)).await;
        }
        let mut client = self.bank.certificate_login(&self.issued[id]);
        let asked = json!({"entrance": person.entrance, "login_password": person.login});
        let granted = client.post(path::SESSIONS, &asked).await.ok();
        client.take(&granted);
        client
    }

    async fn attempt(&mut self, operation: Operation, operator: &str, subject: &str) -> Answer {
        let client = self.enter(operator).await;
        let confirmation = self.people[operator].confirmation.clone().unwrap_or_default();
        let of_subject = |path: &str| path.replace("{id}", subject);
        match operation {
            RevokeCertificate => client.change_certificate(subject, "revoke", &confirmation).await,
            ReissueCertificate => client.change_certificate(subject, "reissue", &confirmation).await,
            SetPin => {
                let body = json!({"login_password": "Atara2026", "confirmation_password": confirmation});
                client.patch(&of_subject(path::USER_SETTINGS), &body).await
            }
            Unlock => {
                client.post(&of_subject(path::USER_UNLOCK), &json!({"confirmation_password": confirmation})).await
            }
            RevokeToken => {
                self.bank.advance(Duration::minutes(2));
                let has_token = self.people[operator].has_token;
                let otp = if has_token { Token::of(&self.bank, operator).shows(&self.bank) } else { "000000".into() };
                client.revoke_tokens(&[subject], &otp, &confirmation).await
            }
            ActivateToken => {
                let demo = serde_json::to_value(self.bank.server.announcement()).unwrap();
                let people = demo["demo"]["users"].as_array().unwrap();
                let own = people.iter().find(|person| person["id"] == operator).unwrap();
                match own["token_serial"].as_str() {
                    None => client.activate("12345678", "000000").await,
                    Some(serial) => client.activate(serial, &Token::of(&self.bank, operator).shows(&self.bank)).await,
                }
            }
            SkipToken => client.post(path::TOKEN_SKIP, &json!({})).await,
            Freeze => client.post(path::FREEZE, &json!({"confirmation_password": confirmation})).await,
        }
    }

    /// Tries the rows in order. An action that is refused must change nothing.
    async fn walk(&mut self, rows: &[Row]) {
        for (operation, operator, subject, code) in rows {
            let said = format!("{operator}: {operation:?} upon {subject}");
            if matches!(operation, RevokeCertificate | ReissueCertificate) && self.by_id {
                // Whoever lost theirs by an earlier row acquires the next one.
                let check = self.acquire(subject).await;
                let held = check.status < 300 || check.code() == "certificate_already_issued";
                assert!(held, "{said}: {check:?}");
            }
            let answer = self.attempt(*operation, operator, subject).await;
            assert_eq!(answer.code(), *code, "{said}: {answer:?}");
            assert_eq!(answer.status < 300, *code == DONE, "{said}: {answer:?}");
            if matches!(operation, RevokeCertificate | ReissueCertificate) {
                let issued = &self.issued[*subject];
                let found = self.bank.certificate_login(issued).get(path::TOP).await;
                let expected = if *code == DONE { "certificate_revoked" } else { "session_ended" };
                assert_eq!(found.code(), expected, "{said}");
            }
        }
    }
}

/// Returns a sample user with a token and the confirmation password `Kakunin99`.
fn extra(id: &str, role: &str, serial: &str, state: &str) -> String {
    format!(
        "[[demo.users]]\nid = \"{id}\"\nname = \"{id}\"\nrole = \"{role}\"\nlogin_password = \"Password1\"\n\
         confirmation_password = \"Kakunin99\"\ntoken_serial = \"{serial}\"\ntoken_state = \"{state}\"\n\
         token_expires_days = 1200\n\n"
    )
}

/// Returns a sample user without a token.
fn without_token(id: &str, role: &str) -> String {
    extra(id, role, "-", "not_required")
        .replace("token_serial = \"-\"\n", "")
        .replace("token_expires_days = 1200\n", "")
}

#[tokio::test]
async fn s0_9_s0_10_s0_12_s0_13_s0_14_s2_3_the_table_of_three_classes() {
    let more = [
        extra("master2", "master", "83456781", "unregistered"),
        extra("kanri2", "administrator", "83456782", "unregistered"),
        without_token("subject", "general"),
    ];
    let mut company = Company::of(&with_people(&shared(), &more)).await;
    let (master, administrator, general) = ("ichirodt", "hanakodt", "shirodt");
    company.walk(&[(SkipToken, general, general, DONE), (ActivateToken, general, general, DONE)]).await;
    for subject in [master, administrator, general, "jirodt"] {
        let by_a_general_user = [RevokeCertificate, ReissueCertificate, SetPin, Unlock, RevokeToken];
        let rows: Vec<Row> = by_a_general_user.map(|operation| (operation, general, subject, NO)).into();
        company.walk(&rows).await;
    }
    for (operator, spare) in [(master, "master2"), (administrator, "kanri2")] {
        let rows = [
            (ReissueCertificate, operator, operator, NO),
            (ReissueCertificate, operator, general, NO),
            (SetPin, operator, operator, OWN),
            (Unlock, operator, operator, OWN),
            (SkipToken, spare, spare, DONE),
            (ActivateToken, spare, spare, DONE),
            (Unlock, operator, master, if operator == master { OWN } else { DONE }),
            (Unlock, operator, "kanri2", DONE),
            (Unlock, operator, general, DONE),
            (RevokeCertificate, operator, "master2", DONE),
            (RevokeCertificate, operator, "kanri2", DONE),
            (RevokeCertificate, operator, general, DONE),
            (RevokeCertificate, operator, operator, DONE),
            (RevokeToken, operator, spare, DONE),
            (SetPin, operator, "subject", DONE),
        ];
        company.walk(&rows).await;
    }
    company.walk(&[(RevokeToken, master, general, DONE), (RevokeToken, administrator, administrator, DONE)]).await;
}

#[tokio::test]
async fn s3_2_s3_4_s3_7_s3_17_the_table_of_the_contract_bank() {
    let more = [without_token("kanri2", "administrator"), extra("riyou2", "user", "83456781", "active")];
    let people = with_people(KEIYAKU, &more);
    let unregistered = people.find("[[demo.users]]\nid = \"S0001\"").unwrap();
    let end = unregistered + people[unregistered..].find("[[demo.notices]]").unwrap();
    let mut company = Company::of(&format!("{}{}", &people[..unregistered], &people[end..])).await;
    let (administrator, user) = ("kanrisya", "riyousya");
    for subject in [administrator, user, "riyou2"] {
        let by_a_user = [RevokeCertificate, ReissueCertificate, SetPin, Unlock, RevokeToken, Freeze];
        let rows: Vec<Row> = by_a_user.map(|operation| (operation, user, subject, NO)).into();
        company.walk(&rows).await;
    }
    let rows = [
        (SkipToken, user, user, DONE),
        // S3-9: acquiring has activated it.
        (ActivateToken, user, user, "token_already_active"),
        (SkipToken, administrator, administrator, NO),
        (ActivateToken, administrator, administrator, NO),
        (RevokeToken, administrator, user, NO),
        (RevokeCertificate, administrator, administrator, NO),
        (ReissueCertificate, administrator, administrator, NO),
        (RevokeCertificate, administrator, "kanri2", NO),
        (ReissueCertificate, administrator, "kanri2", NO),
        (SetPin, administrator, "kanri2", NO),
        (SetPin, administrator, administrator, OWN),
        (Unlock, administrator, administrator, OWN),
        (Unlock, administrator, "kanri2", NO),
        (Unlock, administrator, user, DONE),
        (ReissueCertificate, administrator, user, DONE),
        (RevokeCertificate, administrator, "riyou2", DONE),
    ];
    company.walk(&rows).await;
    company.acquire("riyou2").await.refused("certificate_not_issued");
    // No user gets a second certificate, and neither does the administrator.
    company.acquire(administrator).await.refused("certificate_already_issued");
    let token = company.people.get_mut(user).map(|person| std::mem::replace(&mut person.has_token, false));
    company.acquire(user).await.refused("otp_required");
    company.people.get_mut(user).unwrap().has_token = token.unwrap();
    company.acquire(user).await.ok();
    company.walk(&[(SetPin, administrator, user, DONE), (Freeze, administrator, administrator, DONE)]).await;
}

#[tokio::test]
async fn s4_2_s4_3_s4_4_the_table_of_master_and_public_ids() {
    let mut company = Company::of(&with_people(SHINKIN, &[without_token("keir009", "master")])).await;
    let (master, approver, general) = ("keir001", "keir002", "keir003");
    for operator in [approver, general] {
        for subject in [master, approver, general] {
            let by_a_public_id =
                [RevokeCertificate, ReissueCertificate, SetPin, Unlock, RevokeToken, ActivateToken, SkipToken, Freeze];
            let rows: Vec<Row> = by_a_public_id.map(|operation| (operation, operator, subject, NO)).into();
            company.walk(&rows).await;
        }
    }
    let rows = [
        (RevokeToken, master, general, NO),
        (ActivateToken, master, master, NO),
        (SkipToken, master, master, NO),
        (RevokeCertificate, master, master, NO),
        (ReissueCertificate, master, master, NO),
        (RevokeCertificate, master, "keir009", NO),
        (ReissueCertificate, master, "keir009", NO),
        (SetPin, master, "keir009", NO),
        (SetPin, master, master, OWN),
        (Unlock, master, master, OWN),
        (Unlock, master, approver, DONE),
        (Unlock, master, general, DONE),
        (ReissueCertificate, master, approver, DONE),
        (RevokeCertificate, master, general, DONE),
    ];
    company.walk(&rows).await;
    company.acquire(general).await.refused("certificate_not_issued");
    company.acquire(master).await.refused("certificate_already_issued");
    company.acquire(approver).await.ok();
    company.walk(&[(SetPin, master, approver, DONE), (Freeze, master, master, DONE)]).await;
}

#[tokio::test]
async fn m7_whoever_looks_after_others_stops_the_contract_and_nobody_else() {
    for operator in ["ichirodt", "hanakodt"] {
        let mut company = Company::of(&shared()).await;
        company.walk(&[(Freeze, "jirodt", "jirodt", NO), (Freeze, operator, operator, DONE)]).await;
        company.bank.portal().log_in(("jirodt", "Jiro2026")).await.refused("contract_frozen");
    }
}
