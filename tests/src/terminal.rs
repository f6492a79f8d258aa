use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use crate::{children, run};

/// A program in its own terminal, which util-linux's `script` makes. The terminal shows what is typed, passes it on
/// line by line, and turns Ctrl-C and Ctrl-\\ into signals. The program is killed when the value is dropped.
#[derive(Debug)]
pub struct Terminal {
    process: Child,
    keyboard: Option<ChildStdin>,
    screen: ChildStdout,
    shown: Vec<u8>,
    /// The length of the screen's text that earlier waits have passed.
    passed: usize,
}

impl Terminal {
    /// Starts the program with its arguments and environment.
    ///
    /// # Panics
    /// Panics if the program cannot be started.
    pub fn running(program: &Command) -> Self {
        Self::of_shell(&format!("exec {}", command_line(program)), program)
    }

    /// Starts the program below a shell. After the program has ended, the shell prints the settings of the terminal,
    /// and exits with the program's code.
    ///
    /// # Panics
    /// Panics if it cannot be started.
    pub fn running_below_a_shell(program: &Command) -> Self {
        let line = command_line(program);
        Self::of_shell(&format!("trap : INT QUIT; {line}; code=$?; stty -a; exit $code"), program)
    }

    fn of_shell(line: &str, program: &Command) -> Self {
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--command", line, "/dev/null"]).env("SHELL", "/bin/sh");
        script.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        script.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = script.spawn().expect("script, of util-linux");
        let keyboard = process.stdin.take();
        let screen = process.stdout.take().expect("standard output is piped");
        Self { process, keyboard, screen, shown: Vec::new(), passed: 0 }
    }

    /// Reads until the screen shows `text` after the text that the last wait found.
    ///
    /// # Panics
    /// Panics if the program ends without showing the text.
    pub fn wait_for(&mut self, text: &str) {
        let new = self.shown.get(self.passed..).unwrap_or_default();
        if let Some(at) = new.windows(text.len()).position(|shown| shown == text.as_bytes()) {
            self.passed += at + text.len();
            return;
        }
        let mut byte = [0];
        // The text was not on the screen before, so it can only be at the end.
        loop {
            let read = self.screen.read(&mut byte).expect("the screen is read");
            assert_eq!(read, 1, "no {text:?} in {}", String::from_utf8_lossy(&self.shown));
            self.shown.extend(byte);
            if self.shown.get(self.passed..).is_some_and(|new| new.ends_with(text.as_bytes())) {
                self.passed = self.shown.len();
                return;
            }
        }
    }

    /// Presses keys: `\r` is Enter, `\u{3}` is Ctrl-C, `\u{4}` is Ctrl-D, and `\u{1c}` is Ctrl-\\.
    ///
    /// # Panics
    /// Panics if the program does not read them.
    pub fn press(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().expect("a keyboard until the end");
        keyboard.write_all(keys.as_bytes()).and_then(|()| keyboard.flush()).expect("keys are taken");
    }

    /// Returns what the screen has shown until now.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.shown).into_owned()
    }

    /// Sends the program a signal, such as `TERM` or `HUP`.
    ///
    /// # Panics
    /// Panics if the program has ended.
    pub fn signal(&self, name: &str) {
        let program = children(self.process.id()).pop().expect("the program runs").to_string();
        assert!(run("kill", [format!("-{name}"), program]).status.success());
    }

    /// Closes the terminal's window.
    ///
    /// # Panics
    /// Panics if the terminal has ended by itself.
    pub fn close(mut self) {
        self.process.kill().and_then(|()| self.process.wait()).expect("the terminal is open");
    }

    /// Waits for the end, and returns everything that the screen has shown.
    ///
    /// # Panics
    /// Panics if the screen cannot be read.
    pub fn end(mut self) -> (ExitStatus, String) {
        self.screen.read_to_end(&mut self.shown).expect("the screen is read");
        drop(self.keyboard.take());
        let status = self.process.wait().expect("script ends");
        (status, String::from_utf8_lossy(&self.shown).into_owned())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command_line(program: &Command) -> String {
    let words = std::iter::once(program.get_program()).chain(program.get_args());
    let quoted: Vec<String> = words.map(|word| quoted(word.to_str().expect("UTF-8"))).collect();
    quoted.join(" ")
}

fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
