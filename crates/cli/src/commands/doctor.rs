use inkan_client::protocol::write_named_file;
use inkan_client::{Check, Error, Inkan, Level, RecentEvents, Remedy};

use crate::arguments::Doctor;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// Prints every check, and fails if a check found a problem. A store that does not open is such a problem.
pub(crate) fn run(command: &Doctor, inkan: &Inkan, events: &RecentEvents, output: &Output) -> Result<(), Failure> {
    let found = inkan.check_up(command.bank.as_deref())?;
    if let Some(file) = &command.report {
        let text = inkan.help_desk_report(&found, events);
        write_named_file(file, text).map_err(|_| Error::FileUnwritable(file.clone()))?;
        let file = file.display().to_string();
        output.aside_lines(|words| vec![words.with("doctor-report", &[("file", &file)])]);
    }
    output.result(&found, |words| {
        let verdict = if found.fit { words.text("doctor-fit") } else { words.text("doctor-unfit") };
        found.checks.iter().flat_map(|check| lines(check, words)).chain([verdict]).collect()
    });
    if found.fit { Ok(()) } else { Err(Failure::Unfit) }
}

pub(crate) fn lines(check: &Check, words: &Words) -> Vec<String> {
    let mark = match check.level {
        Level::Ok => "○",
        Level::Warning => "△",
        Level::Problem => "×",
    };
    let next = check.next.as_ref().map(|next| format!("  {}", words.with("problem-next", &[("next", next)])));
    let command = check.remedy.as_ref().map(|remedy| format!("  {}", command(remedy)));
    [format!("{mark} {}", check.title), format!("  {}", check.detail)].into_iter().chain(next).chain(command).collect()
}

/// Returns the command to type, which is the same in every language.
fn command(remedy: &Remedy) -> String {
    match remedy {
        Remedy::ChangePc { bank } => format!("inkan change-pc --bank {bank} --old-pc gone"),
        Remedy::Acquire { bank, user } => format!("inkan acquire --bank {bank} --user {user}"),
        Remedy::Renew { bank } => format!("inkan renew --bank {bank}"),
        Remedy::AddBank => "inkan bank add https://…".to_owned(),
    }
}
