use std::time::Instant;

use serde_json::{Value, json};

use crate::cpu::{self, Cpu};
use crate::fault::Fault;
use crate::load::Outcome;
use crate::statistics::{at, median};

/// A load, with the CPU time that it cost.
pub(crate) struct Measured {
    pub(crate) outcome: Outcome,
    /// The time of each of the servers, in the order in which they were named.
    pub(crate) servers: Vec<Cpu>,
    /// The CPU time of all other processes but the load generator, as a share of one core.
    others: f64,
}

/// Runs a load, and counts the CPU time of `servers` meanwhile, each with the processes below it.
pub(crate) async fn measure(
    servers: &[u32],
    load: impl Future<Output = Result<Outcome, Fault>>,
) -> Result<Measured, Fault> {
    let count = || -> Result<(Vec<Cpu>, f64, f64), Fault> {
        let times = servers.iter().map(|server| cpu::of_trees(&[*server])).collect::<Result<Vec<_>, _>>()?;
        // The servers are below the load generator.
        Ok((times, cpu::of_trees(&[std::process::id()])?.total(), cpu::of_machine()?))
    };
    let begun = Instant::now();
    let (before, own_before, machine_before) = count()?;
    let outcome = load.await?;
    let (after, own_after, machine_after) = count()?;
    let others = ((machine_after - machine_before) - (own_after - own_before)).max(0.0);
    Ok(Measured {
        outcome,
        servers: after.into_iter().zip(before).map(|(after, before)| after - before).collect(),
        others: others / begun.elapsed().as_secs_f64(),
    })
}

impl Measured {
    /// Returns the measurement if every request was served.
    pub(crate) fn all_served(self) -> Result<Self, Fault> {
        Ok(Self { outcome: self.outcome.all_served()?, ..self })
    }

    /// Returns the CPU time of all servers for each request that was served, in microseconds.
    pub(crate) fn microseconds(&self) -> f64 {
        self.servers.iter().map(|server| server.total()).sum::<f64>() * 1e6 / self.outcome.served.len() as f64
    }

    /// Returns the CPU time of a server for each request that was served, in microseconds: of the program, of the
    /// kernel.
    pub(crate) fn split(&self, server: usize) -> Option<(f64, f64)> {
        let cpu = self.servers.get(server)?;
        let each = |seconds: f64| seconds * 1e6 / self.outcome.served.len() as f64;
        Some((each(cpu.user), each(cpu.system)))
    }
}

/// Returns the median of [`Measured::microseconds`].
pub(crate) fn microseconds(rounds: &[Measured]) -> f64 {
    median(&rounds.iter().map(Measured::microseconds).collect::<Vec<_>>())
}

/// Returns what several rounds of one measurement showed, as JSON: medians, with the number of rounds.
pub(crate) fn summary(rounds: &[Measured]) -> Value {
    let of = |one: &dyn Fn(&Measured) -> f64| rounded(median(&rounds.iter().map(one).collect::<Vec<_>>()));
    let split = |server: usize, system: bool| {
        of(&|round| round.split(server).map_or(f64::NAN, |(user, kernel)| if system { kernel } else { user }))
    };
    let mut summary = json!({
        "rounds": rounds.len(),
        "us_cpu": rounded(microseconds(rounds)),
        "us_user": split(0, false),
        "us_system": split(0, true),
        "per_second": of(&|round| round.outcome.rate()),
        "refused": of(&|round| round.outcome.refused.len() as f64),
        "failed": of(&|round| round.outcome.failed as f64),
        "ms_p50": of(&|round| median(&round.outcome.served)),
        "ms_p99": of(&|round| at(&round.outcome.served, 0.99)),
        "other_processes_cores": of(&|round| round.others),
    });
    if rounds.first().is_some_and(|round| round.servers.len() > 1) {
        summary["us_cpu_database"] = json!(rounded(split(1, false) + split(1, true)));
    }
    summary
}

/// Returns the number with four significant digits.
pub(crate) fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
