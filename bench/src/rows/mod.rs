//! One file for each row of the table.

mod concurrency;
mod document;
mod enrolments;
mod handshake;
mod instances;
mod logins;
mod memory;
mod overload;
mod revoked;
mod status;
mod top;

use crate::context::Context;
use crate::fault::Fault;
use crate::report::Row;

/// Measures the wanted rows one after the other, and prints each.
pub(crate) async fn run(context: &Context) -> Result<(), Fault> {
    let plan = &context.plan;
    if plan.has("handshake") {
        print(context, handshake::measure(context).await?);
    }
    if plan.has("document") {
        print(context, document::measure(context).await?);
    }
    if plan.has("top") {
        print(context, top::measure(context).await?);
    }
    if plan.has("enrolments") {
        print(context, enrolments::measure(context).await?);
    }
    if plan.has("logins") {
        print(context, logins::measure(context).await?);
    }
    if plan.has("status") {
        print(context, status::measure(context).await?);
    }
    if plan.has("revoked") {
        print(context, revoked::measure(context).await?);
    }
    if plan.has("overload") {
        print(context, overload::measure(context).await?);
    }
    if plan.has("concurrency") {
        print(context, concurrency::measure(context).await?);
    }
    if plan.has("instances") {
        print(context, instances::measure(context).await?);
    }
    if plan.has("memory") {
        print(context, memory::measure(context).await?);
    }
    Ok(())
}

fn print(context: &Context, rows: Vec<Row>) {
    for row in rows {
        row.print(context.plan.small);
    }
}
