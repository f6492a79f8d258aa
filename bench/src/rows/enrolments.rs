use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::bank::{Bank, Storage};
use crate::call::Call;
use crate::certificates;
use crate::context::Context;
use crate::fault::Fault;
use crate::load::Load;
use crate::measure::{Measured, measure as measured, summary};
use crate::people;
use crate::report::{Bound, Row};
use crate::statistics::median;

/// The clients that enrol at the same time.
const CLIENTS: usize = 64;
/// Certificates for each second that OpenBao publishes: 65,000 on P-256, stored, in 30 s, on a machine that is not named.
const OPENBAO: f64 = 2170.0;

/// Measures enrolments over EST, each with its own user, code and key. The codes are put into the database, since the
/// bank makes a code only after a password, which costs what Argon2 costs.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let [sqlite, postgres] = context.storages().await?;
    Ok(vec![of(context, sqlite, 2_000.0).await?, of(context, postgres, 1_000.0).await?])
}

async fn of(context: &Context, storage: Storage, least: f64) -> Result<Row, Fault> {
    let name = storage.name();
    let bank = Bank::start(storage)?;
    let mut rounds = Vec::new();
    for round in 0..context.plan.rounds {
        let first = u64::try_from(round * context.plan.enrolments)?;
        rounds.push(enrol(&[&bank], first, context.plan.enrolments).await?);
    }
    let rates: Vec<f64> = rounds.iter().map(|round| round.outcome.rate()).collect();
    Ok(Row {
        name: "enrolments",
        what: format!("enrolments over EST, durable, {name}"),
        unit: "a second",
        ours: median(&rates),
        peer: Some(("OpenBao, as published".to_owned(), OPENBAO)),
        bound: Bound::AtLeast(least),
        details: json!({ "bank": summary(&rounds), "rates": rates }),
    })
}

/// Enrols new users, with numbers from `first` on, at all instances of one bank.
pub(super) async fn enrol(banks: &[&Bank], first: u64, count: usize) -> Result<Measured, Fault> {
    let bank = banks.first().ok_or("no bank")?;
    let numbers = first..first + u64::try_from(count)?;
    let mut people = bank.people().await?;
    people.add(numbers.clone()).await?;
    people.add_codes(numbers.clone()).await?;
    drop(people);
    let mut calls: Vec<Arc<Call>> = Vec::new();
    for number in numbers {
        calls.push(Arc::new(people::enrolment(number, &certificates::request()?.1)));
    }
    let clients: Vec<_> = banks.iter().map(|bank| bank.portal()).collect::<Result<_, _>>()?;
    let load = Load { clients: CLIENTS.min(count), time: Duration::from_secs(300), fresh: false };
    let what = move |number: usize, turn: usize| calls.get(turn * load.clients + number).map(Arc::clone);
    let mut processes: Vec<u32> = banks.iter().map(|bank| bank.process()).collect();
    processes.extend(bank.processes().into_iter().skip(1));
    let who = |number: usize| clients[number % clients.len()].clone();
    let round = measured(&processes, load.run(who, what)).await?;
    round.all_served()
}
