//! An operator is checked again inside the transaction that writes. If another administrator, another instance or the
//! branch changes the operator after the password was found right, the action is refused and writes nothing.
//!
//! A trigger of the database makes the change at that moment. It fires with the statement by which the bank reverses
//! the count of attempts. This statement commits before the action begins.

use inkan_protocol::path;
use serde_json::json;
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AssertSqlSafe, Column, Executor, Row, TypeInfo, ValueRef};
use time::Duration;

use crate::audit::log;
use crate::cluster;
use crate::test_bank::{Answer, HANAKO, KEIYAKU, TestBank, TestClient};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, Token, confirmed};

const CONTRACT: &str = "00009876543";

/// Every table that an action writes to, with the columns that only actions change.
const WRITTEN: [(&str, &str); 12] = [
    ("contracts", "*"),
    ("users", "*"),
    ("tokens", "serial, contract, user_id, ended, locked"),
    ("token_revocations", "*"),
    ("certificates", "*"),
    ("issues", "*"),
    ("enrolment_codes", "*"),
    ("sessions", "token_hash, user_id, method"),
    ("operations", "*"),
    ("notices", "*"),
    ("user_companies", "*"),
    ("logins", "*"),
];

/// A change of the operator.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Change {
    /// The contract is frozen (M7).
    Frozen,
    /// The login password is locked (M5).
    LoginLocked,
    /// The confirmation password is locked (M5).
    ConfirmationLocked,
    /// The role becomes one that may do nothing to others.
    Demoted,
    /// The session ends.
    LoggedOut,
}

use Change::{ConfirmationLocked, Demoted, Frozen, LoggedOut, LoginLocked};

const EVERY: [Change; 5] = [Frozen, LoginLocked, ConfirmationLocked, Demoted, LoggedOut];

/// A user who does an action.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Acting {
    pub(crate) key: &'static str,
    pub(crate) contract: &'static str,
    pub(crate) role: &'static str,
    /// The name of a role that may do nothing to others.
    pub(crate) lower: &'static str,
}

pub(crate) const ADMINISTRATOR: Acting =
    Acting { key: "hanakodt", contract: "demo", role: "administrator", lower: "general" };
const OF_KEIYAKU: Acting =
    Acting { key: "00009876543/kanrisya", contract: CONTRACT, role: "administrator", lower: "user" };

impl Change {
    /// Returns the statement that makes the change, and the statement that reverses it.
    pub(crate) fn statements(self, operator: Acting) -> [String; 2] {
        let Acting { key, contract, role, lower } = operator;
        let user = |what: &str| format!("UPDATE users SET {what} WHERE id = '{key}'");
        match self {
            Frozen => ["1", "NULL"].map(|at| format!("UPDATE contracts SET frozen = {at} WHERE id = '{contract}'")),
            LoginLocked => ["6", "0"].map(|count| user(&format!("login_failures = {count}"))),
            ConfirmationLocked => ["6", "0"].map(|count| user(&format!("confirmation_failures = {count}"))),
            Demoted => [lower, role].map(|role| user(&format!("role = '{role}'"))),
            LoggedOut => ["'x' || token_hash", "substr(token_hash, 2)"]
                .map(|hash| format!("UPDATE sessions SET token_hash = {hash} WHERE user_id = '{key}'")),
        }
    }

    pub(crate) fn refusal(self) -> &'static str {
        match self {
            Frozen => "contract_frozen",
            LoginLocked => "login_password_locked",
            ConfirmationLocked => "confirmation_password_locked",
            Demoted => "not_permitted",
            LoggedOut => "session_ended",
        }
    }
}

/// The statement at which a change is made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    /// The statement that follows a right login password.
    LoggedIn,
    /// The statement that follows a right confirmation password.
    Confirmed,
    /// The statement that counts the one-time password of the token with that serial number.
    OtpCounted(&'static str),
}

impl Moment {
    /// Returns the table and the column that the statement updates, and which of the updates it is.
    fn update(self, operator: Acting) -> (&'static str, &'static str, String) {
        let taken_back =
            |column: &str| format!("OLD.id = '{}' AND OLD.{column} > 0 AND NEW.{column} = 0", operator.key);
        match self {
            Self::LoggedIn => ("users", "login_failures", taken_back("login_failures")),
            Self::Confirmed => ("users", "confirmation_failures", taken_back("confirmation_failures")),
            Self::OtpCounted(serial) => {
                ("tokens", "last_step", format!("OLD.serial = '{serial}' AND NEW.last_step > OLD.last_step"))
            }
        }
    }
}

pub(crate) async fn execute(bank: &TestBank, statements: &[String]) {
    let mut database = bank.database().await;
    for statement in statements {
        database.execute(AssertSqlSafe(statement.clone())).await.unwrap();
    }
}

