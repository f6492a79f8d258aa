//! Two processes change the data of one directory at the same time. No change is lost.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{env, io};

use inkan_client::protocol::Language;
use inkan_client::{CertificateId, HistoryEntry, Home, Inkan, Location, Proxy, Remembered, Settings};

/// The data directory, for a process that this test starts.
const DIRECTORY: &str = "INKAN_TEST_DIRECTORY";
/// The variable that says what such a process changes (`language` or `proxy`), and whether it is the first or the
/// second process.
const WRITER: &str = "INKAN_TEST_WRITER";
const CHANGES: usize = 200;
const WRITERS: [&str; 2] = ["first", "second"];

/// A process that has reported that it is ready. It begins to write when it receives a line.
struct Writer {
    process: Child,
}

impl Writer {
    fn start(what: &str, directory: &Path, name: &str) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args([what, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .env(DIRECTORY, directory)
            .env(WRITER, name)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().ends_with("ready")), "{name} is not ready");
        // What it prints afterwards is read until it ends.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process }
    }

    fn begin(&mut self) {
        self.process.stdin.as_mut().unwrap().write_all(b"begin\n").unwrap();
    }

    fn end(mut self) {
        assert!(self.process.wait().unwrap().success());
    }
}

/// Runs the test `what` in two processes at the same time.
fn in_two_processes(what: &str, directory: &Path) {
    let mut writers = WRITERS.map(|name| Writer::start(what, directory, name));
    writers.iter_mut().for_each(Writer::begin);
    writers.into_iter().for_each(Writer::end);
}

/// Reports that this process is ready, waits for the start, and returns its data directory and its name.
fn started() -> (Home, String) {
    let (directory, name) = (env::var(DIRECTORY).unwrap(), env::var(WRITER).unwrap());
    println!("ready");
    io::stdout().flush().unwrap();
    io::stdin().read_line(&mut String::new()).unwrap();
    (Home::at(directory), name)
}

fn inkan(home: &Home) -> Inkan {
    Inkan::new(home.clone(), &Location::Native, Language::En)
}

fn certificate(name: &str, number: usize) -> CertificateId {
    CertificateId(format!("{name}-{number}"))
}

fn choice(name: &str, number: usize) -> Remembered {
    let what = HistoryEntry::Used(format!("bank-{name}-{number}"));
    Remembered { what, certificate: certificate(name, number), name: None }
}

#[test]
#[ignore = "a part of two_processes_lose_no_setting"]
fn writes_settings() {
    let (home, name) = started();
    for number in 0..CHANGES {
        let even = number % 2 == 0;
        // Nobody else writes this setting: it is as this process left it, unless the other process wrote over it.
        let before = Settings::read(&home).unwrap();
        if name == WRITERS[0] {
            let language = if even { Language::Ja } else { Language::En };
            assert!(number == 0 || before.language.is_some_and(|kept| kept != language), "change {number} is lost");
            Settings::change(&home, |settings| settings.language = Some(language)).unwrap();
        } else {
            assert!(number == 0 || (before.proxy == Proxy::None) != even, "change {number} is lost");
            let proxy = if even { Proxy::None } else { Proxy::System };
            Settings::change(&home, |settings| settings.proxy = proxy).unwrap();
        }
    }
}

#[test]
#[ignore = "a part of two_processes_lose_nothing_of_the_history"]
fn writes_history() {
    let (home, name) = started();
    for number in 0..CHANGES {
        inkan(&home).note_revoked(&certificate(&name, number)).unwrap();
    }
}

#[test]
#[ignore = "a part of two_processes_lose_no_remembered_choice"]
fn writes_choices() {
    let (home, name) = started();
    for number in 0..CHANGES {
        inkan(&home).remember_again(&choice(&name, number)).unwrap();
    }
}

#[test]
fn two_processes_lose_no_setting() {
    let directory = tempfile::tempdir().unwrap();
    in_two_processes("writes_settings", directory.path());
    let kept = Settings::read(&Home::at(directory.path())).unwrap();
    assert_eq!((kept.language, kept.proxy), (Some(Language::En), Proxy::System));
}

#[test]
fn two_processes_lose_nothing_of_the_history() {
    let directory = tempfile::tempdir().unwrap();
    in_two_processes("writes_history", directory.path());
    let kept = inkan(&Home::at(directory.path())).remembered().unwrap();
    for (name, number) in WRITERS.iter().flat_map(|name| (0..CHANGES).map(move |number| (name, number))) {
        let id = certificate(name, number);
        assert!(kept.iter().any(|one| one.certificate == id && matches!(one.what, HistoryEntry::Refused(_))), "{id}");
    }
}

#[test]
fn two_processes_lose_no_remembered_choice() {
    let directory = tempfile::tempdir().unwrap();
    in_two_processes("writes_choices", directory.path());
    let kept = inkan(&Home::at(directory.path())).remembered().unwrap();
    for (name, number) in WRITERS.iter().flat_map(|name| (0..CHANGES).map(move |number| (name, number))) {
        let expected = choice(name, number);
        assert!(kept.iter().any(|one| one.what == expected.what && one.certificate == expected.certificate));
    }
}
