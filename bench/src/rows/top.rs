use std::sync::Arc;

use inkan_protocol::path;
use serde_json::json;

use crate::bank::{Bank, Storage};
use crate::call::Call;
use crate::client::Client;
use crate::context::Context;
use crate::fault::Fault;
use crate::measure::{Measured, measure as measured, microseconds, summary};
use crate::people;
use crate::report::{Bound, Row};

/// The calls whose costs explain each other, from the least work to the most.
const CALLS: [(&str, &str); 3] = [
    ("without a database", path::BANK),
    ("session and user", path::TOKEN),
    ("session, user and all parts of the page", path::TOP),
];

/// Measures the top page of sessions over connections that stay open, and what it is spent on.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for storage in context.storages().await? {
        rows.push(of(context, storage).await?);
    }
    Ok(rows)
}

async fn of(context: &Context, storage: Storage) -> Result<Row, Fault> {
    let name = storage.name();
    let bank = Bank::start(storage)?;
    let client = bank.portal()?;
    let tokens = sessions(&bank, &client, context.plan.connections).await?;
    let mut rounds: Vec<Vec<Measured>> = CALLS.iter().map(|_| Vec::new()).collect();
    for _ in 0..context.plan.rounds {
        for ((_, path), rounds) in CALLS.iter().zip(&mut rounds) {
            let calls: Vec<_> = tokens.iter().map(|token| Arc::new(Call::get(path).in_session(token))).collect();
            let load = context.load().run(|_| client.clone(), move |number, _| calls.get(number).map(Arc::clone));
            let round = measured(&bank.processes(), load).await?;
            rounds.push(round.all_served()?);
        }
    }
    let [document, .., page] = rounds.as_slice() else { return Err("no rounds".into()) };
    let details = CALLS.iter().zip(&rounds).map(|((what, path), rounds)| {
        let mut summary = summary(rounds);
        summary["what"] = json!(what);
        ((*path).to_owned(), summary)
    });
    Ok(Row {
        name: "top",
        what: format!("the top page of a session, HTTP/1.1, open connection, {name}"),
        unit: "µs of CPU",
        ours: microseconds(page),
        peer: Some(("the bank's document, without a database".to_owned(), microseconds(document))),
        bound: Bound::None,
        details: details.collect::<serde_json::Map<_, _>>().into(),
    })
}

/// Logs in as many users as there are connections, and returns the tokens of their sessions.
async fn sessions(bank: &Bank, client: &Client, count: usize) -> Result<Vec<String>, Fault> {
    let users = 1..u64::try_from(count)? + 1;
    bank.people().await?.add(users.clone()).await?;
    let mut tokens = Vec::new();
    for (office, user) in users.enumerate() {
        let login = json!({ "user": format!("u{user}"), "login_password": people::PASSWORD });
        let granted = client.ask(office, &Call::post(path::SESSIONS, &login)).await?.served()?;
        tokens.push(granted.text("token")?);
    }
    Ok(tokens)
}
