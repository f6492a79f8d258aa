use std::sync::Arc;

use inkan_protocol::path;
use serde_json::{Map, json};

use crate::bank::{Bank, Storage};
use crate::call::Call;
use crate::client::Client;
use crate::context::Context;
use crate::enrolled::enrolled;
use crate::fault::Fault;
use crate::measure::{Measured, measure as measured, microseconds, summary};
use crate::report::{Bound, Row};

/// The first number of the users whose certificates the clients have.
const OWN: u64 = 100_000_000;

/// A bank with a number of certificates, and clients with some of them.
struct Filled {
    certificates: u64,
    bank: Bank,
    clients: Vec<Client>,
    rounds: Vec<Measured>,
}

/// Measures a request whose certificate is looked up among few certificates and among many.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for name in ["SQLite", "PostgreSQL"] {
        let mut filled = Vec::new();
        for certificates in &context.plan.certificates {
            let storage = if name == "SQLite" { Storage::Sqlite } else { context.postgres().await? };
            filled.push(fill(context, storage, *certificates).await?);
        }
        rows.push(compare(context, name, filled).await?);
    }
    Ok(rows)
}

async fn fill(context: &Context, storage: Storage, certificates: u64) -> Result<Filled, Fault> {
    let bank = Bank::start(storage)?;
    // A bank finds out at its start whose CA issued its certificates, by any of them: the first is a real one.
    let own = OWN..OWN + u64::try_from(context.plan.connections)?;
    let identities = enrolled(&bank, own).await?;
    let mut people = bank.people().await?;
    people.add(0..certificates).await?;
    people.add_certificates(0..certificates).await?;
    let clients = identities.iter().map(|identity| bank.certificate_login(identity)).collect::<Result<_, _>>()?;
    Ok(Filled { certificates, bank, clients, rounds: Vec::new() })
}

async fn compare(context: &Context, name: &str, mut filled: Vec<Filled>) -> Result<Row, Fault> {
    let call = Arc::new(Call::get(path::EST_CA_CERTIFICATES));
    for _ in 0..context.plan.rounds {
        for one in &mut filled {
            let call = Arc::clone(&call);
            let who = |number: usize| one.clients[number % one.clients.len()].clone();
            let load = context.load().run(who, move |_, _| Arc::clone(&call));
            let round = measured(&one.bank.processes(), load).await?;
            one.rounds.push(round.all_served()?);
        }
    }
    let cpu = |one: &Filled| microseconds(&one.rounds);
    let (Some(few), Some(many)) = (filled.first(), filled.last()) else { return Err("no numbers".into()) };
    let details: Map<_, _> = filled.iter().map(|one| (one.certificates.to_string(), summary(&one.rounds))).collect();
    Ok(Row {
        name: "status",
        what: format!("status check among {} certificates, {name}", many.certificates),
        unit: "µs of CPU",
        ours: cpu(many),
        peer: Some((format!("among {}", few.certificates), cpu(few))),
        bound: Bound::RatioAtMost(1.2),
        details: json!(details),
    })
}