/// Makes the database do `change` at `moment`. Returns the statement that ends this.
async fn arm(bank: &TestBank, operator: Acting, moment: Moment, change: Change) -> Vec<String> {
    arm_statements(bank, operator, moment, change.statements(operator)).await
}

/// Has the database execute `make` at `moment`. The result ends that and executes `take_back`.
pub(crate) async fn arm_statements(
    bank: &TestBank,
    operator: Acting,
    moment: Moment,
    [make, take_back]: [String; 2],
) -> Vec<String> {
    let (table, column, when) = moment.update(operator);
    if cluster::is_chosen() {
        let body = format!("BEGIN {make}; RETURN NULL; END");
        let function = format!("CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$");
        let trigger = format!(
            "CREATE TRIGGER meanwhile AFTER UPDATE OF {column} ON {table} FOR EACH ROW WHEN ({when}) \
             EXECUTE FUNCTION meanwhile()"
        );
        execute(bank, &[function, trigger]).await;
        let dropped = [format!("DROP TRIGGER meanwhile ON {table}"), "DROP FUNCTION meanwhile".to_owned()];
        [&dropped[..], &[take_back]].concat()
    } else {
        let trigger = format!(
            "CREATE TRIGGER meanwhile AFTER UPDATE OF {column} ON {table} FOR EACH ROW WHEN {when} \
             BEGIN {make}; END"
        );
        execute(bank, &[trigger]).await;
        vec!["DROP TRIGGER meanwhile".to_owned(), take_back]
    }
}

/// Returns every row of [`WRITTEN`], each as one line.
pub(crate) async fn written(bank: &TestBank) -> Vec<String> {
    let mut database = bank.database().await;
    let mut lines = Vec::new();
    for (table, columns) in WRITTEN {
        let select = AssertSqlSafe(format!("SELECT {columns} FROM {table}"));
        for row in database.fetch_all(select).await.unwrap() {
            let fields: Vec<String> = (0..row.len()).map(|at| field(&row, at)).collect();
            lines.push(format!("{table}: {}", fields.join(", ")));
        }
    }
    lines.sort();
    lines
}

fn field(row: &AnyRow, at: usize) -> String {
    let value = row.try_get_raw(at).unwrap();
    let text = match value.type_info().kind() {
        _ if value.is_null() => "null".to_owned(),
        AnyTypeInfoKind::Text => row.get::<String, _>(at),
        AnyTypeInfoKind::Blob => data_encoding::HEXLOWER.encode(&row.get::<Vec<u8>, _>(at)),
        _ if value.type_info().name() == "INTEGER" => row.get::<i32, _>(at).to_string(),
        _ => row.get::<i64, _>(at).to_string(),
    };
    format!("{} = {text}", row.column(at).name())
}

/// Asserts that `act` is refused with each of `changes`, and that it leaves no trace but the refusal in the audit log.
/// Then asserts that `act` is done without a change.
async fn is_judged_again(
    bank: &TestBank,
    operator: Acting,
    moment: Moment,
    changes: &[Change],
    act: impl AsyncFn() -> Answer,
) {
    for change in changes {
        let before = written(bank).await;
        let disarm = arm(bank, operator, moment, *change).await;
        let answer = act().await;
        execute(bank, &disarm).await;
        assert_eq!(answer.code(), change.refusal(), "{change:?}: {answer:?}");
        assert_eq!(written(bank).await, before, "{change:?}");
        // A session that has ended tells of no act.
        if !matches!(change, LoggedOut) {
            let event = log(bank).await.pop().unwrap()["event"].clone();
            assert_eq!((&event["outcome"], event["actor"].is_object()), (&json!(change.refusal()), true), "{event}");
        }
    }
    let before = written(bank).await;
    act().await.ok();
    assert_ne!(written(bank).await, before, "without the change the act is done");
}

/// Asserts that an action of the administrator is checked again.
async fn by_the_administrator(bank: &TestBank, act: impl AsyncFn(&TestClient) -> Answer) {
    let hanako = bank.log_in(HANAKO).await;
    is_judged_again(bank, ADMINISTRATOR, Moment::Confirmed, &EVERY, async || act(&hanako).await).await;
}

#[tokio::test]
async fn m7_a_freeze() {
    let bank = TestBank::open().await;
    by_the_administrator(&bank, async |hanako| {
        hanako.post(path::FREEZE, &json!({"confirmation_password": HANAKO_CONFIRMS})).await
    })
    .await;
}

#[tokio::test]
async fn m5_an_unlock_of_passwords() {
    let bank = TestBank::open().await;
    execute(&bank, &["UPDATE users SET login_failures = 6 WHERE id = 'jirodt'".to_owned()]).await;
    by_the_administrator(&bank, async |hanako| {
        let path = path::USER_UNLOCK.replace("{id}", "jirodt");
        hanako.post(&path, &json!({"confirmation_password": HANAKO_CONFIRMS})).await
    })
    .await;
}

