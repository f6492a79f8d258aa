//! Measures the bank under load, and prints one line of JSON for each row of the table in docs/performance.md.
//!
//! `inkan-bench [--small] [--seconds-of-memory N] [ROW…]` measures the rows with these names, or all. The bank is the
//! program `inkan-bank` beside this program. Bank, peer, database and load share the machine, so each number of CPU is
//! the time that the kernel counted for the process in question, and not the time that passed.

mod answer;
mod bank;
mod call;
mod certificates;
mod client;
mod context;
mod cpu;
mod enrolled;
mod fault;
mod load;
mod machine;
mod measure;
mod nginx;
mod open_load;
mod people;
mod plan;
mod postgres;
mod report;
mod rows;
mod statistics;

use std::process::ExitCode;

use context::Context;
use fault::Fault;
use plan::Plan;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Plan::read(std::env::args().skip(1)) {
        Ok(plan) => run(plan).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("inkan-bench: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn run(plan: Plan) -> Result<(), Fault> {
    machine::raise_limit_of_open_files()?;
    println!("{}", machine::line());
    let context = Context::new(plan);
    rows::run(&context).await
}
