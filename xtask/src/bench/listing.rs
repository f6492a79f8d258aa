use std::path::Path;
use std::process::Command;

use super::cpu_time::{cpu_time, median};
use super::many::Many;
use super::table::{Row, Table};
use crate::failure::Failure;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The bound, as a share of the CPU time that `certutil -L` takes on the same database.
const BOUND: f64 = 0.03;
/// How often each program is run. The programs take turns.
const ROUNDS: usize = 5;

/// Lists a large NSS database with `inkan` and with `certutil`.
pub(super) fn measure(table: &mut Table, many: &Many) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-cli"]))?;
    let home = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
    let mut ours = listing(&target_directory()?.join("release/inkan"), home.path(), &many.database);
    let mut theirs = Command::new("certutil");
    theirs.args(["-L", "-d"]).arg(format!("sql:{}", many.database.display()));
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..if table.small { 1 } else { ROUNDS } {
        for (times, command) in times.iter_mut().zip([&mut ours, &mut theirs]) {
            times.push(cpu_time(command, 1)?);
        }
    }
    let [ours, theirs] = times.map(median);
    let what = format!("list {} certificates, each with a key of its own", many.certificates);
    table.add(Row { name: "list", what, unit: "s of CPU", ours, peer: Some(("certutil", theirs)), most: BOUND });
    Ok(())
}

fn listing(inkan: &Path, home: &Path, database: &Path) -> Command {
    let mut command = Command::new(inkan);
    command.arg("--json").arg("--store").arg(format!("nss:{}", database.display())).args(["certificates", "list"]);
    command.env("INKAN_HOME", home);
    command
}
