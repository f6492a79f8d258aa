//! Runs other programs. No secret is passed as an argument, so a command may be printed.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::failure::Failure;

/// Prints the command, and runs it. It has the output of this process and no input.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    println!("$ {}", shown(command));
    let status = command.stdin(Stdio::null()).status().map_err(|cause| not_started(command, cause))?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { command: shown(command), status }) }
}

/// Runs the command as [`run`] does, and passes on each line of its standard output.
pub(crate) fn run_reading(command: &mut Command, mut line: impl FnMut(&str)) -> Result<(), Failure> {
    println!("$ {}", shown(command));
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|cause| not_started(command, cause))?;
    if let Some(output) = child.stdout.take() {
        // Split as bytes: a test may print text that is not UTF-8.
        for bytes in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&bytes);
            println!("{text}");
            line(&text);
        }
    }
    let status = child.wait().map_err(|cause| not_started(command, cause))?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { command: shown(command), status }) }
}

/// Runs the command silently, with `input`, and collects its output.
pub(crate) fn collect(command: &mut Command, input: &[u8]) -> Result<Output, Failure> {
    let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
    let mut child = command
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| not_started(command, cause))?;
    if let Some(mut pipe) = child.stdin.take() {
        // A program that ends without reading breaks the pipe. Its status and output then say more than the broken
        // pipe.
        let _ = pipe.write_all(input);
    }
    child.wait_with_output().map_err(|cause| not_started(command, cause))
}

/// Returns whether the program can be run and succeeds.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    collect(Command::new(program).args(arguments), b"").is_ok_and(|output| output.status.success())
}

/// Returns the program and its arguments as a person would type them.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    std::iter::once(program.file_stem().unwrap_or(program.as_os_str()))
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            if word.is_empty() || word.contains(' ') { format!("'{word}'") } else { word.into_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the failure of a command that did not start.
pub(crate) fn not_started(command: &Command, cause: std::io::Error) -> Failure {
    Failure::NotStarted { program: command.get_program().to_string_lossy().into_owned(), cause }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_typed() {
        assert_eq!(
            shown(Command::new("/usr/bin/certutil").args(["-L", "-d", "sql:my dir"])),
            "certutil -L -d 'sql:my dir'"
        );
    }

    #[test]
    fn each_line_is_handed_over_and_the_status_kept() {
        let mut lines = Vec::new();
        let failed = run_reading(Command::new("sh").args(["-c", "echo one; echo two; exit 3"]), |line| {
            lines.push(line.to_owned());
        });
        assert_eq!(lines, ["one", "two"]);
        assert!(matches!(failed, Err(Failure::Ended { status, .. }) if status.code() == Some(3)));
    }

    #[test]
    fn input_reaches_the_program() {
        assert_eq!(collect(&mut Command::new("cat"), b"secret").unwrap().stdout, b"secret");
        assert!(!succeeds("sh", &["-c", "exit 1"]));
        assert!(matches!(collect(&mut Command::new("no-such-program"), b""), Err(Failure::NotStarted { .. })));
    }
}
