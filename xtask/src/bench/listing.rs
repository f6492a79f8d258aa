use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::many::{CERTIFICATES, Many};
use crate::failure::Failure;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The bound, as a share of the time that `certutil -L` takes on the same database.
const LISTING_BOUND: f64 = 0.15;
/// How often each program is run. The programs take turns.
const ROUNDS: usize = 5;

/// Lists a large NSS database with `inkan` and with `certutil`.
pub(super) fn measure(many: &Many) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-cli"]))?;
    let home = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
    let mut ours = listing(&target_directory()?.join("release/inkan"), home.path(), &many.database);
    let mut theirs = Command::new("certutil");
    theirs.args(["-L", "-d"]).arg(format!("sql:{}", many.database.display()));
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        for (best, command) in fastest.iter_mut().zip([&mut ours, &mut theirs]) {
            *best = time(command)?.min(*best);
        }
    }
    let [ours, theirs] = fastest.map(|time| time.as_secs_f64());
    println!(
        "certificates list: {CERTIFICATES} certificates, the fastest of {ROUNDS}: inkan {ours:.3} s, certutil \
         {theirs:.3} s, ratio {:.3} (bound {LISTING_BOUND})",
        ours / theirs
    );
    Ok(())
}

fn listing(inkan: &Path, home: &Path, database: &Path) -> Command {
    let mut command = Command::new(inkan);
    command.arg("--json").arg("--store").arg(format!("nss:{}", database.display())).args(["certificates", "list"]);
    command.env("INKAN_HOME", home);
    command
}

/// Returns the time from start to end of the process.
fn time(command: &mut Command) -> Result<Duration, Failure> {
    let begun = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    let status = status.map_err(|cause| process::not_started(command, cause))?;
    let taken = begun.elapsed();
    if status.success() { Ok(taken) } else { Err(Failure::Ended { command: process::shown(command), status }) }
}
