//! Standard output, standard error and the keyboard. No other file of this program prints, so that every line is
//! [`printable`]. `clippy.toml` of this crate forbids the other functions that print.

#![expect(clippy::disallowed_methods, reason = "the only file that prints")]

use std::io::{self, BufWriter, IsTerminal, Write};

use inkan_protocol::{json_text, printable, write_json};
use serde::Serialize;

/// Prints lines on standard output. Returns an error unless all lines were printed.
pub(crate) fn print_lines(lines: &[String]) -> io::Result<()> {
    let mut output = standard_output();
    for line in lines {
        writeln!(output, "{}", printable(line))?;
    }
    output.flush()
}

/// Prints one JSON value on standard output.
pub(crate) fn print_json<T: Serialize + ?Sized>(value: &T) -> io::Result<()> {
    let mut output = standard_output();
    write_json(&mut output, value)?;
    writeln!(output)?;
    output.flush()
}

/// Prints a line on standard error. A failure to print cannot be reported.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(line));
}

/// Prints one JSON value on standard error.
pub(crate) fn tell_json<T: Serialize + ?Sized>(value: &T) {
    if let Ok(json) = json_text(value) {
        tell(&json);
    }
}

/// Asks the user at the terminal for a line, which the terminal shows. `None` means the end of the input.
pub(crate) fn ask(prompt: &str) -> io::Result<Option<String>> {
    let mut screen = io::stderr();
    if !screen.is_terminal() {
        // A question that the user cannot see is not asked.
        return Ok(None);
    }
    write!(screen, "{} ", printable(prompt))?;
    screen.flush()?;
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line)?;
    if read == 0 {
        writeln!(screen)?;
    }
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Returns whether a user at a terminal can see and answer a question.
pub(crate) fn person_is_there() -> bool {
    io::stdin().is_terminal()
}

/// Returns standard output with a large buffer. By itself, standard output writes a kilobyte at a time.
fn standard_output() -> impl Write {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}
