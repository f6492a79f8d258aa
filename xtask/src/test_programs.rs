//! Runs the test programs of the workspace side by side. Many of them wait more than they compute, for a server that
//! stays silent or for a page that is painted.

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use serde_json::Value;

use crate::failure::Failure;
use crate::process;
use crate::workspace::cargo;

/// How many programs run at a time. Each runs as many tests at a time as there are processors.
const AT_A_TIME: usize = 2;
/// The programs that take longest, the longest first. They start first, so that none of them is left alone at the end.
const LONGEST: [&str; 4] = ["window", "journeys", "causes", "killed"];

/// A test program, and the folder of its package, in which it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TestProgram {
    pub(crate) folder: PathBuf,
    pub(crate) path: PathBuf,
}

impl TestProgram {
    /// Returns the name of the program, without the hash that Cargo adds.
    fn name(&self) -> &str {
        let stem = self.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        stem.rsplit_once('-').map_or(stem, |(name, _)| name)
    }
}

/// Builds the test programs that `cargo test` with these arguments would run, and returns them.
///
/// # Errors
/// [`Failure::Ended`] if Cargo cannot build them.
pub(crate) fn build(arguments: &[&str]) -> Result<Vec<TestProgram>, Failure> {
    let arguments = [&["test"], arguments, &["--no-run"]].concat();
    process::run(&mut cargo(&arguments))?;
    let built = process::collect(&mut cargo(&[&arguments[..], &["--message-format=json"]].concat()), b"")?;
    Ok(named(&String::from_utf8_lossy(&built.stdout)))
}

/// Writes a list that [`run_listed`] reads, the programs that take longest first.
///
/// # Errors
/// [`Failure::File`] if the file cannot be written.
pub(crate) fn list(mut programs: Vec<TestProgram>, file: &Path) -> Result<(), Failure> {
    programs.sort_by_key(|program| LONGEST.iter().position(|name| *name == program.name()).unwrap_or(LONGEST.len()));
    let lines = programs.iter().map(|program| format!("{}\t{}\n", program.folder.display(), program.path.display()));
    fs::write(file, lines.collect::<String>()).map_err(Failure::file(file))
}

/// Runs the programs of a list, and prints what each has written when it ends.
///
/// # Errors
/// [`Failure::Findings`] with the programs that failed; [`Failure::File`] if the list cannot be read.
pub(crate) fn run_listed(list: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(list).map_err(Failure::file(list))?;
    let programs: Vec<TestProgram> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(folder, path)| TestProgram { folder: folder.into(), path: path.into() })
        .collect();
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failure) = run(program)
                        && let Ok(mut failed) = failed.lock()
                    {
                        failed.push(format!("{}: {failure}", program.name()));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_default();
    if failed.is_empty() { Ok(()) } else { Err(Failure::Findings(failed)) }
}

fn run(program: &TestProgram) -> Result<(), Failure> {
    let started = Instant::now();
    let mut output = tempfile::tempfile().map_err(Failure::file(std::env::temp_dir()))?;
    let both = |file: &File| file.try_clone().map(Stdio::from).map_err(Failure::file(&program.path));
    let mut command = Command::new(&program.path);
    command.current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder);
    command.stdin(Stdio::null()).stdout(both(&output)?).stderr(both(&output)?);
    let status = command.status().map_err(|cause| process::not_started(&command, cause))?;
    let mut written = Vec::new();
    output.rewind().and_then(|()| output.read_to_end(&mut written)).map_err(Failure::file(&program.path))?;
    let mut out = std::io::stdout().lock();
    let head = format!("\n     Ran {} in {:.1} s\n", program.name(), started.elapsed().as_secs_f64());
    // If the output is closed, no reader is left to tell.
    let _ = out.write_all(head.as_bytes()).and_then(|()| out.write_all(&written));
    if status.success() { Ok(()) } else { Err(Failure::Ended { command: process::shown(&command), status }) }
}

/// Returns the test programs that Cargo's messages name. The programs that they test are built, too, and left out.
fn named(messages: &str) -> Vec<TestProgram> {
    let program = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["profile"]["test"].as_bool().filter(|test| *test)?;
        let folder = Path::new(message["manifest_path"].as_str()?).parent()?.to_owned();
        Some(TestProgram { folder, path: PathBuf::from(message["executable"].as_str()?) })
    };
    messages.lines().filter_map(program).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(folder: &str, path: &str) -> TestProgram {
        TestProgram { folder: folder.into(), path: path.into() }
    }

    #[test]
    fn test_programs_are_read_from_cargos_messages() {
        let artifact = |folder: &str, test: bool, executable: &str| {
            let (manifest, profile) = (format!("{folder}/Cargo.toml"), serde_json::json!({ "test": test }));
            serde_json::json!({"manifest_path": manifest, "profile": profile, "executable": executable}).to_string()
        };
        let library = r#"{"manifest_path": "/b/Cargo.toml", "profile": {"test": true}, "executable": null}"#.to_owned();
        let lines = [artifact("/a", true, "/t/x-1"), artifact("/a", false, "/t/inkan"), library, "not JSON".to_owned()];
        assert_eq!(named(&lines.join("\n")), [program("/a", "/t/x-1")]);
    }

    #[cfg(unix)]
    #[test]
    fn every_listed_program_runs_in_its_folder_and_each_failure_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list");
        let here = folder.path().display().to_string();
        let programs = ["/bin/true", "/bin/pwd", "/bin/false"].map(|path| program(&here, path));
        list(programs.to_vec(), &file).unwrap();
        let Err(Failure::Findings(failed)) = run_listed(&file) else { panic!("one program fails") };
        assert_eq!(failed.len(), 1);
        assert!(failed[0].starts_with("false: "), "{failed:?}");
        list(programs[..2].to_vec(), &file).unwrap();
        run_listed(&file).unwrap();
    }

    #[test]
    fn the_longest_programs_start_first() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list");
        let programs = ["/t/probe-1", "/t/causes-2", "/t/window-3"].map(|path| program("/a", path));
        list(programs.to_vec(), &file).unwrap();
        let order = std::fs::read_to_string(&file).unwrap();
        assert_eq!(order, "/a\t/t/window-3\n/a\t/t/causes-2\n/a\t/t/probe-1\n");
    }
}
