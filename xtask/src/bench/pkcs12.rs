use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use super::cpu_time::{cpu_time, median, of_children};
use super::table::{Row, Table};
use crate::failure::Failure;
use crate::process;
use crate::workspace::{cargo, target_directory};

const PASSWORD: &str = "naisho";
/// How often each program is run. The programs take turns.
const ROUNDS: usize = 5;
/// The runs of one round: the kernel counts in hundredths of a second.
const RUNS: u32 = 10;
/// The bound of a preview, as a share of the CPU time of `openssl pkcs12`.
const PREVIEW: f64 = 0.91;
/// The bound of an import, as a share of the CPU time of `pk12util -i`.
const IMPORT: f64 = 1.0;

/// Previews and imports a PKCS#12 file with `inkan` and with other programs.
pub(super) fn measure(table: &mut Table) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-cli"]))?;
    let folder = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
    let file = make_file(folder.path())?;
    let answers = folder.path().join("answers.json");
    std::fs::write(&answers, json!({ "pkcs12_password": PASSWORD }).to_string()).map_err(Failure::file(&answers))?;
    // Found once: Cargo, which is asked for the folder, would be measured with the command.
    let program = target_directory()?.join("release/inkan");
    let inkan = |database: &Path, arguments: &[&str]| -> Result<Command, Failure> {
        let mut command = Command::new(&program);
        command.args(["--json", "--store", &format!("nss:{}", database.display())]).arg("--answers").arg(&answers);
        command.args(["certificates", "import"]).arg(&file).args(arguments).env("INKAN_HOME", folder.path());
        Ok(command)
    };
    let (rounds, runs) = if table.small { (1, 1) } else { (ROUNDS, RUNS) };

    let database = new_database()?;
    let mut previewed = [inkan(database.path(), &["--preview"])?, Command::new("openssl")];
    previewed[1].args(["pkcs12", "-nodes", "-passin", &format!("pass:{PASSWORD}"), "-in"]).arg(&file);
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for (times, command) in times.iter_mut().zip(&mut previewed) {
            times.push(cpu_time(command, runs)?);
        }
    }
    let [ours, theirs] = times.map(median);
    let what = "preview a PKCS#12 file".to_owned();
    table.add(Row { name: "preview", what, unit: "s of CPU", ours, peer: Some(("openssl", theirs)), most: PREVIEW });

    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        times[0].push(each_into_a_new_database(runs, |database| inkan(database, &["--accept-unprotected"]))?);
        times[1].push(each_into_a_new_database(runs, |database| {
            let mut command = Command::new("pk12util");
            command.args(["-W", PASSWORD, "-K", "", "-d"]).arg(format!("sql:{}", database.display()));
            command.arg("-i").arg(&file);
            Ok(command)
        })?);
    }
    let [ours, theirs] = times.map(median);
    let what = "import a PKCS#12 file into a new NSS database".to_owned();
    table.add(Row { name: "import", what, unit: "s of CPU", ours, peer: Some(("pk12util", theirs)), most: IMPORT });
    Ok(())
}

/// Returns the CPU time of one run of the command, each on a new database.
fn each_into_a_new_database(runs: u32, command: impl Fn(&Path) -> Result<Command, Failure>) -> Result<f64, Failure> {
    let databases = (0..runs).map(|_| new_database()).collect::<Result<Vec<_>, _>>()?;
    let before = of_children()?;
    for database in &databases {
        cpu_time(&mut command(database.path())?, 1)?;
    }
    Ok((of_children()? - before) / f64::from(runs))
}

/// Makes an NSS database without a password, as Firefox and Chromium have it.
fn new_database() -> Result<TempDir, Failure> {
    let folder = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
    let mut command = Command::new("certutil");
    command.args(["-N", "--empty-password", "-d"]).arg(format!("sql:{}", folder.path().display()));
    succeed(&mut command)?;
    Ok(folder)
}

/// Makes a PKCS#12 file with a key and a certificate for clients.
fn make_file(folder: &Path) -> Result<PathBuf, Failure> {
    let [key, certificate, file] = ["key.pem", "certificate.pem", "certificate.p12"].map(|name| folder.join(name));
    let mut request = Command::new("openssl");
    request.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "365", "-subj", "/CN=hanakodt"]);
    request.args(["-addext", "extendedKeyUsage=clientAuth", "-keyout"]).arg(&key).arg("-out").arg(&certificate);
    succeed(&mut request)?;
    let mut export = Command::new("openssl");
    export.args(["pkcs12", "-export", "-name", "hanakodt", "-passout", &format!("pass:{PASSWORD}"), "-inkey"]);
    export.arg(&key).arg("-in").arg(&certificate).arg("-out").arg(&file);
    succeed(&mut export)?;
    Ok(file)
}

fn succeed(command: &mut Command) -> Result<(), Failure> {
    let output = process::collect(command, b"")?;
    match output.status.success() {
        true => Ok(()),
        false => Err(Failure::Answer {
            from: process::shown(command),
            answer: String::from_utf8_lossy(&output.stderr).into_owned(),
        }),
    }
}
