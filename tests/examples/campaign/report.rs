//! What was tried and what held, a line each.

use std::collections::BTreeMap;
use std::io::Write;

/// The faults of one kind that a line names at most.
const NAMED: usize = 20;
/// The most characters of a fault that a line shows.
const LONGEST: usize = 200;

/// What an attack tried, and what did not hold.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// What was tried, with numbers.
    pub(crate) tried: String,
    /// Each fault, with how often it occurred.
    faults: BTreeMap<String, usize>,
}

impl Outcome {
    /// Returns the outcome of an attack that did what `tried` says, without a fault.
    pub(crate) fn of(tried: String) -> Self {
        Self { tried, ..Self::default() }
    }

    /// Notes that something did not hold.
    pub(crate) fn fault(&mut self, fault: impl Into<String>) {
        *self.faults.entry(fault.into()).or_default() += 1;
    }

    /// Notes `fault` unless `held`.
    pub(crate) fn check(&mut self, held: bool, fault: impl FnOnce() -> String) {
        if !held {
            self.fault(fault());
        }
    }

    /// Adds the faults of another outcome.
    pub(crate) fn take(&mut self, other: Self) {
        for (fault, count) in other.faults {
            *self.faults.entry(fault).or_default() += count;
        }
    }
}

/// The lines of a campaign.
#[derive(Debug, Default)]
pub(crate) struct Report {
    held: usize,
    broken: usize,
}

impl Report {
    /// Prints the line of an attack, and a line for each fault.
    pub(crate) fn tell(&mut self, bank: &str, attack: &str, outcome: Outcome) {
        let held = outcome.faults.is_empty();
        if held {
            self.held += 1
        } else {
            self.broken += 1
        }
        println!("{} {bank}: {attack}: {}", if held { "held   " } else { "BROKEN " }, outcome.tried);
        for (fault, count) in outcome.faults.iter().take(NAMED) {
            println!("        {count} × {}", fault.chars().take(LONGEST).collect::<String>());
        }
        if outcome.faults.len() > NAMED {
            println!("        and {} other faults", outcome.faults.len() - NAMED);
        }
        // A closed standard output has no reader.
        let _ = std::io::stdout().flush();
    }

    /// Prints the closing line, and returns whether everything held.
    pub(crate) fn end(self) -> bool {
        println!("{} held, {} did not hold", self.held, self.broken);
        self.broken == 0
    }
}
