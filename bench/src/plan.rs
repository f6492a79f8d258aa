use std::time::Duration;

use crate::fault::Fault;

/// How much is measured.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Whether the numbers only show that the measurement works. They are then not compared with the bounds.
    pub(crate) small: bool,
    /// How often each measurement is taken. The median counts.
    pub(crate) rounds: usize,
    /// How long each measurement takes.
    pub(crate) time: Duration,
    /// The connections of a measurement that is not about their number.
    pub(crate) connections: usize,
    /// The certificates in the database, for the status check.
    pub(crate) certificates: Vec<u64>,
    /// The numbers of connections whose cost is compared.
    pub(crate) concurrency: Vec<usize>,
    /// The numbers of instances whose cost is compared.
    pub(crate) instances: Vec<usize>,
    /// The enrolments of one measurement.
    pub(crate) enrolments: usize,
    /// The certificates that are revoked.
    pub(crate) revocations: usize,
    /// How long the overload takes.
    pub(crate) overload: Duration,
    /// How long the load takes after which the memory is read.
    pub(crate) memory: Duration,
    /// The names of the rows to measure. Without names, all rows.
    pub(crate) rows: Vec<String>,
}

impl Plan {
    /// Reads the arguments.
    ///
    /// # Errors
    /// An option is unknown.
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, Fault> {
        let arguments: Vec<String> = arguments.collect();
        let small = arguments.iter().any(|argument| argument == "--small");
        let mut plan = if small { Self::small() } else { Self::full() };
        let mut rest = arguments.into_iter().filter(|argument| argument != "--small");
        while let Some(argument) = rest.next() {
            if argument == "--seconds-of-memory" {
                plan.memory = Duration::from_secs(rest.next().ok_or("how many seconds?")?.parse()?);
            } else if argument.starts_with('-') {
                return Err(format!("unknown option {argument}").into());
            } else {
                plan.rows.push(argument);
            }
        }
        Ok(plan)
    }

    /// Returns whether the row is measured.
    pub(crate) fn has(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|wanted| wanted == row)
    }

    fn full() -> Self {
        Self {
            small: false,
            rounds: 5,
            time: Duration::from_secs(3),
            connections: 16,
            certificates: vec![1_000, 10_000, 100_000, 1_000_000],
            concurrency: vec![1, 16, 64, 256, 1_000, 4_000],
            instances: vec![1, 2, 4],
            enrolments: 4_000,
            revocations: 200,
            overload: Duration::from_secs(20),
            memory: Duration::from_secs(600),
            rows: Vec::new(),
        }
    }

    fn small() -> Self {
        Self {
            small: true,
            rounds: 1,
            time: Duration::from_millis(300),
            connections: 4,
            certificates: vec![100, 1_000],
            concurrency: vec![1, 16],
            instances: vec![1, 2],
            enrolments: 40,
            revocations: 4,
            overload: Duration::from_secs(2),
            memory: Duration::from_secs(2),
            rows: Vec::new(),
        }
    }
}
