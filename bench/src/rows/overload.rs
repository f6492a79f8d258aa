use std::sync::Arc;

use serde_json::json;

use super::logins;
use crate::bank::{Bank, Storage};
use crate::call::Call;
use crate::context::Context;
use crate::fault::Fault;
use crate::load::Load;
use crate::open_load::OpenLoad;
use crate::report::{Bound, Row};
use crate::statistics::{at, median};

/// The clients by whom the capacity is found.
const CLIENTS: usize = 16;

/// Measures twice as many logins as the bank can serve: how long those that are served wait, and how the others are
/// refused.
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
    let calls = logins::calls(&bank).await?;
    let client = bank.portal()?;
    let capacity = capacity(context, &bank, &calls).await?;
    let load = OpenLoad { rate: 2.0 * capacity, time: context.plan.overload };
    let outcome = load.run(&client, |number| Arc::clone(&calls[number % calls.len()])).await?;
    Ok(Row {
        name: "overload",
        what: format!("twice the logins of the capacity: wait of those served, 99 of 100, {name}"),
        unit: "ms",
        ours: at(&outcome.served, 0.99),
        peer: None,
        bound: Bound::AtMost(1_000.0),
        details: json!({
            "capacity_a_second": capacity,
            "offered_a_second": load.rate,
            "served": outcome.served.len(),
            "served_a_second": outcome.rate(),
            "served_ms_p50": median(&outcome.served),
            "refused": outcome.refused.len(),
            "refused_ms_p99": at(&outcome.refused, 0.99),
            "refused_without_retry_after": outcome.without_retry_after,
            "failed": outcome.failed,
            "first_refusal": outcome.reason,
        }),
    })
}

async fn capacity(context: &Context, bank: &Bank, calls: &[Arc<Call>]) -> Result<f64, Fault> {
    let client = bank.portal()?;
    let load = Load { clients: CLIENTS, time: context.plan.time * 2, fresh: false };
    let (calls, each) = (calls.to_vec(), calls.len() / CLIENTS);
    let what = move |number: usize, turn: usize| calls.get(number * each + turn % each).map(Arc::clone);
    Ok(load.run(|_| client.clone(), what).await?.all_served()?.rate())
}
