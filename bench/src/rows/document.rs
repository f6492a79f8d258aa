use std::sync::Arc;

use inkan_protocol::path;
use serde_json::json;

use crate::call::Call;
use crate::certificates;
use crate::client::Client;
use crate::context::Context;
use crate::fault::Fault;
use crate::measure::{measure as measured, microseconds, summary};
use crate::nginx::Nginx;
use crate::report::{Bound, Row};

/// Measures the bank's document over connections that stay open.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let bank = context.bank()?;
    let client = bank.portal()?;
    let call = Arc::new(Call::get(path::BANK));
    let length = client.ask(0, &call).await?.served()?.body.len();
    let nginx = Nginx::beside(&bank, false, length)?;
    let other = Client::new(&nginx.address(), certificates::tls(&bank.ca()?, None)?)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..context.plan.rounds {
        for (client, process, rounds) in [(&client, bank.process(), &mut ours), (&other, nginx.process(), &mut theirs)]
        {
            let call = Arc::clone(&call);
            let load = context.load().run(|_| client.clone(), move |_, _| Arc::clone(&call));
            let round = measured(&[process], load).await?;
            rounds.push(round.all_served()?);
        }
    }
    Ok(vec![Row {
        name: "document",
        what: "the bank's document, HTTP/1.1, open connection".to_owned(),
        unit: "µs of CPU",
        ours: microseconds(&ours),
        peer: Some(("nginx".to_owned(), microseconds(&theirs))),
        bound: Bound::AtMost(18.0),
        details: json!({ "bank": summary(&ours), "nginx": summary(&theirs), "bytes": length }),
    }])
}
