use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgGroup, Args, Command, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use inkan_client::Location;
use inkan_client::profile::Day;
use inkan_client::protocol::Language;

use crate::words::Words;

/// The command line. Its help comes from the catalogue: see [`command`].
#[derive(Debug, Parser)]
#[command(name = "inkan", version, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) answers: Option<PathBuf>,
    #[arg(long, global = true, env = "INKAN_STORE")]
    pub(crate) store: Option<Location>,
    #[arg(long, global = true, value_name = "ja|en", value_parser = ["ja", "en"])]
    pub(crate) lang: Option<String>,
    #[arg(long, global = true, env = "INKAN_HOME", hide = true)]
    pub(crate) home: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    #[command(subcommand)]
    Bank(Bank),
    Certificates(Certificates),
    Acquire(Acquire),
    Renew(Renew),
    Login(LoginOptions),
    Users(Users),
    Token(Token),
    Sessions(Sessions),
    Notices(Notices),
    Probe(Probe),
    Doctor(Doctor),
    #[command(subcommand)]
    Settings(Settings),
    #[command(name = "change-pc")]
    ChangePc(ChangePcOptions),
    Completions(Completions),
    Manual(Manual),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bank {
    Add {
        #[arg(value_name = "URL")]
        address: String,
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
        #[arg(long, value_name = "HOST", conflicts_with = "site")]
        login_host: Option<String>,
        #[arg(long)]
        site: bool,
    },
    List,
    Open {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "ID")]
        certificate: Option<String>,
    },
    Remove {
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Certificates {
    #[command(subcommand)]
    pub(crate) act: Option<CertificatesAction>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CertificatesAction {
    List {
        #[arg(long, value_name = "NAME")]
        bank: Option<String>,
        #[arg(long, value_name = "ENTRANCE", requires = "bank")]
        entrance: Option<String>,
    },
    Show {
        #[arg(value_name = "ID")]
        certificate: String,
    },
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long = "key", value_name = "N|ID", allow_hyphen_values = true)]
        file_key: Option<String>,
        #[arg(long)]
        preview: bool,
        #[arg(long)]
        accept_unprotected: bool,
    },
    Delete {
        #[arg(value_name = "ID", required = true)]
        certificates: Vec<String>,
        #[arg(long)]
        yes: bool,
    },
    Clean {
        #[arg(long)]
        yes: bool,
    },
    Status,
    Forget {
        #[arg(long, value_name = "NAME")]
        bank: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Acquire {
    #[arg(long, value_name = "NAME")]
    pub(crate) bank: String,
    #[arg(long, value_name = "ID")]
    pub(crate) user: String,
    #[arg(long, value_name = "ec-p256|rsa-2048", value_parser = ["ec-p256", "rsa-2048"], default_value = "ec-p256")]
    pub(crate) key: String,
    #[arg(long, conflicts_with = "key")]
    pub(crate) resume: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Renew {
    #[arg(long, value_name = "NAME")]
    pub(crate) bank: String,
    #[arg(long, value_name = "ID")]
    pub(crate) certificate: Option<String>,
    #[arg(long)]
    pub(crate) delete_old: bool,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("who").args(["certificate", "user"]))]
pub(crate) struct LoginOptions {
    #[arg(long, value_name = "NAME")]
    pub(crate) bank: String,
    #[arg(long, value_name = "ENTRANCE")]
    pub(crate) entrance: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) certificate: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) user: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Users {
    #[command(flatten)]
    pub(crate) login: LoginOptions,
    #[command(subcommand)]
    pub(crate) act: UsersAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UsersAction {
    List,
    Show {
        #[arg(value_name = "ID")]
        subject: String,
    },
    #[command(group = ArgGroup::new("act").args(["keep", "reissue", "revoke"]).required(true))]
    Certificate {
        #[arg(value_name = "ID")]
        subject: String,
        #[arg(long)]
        keep: bool,
        #[arg(long)]
        reissue: bool,
        #[arg(long)]
        revoke: bool,
        #[arg(id = "knowingly", long = "yes")]
        knowingly: bool,
    },
    Edit(Edit),
    Unlock {
        #[arg(value_name = "ID")]
        subject: String,
        #[arg(long, value_name = "login|confirmation", value_parser = ["login", "confirmation"])]
        password: Vec<String>,
    },
    Freeze {
        #[arg(id = "knowingly", long = "yes")]
        knowingly: bool,
    },
}

/// The fields of a user to change. A field whose option is not given stays as it is.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    #[arg(value_name = "ID")]
    pub(crate) subject: String,
    #[arg(id = "person_name", long = "name", value_name = "NAME")]
    pub(crate) person_name: Option<String>,
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Option<String>,
    #[arg(long, value_name = "yes|no")]
    pub(crate) forced_change: Option<YesNo>,
    #[arg(long, value_name = "yes|no")]
    pub(crate) single_transfer: Option<YesNo>,
    #[arg(long, value_name = "N")]
    pub(crate) transfer_limit: Option<u32>,
    #[arg(long, value_name = "DAYS")]
    pub(crate) change_period: Option<u32>,
    #[arg(long, value_name = "DAYS")]
    pub(crate) alarm_period: Option<u32>,
    #[arg(long, value_name = "CODE", num_args = 0..)]
    pub(crate) company: Option<Vec<String>>,
    #[arg(id = "certificate_act", long = "certificate", value_name = "keep|reissue|revoke")]
    pub(crate) certificate_act: Option<CertificateChange>,
    #[arg(long)]
    pub(crate) passwords: bool,
    #[arg(id = "knowingly", long = "yes")]
    pub(crate) knowingly: bool,
}

