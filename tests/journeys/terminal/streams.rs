//! Tests a standard output that ends early, is full, or is closed.

use std::fs::OpenOptions;
use std::io::Read;
use std::process::{Command, Stdio};

use inkan_journeys::{Authority, Bank, Pc, VALID};

use super::inkan;

/// Makes a PC with a certificate.
fn pc() -> Pc {
    let (pc, authority) = (Pc::new(), Authority::new("A stranger"));
    pc.inkan(&["certificates"], None).done();
    pc.take_in(&authority.client("hanakodt", VALID));
    pc
}

fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

#[test]
fn a_reader_that_leaves_is_no_fault() {
    let pc = pc();
    for arguments in [&["certificates", "list"][..], &["--json", "certificates", "list"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = inkan(&pc, "ja", arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(ended.status.code(), Some(0), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.is_empty(), "{arguments:?}: {ended:?}");
    }
}

#[test]
fn a_full_disk_fails_and_says_so() {
    let pc = pc();
    let commands: &[&[&str]] = &[
        &["certificates", "list"],
        &["--json", "certificates", "list"],
        &["--json", "bank", "remove", "none"],
        &["settings", "show"],
        &["doctor"],
        &["--help"],
        &["--version"],
    ];
    for arguments in commands {
        for (language, words) in [("ja", "結果を書き出せませんでした"), ("en", "could not be written")] {
            let ended = inkan(&pc, language, arguments).stdout(full()).stderr(Stdio::piped()).output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            assert_eq!(ended.status.code(), Some(1), "{arguments:?}: {said}");
            assert!(said.contains(words) || arguments[0].starts_with("--json"), "{arguments:?}: {said}");
            assert!(said.contains("output_unwritable") || arguments[0] == "--help" || arguments[0] == "--version");
        }
    }
}

/// No command panics if its output is closed.
#[test]
fn closed_streams_end_no_command_by_a_panic() {
    let pc = pc();
    let program = inkan(&pc, "ja", &["certificates", "list"]);
    let words: Vec<String> = std::iter::once(program.get_program())
        .chain(program.get_args())
        .map(|word| format!("'{}'", word.to_str().unwrap()))
        .collect();
    for closing in [">&-", "2>&-", ">&- 2>&-", "2>/dev/full", "<&-"] {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{} {closing}", words.join(" "))]).env("INKAN_HOME", pc.home());
        let ended = shell.stdout(Stdio::null()).status().unwrap();
        assert!(ended.code().is_some_and(|code| code <= 1), "{closing}: {ended}");
    }
}

/// A pipe that closes during a session ends the session all the same (S1-15).
#[test]
fn s1_15_a_pipe_that_closes_logs_out() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let answers = pc.home().join("answers.json");
    std::fs::write(&answers, bank.answers("ichirodt").to_string()).unwrap();
    for (times, arguments) in [
        &["login", "--bank", "okmate", "--user", "ichirodt"][..],
        &["users", "--bank", "okmate", "--user", "ichirodt", "list"],
    ]
    .into_iter()
    .enumerate()
    {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut command = inkan(&pc, "ja", arguments);
        let mut process = command.arg("--answers").arg(&answers).stdout(writer).spawn().unwrap();
        drop(command);
        // The reader takes one byte or nothing, and ends.
        let _ = reader.read(&mut [0; 1]).unwrap();
        drop(reader);
        assert_eq!(process.wait().unwrap().code(), Some(0));
        assert_eq!(bank.logouts("ichirodt"), times + 1);
    }
}
