use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

use super::cpu_time::median;
use super::table::{Row, Table};
use crate::answer::text;
use crate::bank::DemoBank;
use crate::failure::Failure;
use crate::inkan::Inkan;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The bound, as a share of the time that curl takes.
const BOUND: f64 = 1.07;
/// The user who logs in.
const PERSON: &str = "hanakodt";
/// The password of the exported file.
const PASSWORD: &str = "naisho";
/// How often each program logs in. The programs take turns.
const ROUNDS: usize = 15;

/// Logs in with a certificate and reads the top page, with `inkan` and with curl. Both wait for the bank's Argon2, so
/// the time that passes is compared.
pub(super) fn measure(table: &mut Table) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-cli"]))?;
    process::run(&mut cargo(&["build", "-p", "inkan-bank", "-p", "inkan-cli"]))?;
    let folder = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
    let [home, store] = ["home", "nssdb"].map(|name| folder.path().join(name));
    for new in [&home, &store] {
        std::fs::create_dir(new).map_err(Failure::file(new))?;
    }
    let bank = DemoBank::start(folder.path())?;
    let inkan = Inkan::new(&home, &store)?;
    inkan.ask(&["bank", "add", &bank.portal, "--ca", &bank.ca.to_string_lossy()], None)?.done("Bank added")?;
    let password = &bank.person(PERSON)?.login_password;
    let answers = json!({ "login_password": password });
    let acquire = ["acquire", "--bank", "okmate", "--user", PERSON];
    let acquired = inkan.ask(&acquire, Some(&answers))?.done("Certificate acquired")?;
    let certificate = text(&acquired, "/certificate/id").or_else(|_| text(&acquired, "/id"))?.to_owned();
    let pem = export(folder.path(), &store)?;
    let file = folder.path().join("answers.json");
    std::fs::write(&file, answers.to_string()).map_err(Failure::file(&file))?;

    let mut ours = Command::new(target_directory()?.join("release/inkan"));
    ours.env("INKAN_HOME", &home).args(["--json", "--store", &format!("nss:{}", store.display()), "--answers"]);
    ours.arg(&file).args(["login", "--bank", "okmate", "--certificate", &certificate]);
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..if table.small { 1 } else { ROUNDS } {
        let begun = Instant::now();
        said(&mut ours)?;
        times[0].push(begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        by_curl(&bank, &pem, password)?;
        times[1].push(begun.elapsed().as_secs_f64());
    }
    let [ours, theirs] = times.map(median);
    let what = "log in with a certificate, and read the top page".to_owned();
    table.add(Row { name: "client-login", what, unit: "s", ours, peer: Some(("curl", theirs)), most: BOUND });
    Ok(())
}

/// Logs in as `inkan` does: the bank's document, the login, the top page, the end of the session.
fn by_curl(bank: &DemoBank, pem: &Path, password: &str) -> Result<(), Failure> {
    let curl = |arguments: &[&str]| {
        let mut command = Command::new("curl");
        command.args(["--silent", "--show-error", "--fail-with-body", "--cacert"]).arg(&bank.ca);
        command.arg("--cert").arg(pem).args(arguments);
        said(&mut command)
    };
    let login = bank.certificate_login.trim_end_matches('/');
    curl(&[&format!("{}/.well-known/inkan", bank.portal.trim_end_matches('/'))])?;
    let body = json!({ "login_password": password }).to_string();
    let granted = curl(&["--json", &body, &format!("{login}/v1/sessions")])?;
    let bearer = format!("Authorization: Bearer {}", text(&granted, "/token")?);
    curl(&["--header", &bearer, &format!("{login}/v1/top")])?;
    Ok(())
}

/// Writes the certificate and the key of the store into a file in PEM, for curl.
fn export(folder: &Path, store: &Path) -> Result<std::path::PathBuf, Failure> {
    let [file, pem] = ["own.p12", "own.pem"].map(|name| folder.join(name));
    let database = format!("sql:{}", store.display());
    let mut list = Command::new("certutil");
    let output = process::collect(list.args(["-L", "-d", &database]), b"")?;
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    let own = listed.lines().find(|line| line.trim_end().ends_with("u,u,u"));
    let own = own
        .and_then(|line| line.rsplit_once("u,u,u"))
        .ok_or_else(|| Failure::Answer { from: "certutil".into(), answer: listed.clone() })?;
    let mut export = Command::new("pk12util");
    export.args(["-W", PASSWORD, "-K", "", "-d", &database, "-n", own.0.trim(), "-o"]).arg(&file);
    process::run(export.stdout(Stdio::null()))?;
    let mut convert = Command::new("openssl");
    convert.args(["pkcs12", "-nodes", "-passin", &format!("pass:{PASSWORD}"), "-in"]).arg(&file).arg("-out").arg(&pem);
    process::run(&mut convert)?;
    Ok(pem)
}

/// Runs the command, and returns the JSON that it prints.
fn said(command: &mut Command) -> Result<Value, Failure> {
    let output = process::collect(command, b"")?;
    let answer = String::from_utf8_lossy(&output.stdout).into_owned();
    match serde_json::from_str(&answer) {
        Ok(value) if output.status.success() => Ok(value),
        _ => Err(Failure::Answer { from: process::shown(command), answer }),
    }
}
