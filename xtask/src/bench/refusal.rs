use std::process::{Command, Stdio};

use super::cpu_time::median;
use super::table::{Row, Table};
use crate::bank::DemoBank;
use crate::failure::Failure;
use crate::process;
use crate::workspace::cargo;

/// The number of attempts with each ID: one fewer than the number that locks it.
const TRIES: usize = 5;
/// IDs of the demo, and the same number of IDs that do not exist.
const IDS: [[&str; 4]; 2] =
    [["hanakodt", "ichirodt", "jirodt", "shirodt"], ["gorodt", "rokurodt", "nanadt", "hachidt"]];

/// Compares how long the bank takes to refuse a wrong password and an unknown ID. The times should not differ.
pub(super) fn measure(table: &mut Table) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "-p", "inkan-bank"]))?;
    let folder = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
    let bank = DemoBank::start(folder.path())?;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..TRIES {
        for number in 0..IDS[0].len() {
            for (kind, ids) in times.iter_mut().zip(IDS) {
                kind.push(refused(&bank, ids[number])?);
            }
        }
    }
    let [wrong, unknown] = times.map(median);
    let what = format!("login refused for an unknown ID, and for a wrong password, median of {}", TRIES * IDS[0].len());
    // The times differ by the noise of one request.
    table.add(Row {
        name: "refusal",
        what,
        unit: "s",
        ours: unknown,
        peer: Some(("wrong password", wrong)),
        most: 1.1,
    });
    Ok(())
}

/// Returns the seconds from the first byte sent to the last byte received, without the handshake.
fn refused(bank: &DemoBank, id: &str) -> Result<f64, Failure> {
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--output", "/dev/null", "--write-out", "%{http_code} %{time_appconnect} %{time_total}"])
        .arg("--cacert")
        .arg(&bank.ca)
        .args(["--json", &format!(r#"{{"user":"{id}","login_password":"Wrong1234"}}"#)])
        .arg(format!("{}/v1/sessions", bank.portal))
        .stdin(Stdio::null());
    let output = curl.output().map_err(|cause| process::not_started(&curl, cause))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let parts: Vec<&str> = said.split(' ').collect();
    match parts[..] {
        ["401", begun, ended] => match (begun.parse::<f64>(), ended.parse::<f64>()) {
            (Ok(begun), Ok(ended)) => Ok(ended - begun),
            _ => Err(Failure::Answer { from: "curl".into(), answer: said }),
        },
        _ => Err(Failure::Answer { from: "curl".into(), answer: said }),
    }
}
