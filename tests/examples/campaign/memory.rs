//! The memory of the bank after the attacks.

use crate::attacked_bank::AttackedBank;
use crate::report::Outcome;

/// The most memory of a process at the end, in KiB.
const MOST: u64 = 100 * 1024;

/// Checks the resident memory of each process.
pub(crate) fn at_the_end(bank: &AttackedBank) -> Outcome {
    let mut outcome = Outcome::default();
    let memory = bank.memory();
    for [now, ..] in &memory {
        outcome.check(*now <= MOST, || format!("a process has {} MiB, more than {} MiB", now / 1024, MOST / 1024));
    }
    let said = memory.iter().map(|[now, most, without_files]| {
        let [now, most, without_files] = [now, most, without_files].map(|size| size / 1024);
        format!("{now} MiB, {without_files} MiB of them without the program's file; at most {most} MiB before")
    });
    outcome.tried = said.collect::<Vec<_>>().join("; ");
    outcome
}
