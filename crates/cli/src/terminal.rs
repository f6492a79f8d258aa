//! Asks at the terminal for text that the terminal does not show.

use std::io;

use inkan_client::protocol::{Secret, printable};

/// Shows `prompt` and returns the line that is typed. The terminal does not show the line. Ctrl-C and similar keys end
/// this program as any signal does.
///
/// # Errors
/// [`io::ErrorKind::UnexpectedEof`] if the input has ended; otherwise the error of the system.
pub(crate) fn ask_hidden(prompt: &str) -> io::Result<Secret> {
    system::ask_hidden(&printable(prompt))
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io::{self, Read, Write};

    use inkan_client::protocol::Secret;
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
    use zeroize::Zeroizing;

    /// The greatest length of a secret that a user types, in bytes.
    const LONGEST: usize = 4096;

    pub(super) fn ask_hidden(prompt: &str) -> io::Result<Secret> {
        let terminal = File::options().read(true).write(true).open("/dev/tty")?;
        // The terminal hides its input before the question is seen, so that nothing typed after the question is shown.
        let hidden = Hidden::on(&terminal)?;
        (&terminal).write_all(format!("{prompt}: ").as_bytes())?;
        let line = line(&terminal);
        if line.is_err() {
            // The user has typed no line end, so the next output must begin a new line.
            let _ = (&terminal).write_all(b"\n");
        }
        drop(hidden);
        line
    }

    /// A terminal that shows only the line end of what is typed, and passes its input line by line. The settings are
    /// restored when this value is dropped.
    struct Hidden<'a> {
        terminal: &'a File,
        found: Termios,
    }

    impl<'a> Hidden<'a> {
        fn on(terminal: &'a File) -> io::Result<Self> {
            let found = tcgetattr(terminal)?;
            let mut hiding = found.clone();
            hiding.local_modes.remove(LocalModes::ECHO);
            hiding.local_modes.insert(LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
            // If the program could be suspended here, it would leave the terminal in this state.
            hiding.special_codes[SpecialCodeIndex::VSUSP] = 0;
            tcsetattr(terminal, OptionalActions::Now, &hiding)?;
            Ok(Self { terminal, found })
        }
    }

    impl Drop for Hidden<'_> {
        fn drop(&mut self) {
            // A terminal that was closed meanwhile needs no settings.
            let _ = tcsetattr(self.terminal, OptionalActions::Now, &self.found);
        }
    }

    /// Reads a line into a buffer that never grows, so that no copy of the line is left in memory.
    fn line(mut terminal: impl Read) -> io::Result<Secret> {
        let mut line = Zeroizing::new([0; LONGEST]);
        let mut length = 0;
        while !line[..length].ends_with(b"\n") {
            if length == LONGEST {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            match terminal.read(&mut line[length..]) {
                Ok(0) if length == 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let text = std::str::from_utf8(&line[..length]).map_err(|_| io::ErrorKind::InvalidData)?;
        Ok(Secret::from(text.trim_end_matches(['\n', '\r']).to_owned()))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_line_ends_at_its_end_and_no_line_is_the_end_of_input() {
            let typed = |text: &[u8]| line(text).map(|secret| secret.expose().to_owned());
            assert_eq!(typed("はなこ\n".as_bytes()).unwrap(), "はなこ");
            assert_eq!(typed(b"\n").unwrap(), "");
            assert_eq!(typed(b"half").unwrap(), "half");
            assert_eq!(typed(b"").unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
            assert_eq!(typed(&[b'a'; LONGEST + 1]).unwrap_err().kind(), io::ErrorKind::InvalidInput);
            assert_eq!(typed(b"\xff\n").unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;

    use inkan_client::protocol::Secret;

    use crate::signals;

    #[expect(clippy::disallowed_methods, reason = "the only function that asks for hidden input")]
    pub(super) fn ask_hidden(prompt: &str) -> io::Result<Secret> {
        match rpassword::prompt_password(format!("{prompt}: ")) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => signals::given_up(),
            typed => typed.map(Secret::from),
        }
    }
}
