//! Standard output, standard error and the keyboard. Nothing else in this program prints, so that every line is
//! [`printable`]: `clippy.toml` of this crate refuses the other ways.

#![expect(clippy::disallowed_methods, reason = "the one place that prints")]

use std::io::{self, BufWriter, IsTerminal, Write};

use inkan_protocol::{json_text, printable, write_json};
use serde::Serialize;

/// Prints lines on standard output, and all of them, or says what was in the way.
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

/// Asks the person at the terminal for a line that everybody may see. `None` is the end of input.
pub(crate) fn ask(prompt: &str) -> io::Result<Option<String>> {
    let mut screen = io::stderr();
    if !screen.is_terminal() {
        // A question that nobody sees is not asked.
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

/// Returns whether a person sits at a terminal, who sees a question and can answer it.
pub(crate) fn person_is_there() -> bool {
    io::stdin().is_terminal()
}

/// Takes large pieces: standard output by itself writes a kilobyte at a time.
fn standard_output() -> impl Write {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}
