//! Prints the script by which a shell completes the command line.

use crate::arguments::{self, Completions};
use crate::output::Output;

/// Prints the script. It is a text for a shell, also with `--json`.
pub(crate) fn run(command: &Completions, output: &Output) {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut arguments::command(output.words()), "inkan", &mut script);
    output.own_text(&String::from_utf8_lossy(&script));
}

#[cfg(test)]
mod tests {
    use clap_complete::Shell;
    use inkan_client::protocol::Language;

    use super::*;
    use crate::words::Words;

    fn script(shell: Shell) -> String {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut arguments::command(&Words::of(Language::Ja)), "inkan", &mut script);
        String::from_utf8(script).unwrap()
    }

    #[test]
    fn each_shell_completes_commands_and_options() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
            let script = script(shell);
            for word in ["change-pc", "certificates", "revoke", "entrance"] {
                assert!(script.contains(word), "{word} for {shell}");
            }
        }
    }

    #[test]
    #[cfg(unix)]
    fn bash_itself_completes_with_the_script() {
        use std::io::Write;
        use std::process::{Command, Stdio};

        let typed = "
            COMP_WORDS=(inkan certificates im); COMP_CWORD=2; _inkan inkan im certificates; echo ${COMPREPLY[@]}
            COMP_WORDS=(inkan acquire --key ''); COMP_CWORD=3; _inkan inkan '' --key; echo ${COMPREPLY[@]}
        ";
        let mut bash = Command::new("bash").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        bash.stdin.take().unwrap().write_all([&script(Shell::Bash), typed].concat().as_bytes()).unwrap();
        let said = String::from_utf8(bash.wait_with_output().unwrap().stdout).unwrap();
        assert_eq!(said, "import\nec-p256 rsa-2048\n");
    }
}
