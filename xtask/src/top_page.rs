use serde_json::Value;

use crate::answer::{list, text};
use crate::failure::Failure;
use crate::narration::{expect, say, tell};

/// Prints the top page. Fails if it is not the page of this user, reached by certificate.
pub(crate) fn read(top: &Value, person: &str) -> Result<(), Failure> {
    const STEP: &str = "Top page";
    tell(STEP);
    expect(STEP, text(top, "/person/id")? == person && top["method"] == "certificate", || top.to_string())?;
    say(format!("{}, {} ({})", text(top, "/company")?, text(top, "/person/name")?, text(top, "/person/role")?));
    say(format!("certificate: {}, until {}", text(top, "/certificate/state")?, text(top, "/certificate/not_after")?));
    for login in list(top, "/logins")? {
        say(format!("login: {} by {}", text(login, "/at")?, text(login, "/method")?));
    }
    for operation in list(top, "/operations")? {
        say(format!("operation: {} {}", text(operation, "/at")?, text(operation, "/kind")?));
    }
    for transaction in list(top, "/transactions")? {
        let state = if transaction["awaits_approval"] == true { "awaits approval" } else { "draft" };
        let (count, yen) = (&transaction["count"], &transaction["amount_yen"]);
        say(format!("transaction: {}, {count} payments, {yen} yen, {state}", text(transaction, "/kind/en")?));
    }
    for notice in list(top, "/notices")? {
        say(format!("notice: {}", text(notice, "/title/en")?));
    }
    Ok(())
}
