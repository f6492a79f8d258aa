use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::last_line::last_line;
use super::table::{Row, Table};
use crate::bank::DemoBank;
use crate::failure::Failure;
use crate::inkan::Inkan;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The bound of the time from the start of the program to its first page, with warm caches, in seconds.
const FIRST_PAINT_BOUND: f64 = 0.5;
/// The user of the certificate on the start page.
const PERSON: &str = "hanakodt";
/// How often each program is started.
const ROUNDS: usize = 9;

/// Starts the window, with a bank and a certificate in its store, and XCA for comparison, on a display of their own.
pub(super) fn measure(table: &mut Table) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-app"]))?;
    process::run(&mut cargo(&["build", "-p", "inkan-bank", "-p", "inkan-cli"]))?;
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-journeys", "--example", "first_paint"]))?;
    let folder = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
    let [home, store] = ["home", "nssdb"].map(|name| folder.path().join(name));
    for new in [&home, &store] {
        std::fs::create_dir(new).map_err(Failure::file(new))?;
    }
    let bank = DemoBank::start(folder.path())?;
    let inkan = Inkan::new(&home, &store)?;
    inkan.ask(&["bank", "add", &bank.portal, "--ca", &bank.ca.to_string_lossy()], None)?.done("Bank added")?;
    let answers = json!({ "login_password": bank.person(PERSON)?.login_password });
    inkan.ask(&["acquire", "--bank", "okmate", "--user", PERSON], Some(&answers))?.done("Certificate acquired")?;
    let ours = starts(&target_directory()?.join("release/inkan-app"), &home, &store)?;
    let theirs = starts(Path::new("xca"), &home, &store)?;
    let what = format!("start to first paint, warm, median of {ROUNDS}");
    println!("the window is mapped after {:.3} s, that of xca after {:.3} s", ours.mapped, theirs.mapped);
    println!("{what}: xca {:.3} s", theirs.painted);
    table.add(Row { name: "first-paint", what, unit: "s", ours: ours.painted, peer: None, most: FIRST_PAINT_BOUND });
    Ok(())
}

struct Start {
    mapped: f64,
    painted: f64,
}

fn starts(program: &Path, home: &Path, store: &Path) -> Result<Start, Failure> {
    let mut command = Command::new("xvfb-run");
    command
        .args(["-a", "-s", "-screen 0 1280x1024x24", "dbus-run-session", "--"])
        .arg(target_directory()?.join("release/examples/first_paint"))
        .arg(ROUNDS.to_string())
        .arg(program)
        .env("HOME", home)
        .env("INKAN_HOME", home)
        .env("INKAN_STORE", format!("nss:{}", store.display()))
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null());
    let output = process::collect(&mut command, b"")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let seconds = |value: &Value, name: &str| value[name].as_f64();
    last_line(&said)
        .and_then(|value| Some(Start { mapped: seconds(&value, "mapped")?, painted: seconds(&value, "painted")? }))
        .ok_or(Failure::Answer { from: process::shown(&command), answer: said })
}
