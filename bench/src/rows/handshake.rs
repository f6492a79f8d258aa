use std::sync::Arc;

use inkan_protocol::path;
use serde_json::json;

use crate::call::Call;
use crate::certificates;
use crate::client::Client;
use crate::context::Context;
use crate::enrolled::enrolled;
use crate::fault::Fault;
use crate::load::Load;
use crate::measure::{measure as measured, microseconds, summary};
use crate::nginx::Nginx;
use crate::report::{Bound, Row};

/// Measures a connection with mutual TLS 1.3 and one request on it. The bank looks the certificate and its user up in
/// the database before it answers; nginx verifies the chain.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let bank = context.bank()?;
    let identities = enrolled(&bank, 1..2).await?;
    let identity = identities.first().ok_or("no certificate")?;
    let client = bank.certificate_login(identity)?;
    let call = Arc::new(Call::get(path::EST_CA_CERTIFICATES));
    let length = client.ask(0, &call).await?.served()?.body.len();
    let nginx = Nginx::beside(&bank, true, length)?;
    let other = Client::new(&nginx.address(), certificates::tls(&bank.ca()?, Some(identity))?)?;
    let load = Load { fresh: true, ..context.load() };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..context.plan.rounds {
        for (client, process, rounds) in [(&client, bank.process(), &mut ours), (&other, nginx.process(), &mut theirs)]
        {
            let call = Arc::clone(&call);
            let round = measured(&[process], load.run(|_| client.clone(), move |_, _| Arc::clone(&call))).await?;
            rounds.push(round.all_served()?);
        }
    }
    Ok(vec![Row {
        name: "handshake",
        what: "mutual TLS 1.3: a handshake and a judged request".to_owned(),
        unit: "µs of CPU",
        ours: microseconds(&ours),
        peer: Some(("nginx".to_owned(), microseconds(&theirs))),
        bound: Bound::RatioAtMost(0.5),
        details: json!({ "bank": summary(&ours), "nginx": summary(&theirs), "bytes": length }),
    }])
}
