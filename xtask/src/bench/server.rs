use std::process::Command;

use serde_json::Value;

use super::table::Table;
use crate::failure::Failure;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The rows that `inkan-bench` measures.
pub(super) const ROWS: &[&str] = &[
    "handshake",
    "document",
    "top",
    "enrolments",
    "logins",
    "status",
    "revoked",
    "overload",
    "concurrency",
    "instances",
    "memory",
];

/// Measures the bank under load.
pub(super) fn measure(table: &mut Table, rows: &[&str]) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-bank", "-p", "inkan-bench"]))?;
    let mut command = Command::new(target_directory()?.join("release/inkan-bench"));
    command.args(table.small.then_some("--small")).args(rows);
    let mut unreadable = None;
    process::run_reading(&mut command, |line| match serde_json::from_str::<Value>(line) {
        Ok(row) => table.add_json(row),
        Err(_) => unreadable = Some(line.to_owned()),
    })?;
    match unreadable {
        Some(answer) => Err(Failure::Answer { from: process::shown(&command), answer }),
        None => Ok(()),
    }
}
