use std::sync::Arc;

use inkan_protocol::path;
use serde_json::{Map, json};

use super::enrolments;
use crate::bank::Bank;
use crate::call::Call;
use crate::context::Context;
use crate::enrolled::enrolled;
use crate::fault::Fault;
use crate::measure::{Measured, measure as measured, microseconds, summary};
use crate::report::{Bound, Row};

/// Measures how the cost of a judged request and of an enrolment grows with the number of instances on one PostgreSQL
/// database. The instances share the cores, so what can be seen is the cost of sharing, and not the gain of more PCs.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let (mut requests, mut enrolled) = (Vec::new(), Vec::new());
    for instances in &context.plan.instances {
        let mut banks = vec![Bank::start(context.postgres().await?)?];
        while banks.len() < *instances {
            banks.push(banks.first().ok_or("no bank")?.beside()?);
        }
        requests.push(judged(context, &banks).await?);
        let mut rounds = Vec::new();
        for round in 0..context.plan.rounds {
            let first = u64::try_from(1_000 + round * context.plan.enrolments)?;
            rounds.push(enrolments::enrol(&banks.iter().collect::<Vec<_>>(), first, context.plan.enrolments).await?);
        }
        enrolled.push(rounds);
    }
    let numbers = &context.plan.instances;
    let each = |rounds: &[Vec<Measured>]| -> Map<String, _> {
        numbers.iter().zip(rounds).map(|(number, rounds)| (number.to_string(), summary(rounds))).collect()
    };
    let cpu = |rounds: Option<&Vec<Measured>>| rounds.map_or(f64::NAN, |rounds| microseconds(rounds));
    Ok(vec![Row {
        name: "instances",
        what: format!("a judged request at {} instances on PostgreSQL", numbers.last().unwrap_or(&0)),
        unit: "µs of CPU",
        ours: cpu(requests.last()),
        peer: Some(("at 1 instance".to_owned(), cpu(requests.first()))),
        bound: Bound::None,
        details: json!({ "judged requests": each(&requests), "enrolments": each(&enrolled) }),
    }])
}

async fn judged(context: &Context, banks: &[Bank]) -> Result<Vec<Measured>, Fault> {
    let first = banks.first().ok_or("no bank")?;
    let identities = enrolled(first, 1..2).await?;
    let identity = identities.first().ok_or("no certificate")?;
    let clients: Vec<_> = banks.iter().map(|bank| bank.certificate_login(identity)).collect::<Result<_, _>>()?;
    let call = Arc::new(Call::get(path::EST_CA_CERTIFICATES));
    let mut processes: Vec<u32> = banks.iter().map(Bank::process).collect();
    processes.extend(first.processes().into_iter().skip(1));
    let mut rounds = Vec::new();
    for _ in 0..context.plan.rounds {
        let call = Arc::clone(&call);
        let who = |number: usize| clients[number % clients.len()].clone();
        let round = measured(&processes, context.load().run(who, move |_, _| Arc::clone(&call))).await?;
        rounds.push(round.all_served()?);
    }
    Ok(rounds)
}