/// The value of an option: yes (はい) or no (いいえ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNo {
    Yes,
    No,
}

/// What an administrator does with a certificate (S3-6, S4-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CertificateChange {
    Keep,
    Reissue,
    Revoke,
}

#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) login: LoginOptions,
    #[command(subcommand)]
    pub(crate) act: TokenAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenAction {
    Show,
    Activate,
    Skip,
    Resync,
    List {
        #[arg(long, value_name = "DATE", value_parser = Day::typed)]
        expires_by: Option<Day>,
    },
    Revoke {
        #[arg(value_name = "ID", required = true)]
        subjects: Vec<String>,
        #[arg(id = "knowingly", long = "yes")]
        knowingly: bool,
    },
    Unlock {
        #[arg(value_name = "ID")]
        subject: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Sessions {
    #[command(flatten)]
    pub(crate) login: LoginOptions,
    #[command(subcommand)]
    pub(crate) act: SessionsAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SessionsAction {
    List,
    End {
        #[arg(value_name = "ID", required_unless_present = "others")]
        session: Option<String>,
        #[arg(long, conflicts_with = "session")]
        others: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Notices {
    #[command(flatten)]
    pub(crate) login: LoginOptions,
    #[command(subcommand)]
    pub(crate) act: NoticesAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NoticesAction {
    List,
    Read {
        #[arg(value_name = "N|ID")]
        notice: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ChangePcOptions {
    #[arg(long, value_name = "NAME")]
    pub(crate) bank: String,
    #[arg(long, value_name = "certificate|id-password")]
    pub(crate) method: Option<Method>,
    #[arg(id = "own_role", long = "role", value_name = "ROLE")]
    pub(crate) role: Option<String>,
    #[arg(long, value_name = "works|gone")]
    pub(crate) old_pc: Option<OldPc>,
    #[arg(long, value_name = "yes|no")]
    pub(crate) other_administrator: Option<YesNo>,
    #[arg(long, value_name = "new|old")]
    pub(crate) this_pc: Option<ThisPc>,
    #[arg(long, value_name = "ID")]
    pub(crate) user: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) certificate: Option<String>,
    #[arg(id = "paper", long = "form", value_name = "FILE")]
    pub(crate) form: Option<PathBuf>,
    #[arg(id = "knowingly", long = "yes")]
    pub(crate) yes: bool,
}

/// How the person logs in (S0-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Method {
    Certificate,
    IdPassword,
}

/// Whether the old PC still opens the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OldPc {
    Works,
    Gone,
}

/// Which of the two PCs the command runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThisPc {
    New,
    Old,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[arg(long, value_name = "NAME")]
    pub(crate) bank: Option<String>,
    #[arg(id = "help_desk", long = "report", value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Settings {
    Show,
    #[command(group = ArgGroup::new("which_proxy").args(["system", "manual", "none"]).required(true))]
    Proxy {
        #[arg(long)]
        system: bool,
        #[arg(long, value_name = "HOST:PORT")]
        manual: Option<String>,
        #[arg(id = "none", long = "none")]
        no_proxy: bool,
        #[arg(long, value_name = "NAME", requires = "manual")]
        proxy_user: Option<String>,
        #[arg(long, value_name = "HOSTS", requires = "manual")]
        except: Option<String>,
    },
    Store {
        #[arg(id = "location", value_name = "STORE")]
        location: Location,
    },
    Forget {
        #[arg(id = "number", value_name = "N")]
        number: usize,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Probe {
    #[arg(value_name = "URL")]
    pub(crate) address: String,
    #[arg(long, value_name = "ID")]
    pub(crate) certificate: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Manual {
    #[arg(value_name = "DIR")]
    pub(crate) directory: PathBuf,
    #[arg(long)]
    pub(crate) markdown: bool,
}

/// Returns the definition of the command line, with its help in the user's language.
pub(crate) fn command(words: &Words) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = Arguments::command().bin_name("inkan").disable_version_flag(true).arg(version);
    explain(command, "inkan", words)
}

/// Returns the language of `--lang`, or else the system's language, or else Japanese. It is read before the command
/// line is parsed, because the help itself depends on it.
pub(crate) fn language_wanted() -> Language {
    let arguments: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let given = arguments
        .iter()
        .enumerate()
        .find_map(|(at, word)| match word.strip_prefix("--lang")? {
            "" => arguments.get(at + 1).cloned(),
            rest => rest.strip_prefix('=').map(str::to_owned),
        })
        .and_then(|tag| Language::preferred(&tag));
    let system =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    given.or_else(|| Language::preferred(&system?)).unwrap_or_default()
}

/// Returns a heading of the help. clap needs a heading that is never freed. The program builds one command line, so
/// each heading is made once.
fn heading(id: &str, words: &Words) -> &'static str {
    words.text(id).leak()
}

fn explain(command: Command, path: &str, words: &Words) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}", words.text("help-usage"));
    let command = command.help_template(template).subcommand_help_heading(heading("help-commands", words));
    let (positional, optional) = (heading("help-arguments", words), heading("help-options", words));
    let mut command = command.about(words.text(&format!("help-{path}"))).mut_args(|argument| {
        let help = words.text(&format!("argument-{}", argument.get_id()));
        let heading = if argument.is_positional() { positional } else { optional };
        // The words, and the names of the values, say what can be given.
        let takes_value = argument.get_action().takes_values();
        argument.help(help).help_heading(heading).hide_possible_values(takes_value).hide_env(takes_value)
    });
    command = command.disable_help_subcommand(true).disable_help_flag(true).arg(
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help(words.text("argument-help"))
            .help_heading(optional),
    );
    for name in names {
        let below = format!("{path}-{name}");
        command = command.mut_subcommand(name, |sub| explain(sub, &below, words));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &Command, path: &str, words: &Words) {
        assert!(words.has(&format!("help-{path}")), "help-{path}");
        for argument in command.get_arguments() {
            assert!(words.has(&format!("argument-{}", argument.get_id())), "argument-{}", argument.get_id());
        }
        for sub in command.get_subcommands() {
            check(sub, &format!("{path}-{}", sub.get_name()), words);
        }
    }

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        for language in Language::ALL {
            let words = Words::of(language);
            let command = command(&words);
            command.clone().debug_assert();
            check(&command, "inkan", &words);
        }
    }

    #[test]
    fn a_certificate_act_is_one_of_three() {
        let parse = |words: &[&str]| Arguments::try_parse_from(words).is_ok();
        assert!(parse(&["inkan", "users", "--bank", "b", "--user", "u", "certificate", "x", "--revoke"]));
        assert!(!parse(&["inkan", "users", "--bank", "b", "--user", "u", "certificate", "x"]));
        assert!(!parse(&["inkan", "users", "--bank", "b", "--user", "u", "certificate", "x", "--revoke", "--keep"]));
        assert!(!parse(&["inkan", "login", "--bank", "b", "--user", "u", "--certificate", "c"]));
    }
}
