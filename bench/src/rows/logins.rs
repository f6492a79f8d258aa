use std::sync::Arc;
use std::time::{Duration, Instant};

use argon2::{Argon2, Block, Params};
use inkan_protocol::path;
use serde_json::json;

use crate::bank::{Bank, Storage};
use crate::call::Call;
use crate::context::Context;
use crate::fault::Fault;
use crate::load::Load;
use crate::measure::{measure as measured, summary};
use crate::people;
use crate::report::{Bound, Row};
use crate::statistics::median;

/// The clients that log in at the same time.
const CLIENTS: usize = 16;
/// The users of one client. A client is an office with some users.
const USERS: usize = 8;

/// Measures logins by ID and password, beside what Argon2 alone gives on all cores with the bank's parameters, in turns.
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
    let calls = calls(&bank).await?;
    let client = bank.portal()?;
    let time = context.plan.time;
    let (mut rounds, mut alone, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..context.plan.rounds {
        let before = hashes_a_second(time).await?;
        let calls = calls.clone();
        let load = Load { clients: CLIENTS, time: time * 2, fresh: false };
        let what = move |number: usize, turn: usize| calls.get(number * USERS + turn % USERS).map(Arc::clone);
        let round = measured(&bank.processes(), load.run(|_| client.clone(), what)).await?;
        let round = round.all_served()?;
        // The machine may have become busier or quieter meanwhile.
        let hashes = f64::midpoint(before, hashes_a_second(time).await?);
        ratios.push(round.outcome.rate() / hashes);
        alone.push(hashes);
        rounds.push(round);
    }
    let rates: Vec<f64> = rounds.iter().map(|round| round.outcome.rate()).collect();
    Ok(Row {
        name: "logins",
        what: format!("logins by ID and password, {name}"),
        unit: "a second",
        ours: median(&rates),
        peer: Some(("Argon2 alone on all cores".to_owned(), median(&alone))),
        bound: Bound::RatioAtLeast(0.95),
        details: json!({ "bank": summary(&rounds), "rates": rates, "ratios": ratios, "median_ratio": median(&ratios) }),
    })
}

/// Adds users, and returns the logins of each client's users, one client after the other.
pub(super) async fn calls(bank: &Bank) -> Result<Vec<Arc<Call>>, Fault> {
    let users = 1..u64::try_from(CLIENTS * USERS)? + 1;
    bank.people().await?.add(users.clone()).await?;
    Ok(users
        .map(|user| {
            let login = json!({ "user": format!("u{user}"), "login_password": people::PASSWORD });
            Arc::new(Call::post(path::SESSIONS, &login))
        })
        .collect())
}

/// Returns how many hashes Argon2 computes in a second with one thread for each core.
async fn hashes_a_second(time: Duration) -> Result<f64, Fault> {
    let cores = std::thread::available_parallelism()?.get();
    let threads: Vec<_> = (0..cores).map(|_| tokio::task::spawn_blocking(move || hashes(time))).collect();
    let mut sum = 0.0;
    for thread in threads {
        sum += thread.await??;
    }
    Ok(sum)
}

fn hashes(time: Duration) -> Result<f64, Fault> {
    let parameters = Params::default();
    let mut memory = vec![Block::default(); parameters.block_count()];
    let argon2 = Argon2::from(parameters);
    let begun = Instant::now();
    let mut count = 0_u32;
    while begun.elapsed() < time {
        let mut hash = [0; 32];
        let done = argon2.hash_password_into_with_memory(
            people::PASSWORD.as_bytes(),
            b"sixteen bytes...",
            &mut hash,
            &mut memory,
        );
        done.map_err(|error| error.to_string())?;
        count += 1;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}
