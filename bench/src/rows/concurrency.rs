use std::sync::Arc;

use inkan_protocol::path;
use serde_json::Map;

use crate::call::Call;
use crate::context::Context;
use crate::enrolled::enrolled;
use crate::fault::Fault;
use crate::load::Load;
use crate::measure::{Measured, measure as measured, microseconds, summary};
use crate::report::{Bound, Row};

/// Measures how the cost of a judged request grows with the number of open connections.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let bank = context.bank()?;
    let identities = enrolled(&bank, 1..2).await?;
    let client = bank.certificate_login(identities.first().ok_or("no certificate")?)?;
    let call = Arc::new(Call::get(path::EST_CA_CERTIFICATES));
    let numbers = &context.plan.concurrency;
    let mut rounds: Vec<Vec<Measured>> = numbers.iter().map(|_| Vec::new()).collect();
    for _ in 0..context.plan.rounds {
        for (clients, rounds) in numbers.iter().zip(&mut rounds) {
            let call = Arc::clone(&call);
            // The handshakes are not what is measured here.
            let connected = Load { clients: *clients, ..context.load() }.connect(|_| client.clone()).await?;
            let round = measured(&[bank.process()], connected.run(move |_, _| Arc::clone(&call))).await?;
            // The bank refuses what would wait too long, and closes connections that wait too long for a request.
            rounds.push(round);
        }
    }
    let details: Map<_, _> =
        numbers.iter().zip(&rounds).map(|(clients, rounds)| (clients.to_string(), summary(rounds))).collect();
    let (Some(one), Some(many)) = (rounds.first(), rounds.last()) else { return Err("no numbers".into()) };
    Ok(vec![Row {
        name: "concurrency",
        what: format!("a judged request with {} open connections, SQLite", numbers.last().unwrap_or(&0)),
        unit: "µs of CPU",
        ours: microseconds(many),
        peer: Some(("with 1 connection".to_owned(), microseconds(one))),
        bound: Bound::None,
        details: details.into(),
    }])
}