#[tokio::test]
async fn m5_an_unlock_of_a_token() {
    let bank = TestBank::with_profile(&confirmed()).await;
    execute(&bank, &["UPDATE tokens SET locked = 1 WHERE serial = '43456789'".to_owned()]).await;
    by_the_administrator(&bank, async |hanako| hanako.unlock_token("shirodt", HANAKO_CONFIRMS).await).await;
}

#[tokio::test]
async fn s2_9_a_revocation_of_a_token() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let token = Token::of(&bank, "hanakodt");
    by_the_administrator(&bank, async |hanako| {
        bank.advance(Duration::minutes(2));
        hanako.revoke_tokens(&["shirodt"], &token.shows(&bank), HANAKO_CONFIRMS).await
    })
    .await;
}

#[tokio::test]
async fn s3_17_a_new_login_password_for_another() {
    let bank = TestBank::open().await;
    by_the_administrator(&bank, async |hanako| {
        let edit = json!({"login_password": "Atara2026", "confirmation_password": HANAKO_CONFIRMS});
        hanako.patch(&path::USER_SETTINGS.replace("{id}", "jirodt"), &edit).await
    })
    .await;
}

#[tokio::test]
async fn s4_5_an_edit_of_a_user() {
    let bank = TestBank::open().await;
    by_the_administrator(&bank, async |hanako| {
        let edit = json!({"forced_change": true, "confirmation_password": HANAKO_CONFIRMS});
        hanako.patch(&path::USER_SETTINGS.replace("{id}", "jirodt"), &edit).await
    })
    .await;
}

#[tokio::test]
async fn s0_9_a_revocation_of_anothers_certificate_and_of_ones_own() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    bank.acquire(crate::test_bank::JIRO).await;
    for user in ["jirodt", "hanakodt"] {
        let revoke = async |hanako: &TestClient| hanako.change_certificate(user, "revoke", HANAKO_CONFIRMS).await;
        by_the_administrator(&bank, revoke).await;
    }
}

#[tokio::test]
async fn s3_6_a_reissue_and_a_certificate_kept() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let otp = Token::of(&bank, "riyousya").shows(&bank);
    let user = json!({"contract": CONTRACT, "user": "riyousya", "login_password": "Riyou2026", "otp": otp});
    bank.acquire_by(&user).await;
    let administrator = json!({"contract": CONTRACT, "user": "kanrisya", "login_password": "Kanri2026"});
    let mut kanrisya = bank.certificate_login(&bank.acquire_by(&administrator).await);
    let asked = json!({"entrance": "administrators", "login_password": "Kanri2026"});
    let granted = kanrisya.post(path::SESSIONS, &asked).await.ok();
    kanrisya.take(&granted);
    for change in EVERY {
        let before = written(&bank).await;
        let disarm = arm(&bank, OF_KEIYAKU, Moment::Confirmed, change).await;
        let answer = kanrisya.change_certificate("riyousya", "keep", "Kakunin11").await;
        execute(&bank, &disarm).await;
        // Whether a certificate was kept stands in the audit log alone.
        assert_eq!(answer.code(), change.refusal(), "{change:?}: {answer:?}");
        assert_eq!(written(&bank).await, before, "{change:?}");
        assert!(log(&bank).await.iter().all(|record| record["event"]["act"] != "certificate_kept"), "{change:?}");
    }
    let reissue = async || kanrisya.change_certificate("riyousya", "reissue", "Kakunin11").await;
    is_judged_again(&bank, OF_KEIYAKU, Moment::Confirmed, &EVERY, reissue).await;
}

#[tokio::test]
async fn s1_8_a_change_of_ones_own_passwords() {
    let bank = TestBank::open().await;
    let hanako = bank.log_in(HANAKO).await;
    let asked = json!({
        "login_password": HANAKO.1, "new_login_password": "Hanako2027",
        "confirmation_password": HANAKO_CONFIRMS, "new_confirmation_password": "Kakunin97",
    });
    let change = async || hanako.post(path::PASSWORDS, &asked).await;
    // Every role may change its own passwords.
    let changes = [Frozen, LoginLocked, ConfirmationLocked, LoggedOut];
    is_judged_again(&bank, ADMINISTRATOR, Moment::Confirmed, &changes, change).await;
}

#[tokio::test]
async fn s3_9_an_enrolment_code() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let user = Acting { key: "00009876543/riyousya", contract: CONTRACT, role: "user", lower: "user" };
    let token = Token::of(&bank, "riyousya");
    let check = async || {
        bank.advance(Duration::minutes(2));
        let (login_password, otp) = ("Riyou2026", token.shows(&bank));
        let asked = json!({"contract": CONTRACT, "user": "riyousya", "login_password": login_password, "otp": otp});
        bank.portal().post(path::ENROLMENT_CODES, &asked).await
    };
    let changes = [Frozen, LoginLocked];
    is_judged_again(&bank, user, Moment::OtpCounted("12345678"), &changes, check).await;
}
