use inkan_client::protocol::{Notice, NoticeLine};
use inkan_client::{Error, Inkan, Session};

use crate::answers::Answers;
use crate::arguments::{Notices, NoticesAction};
use crate::commands::login::with_session;
use crate::commands::top_page;
use crate::dates::moment;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// Lists the notices of the top page, or opens one, which then counts as read (S1-19).
pub(crate) fn run(command: &Notices, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    with_session(&command.login, inkan, answers, output, |session| {
        let notices = session.top()?.notices;
        match &command.act {
            NoticesAction::List => output.result(&notices, |words| match notices.as_slice() {
                [] => vec![words.text("notices-none")],
                notices => top_page::notices(notices, words),
            }),
            NoticesAction::Read { notice: Some(typed) } => {
                let notice = session.notice(named(typed, &notices))?;
                output.result(&notice, |words| whole(&notice, words));
            }
            NoticesAction::Read { notice: None } => read_in_turn(notices, session, answers, output)?,
        }
        Ok(())
    })
}

/// Returns the ID of the notice that the user means by its ID or by its number in the list. The bank refuses any other
/// text.
fn named<'a>(typed: &'a str, notices: &'a [NoticeLine]) -> &'a str {
    let number = typed.parse::<usize>().ok().and_then(|number| notices.get(number.checked_sub(1)?));
    let same = notices.iter().find(|notice| notice.id == typed);
    same.or(number).map_or(typed, |notice| notice.id.as_str())
}

/// Opens the notices that the user at the terminal chooses, until the user chooses none.
fn read_in_turn(
    mut notices: Vec<NoticeLine>,
    session: &Session,
    answers: &Answers,
    output: &Output,
) -> Result<(), Failure> {
    if output.is_json() || !answers.can_ask() {
        return Err(Failure::Journey(Error::AnswerMissing("ID")));
    }
    let words = output.words();
    loop {
        output.tell(|words| top_page::notices(&notices, words));
        let Some(chosen) = answers.one_of(notices.len(), &words.text("notice-number"))? else {
            return Ok(());
        };
        let Some(line) = notices.get_mut(chosen) else { continue };
        let notice = session.notice(&line.id)?;
        line.unread = false;
        output.tell(|words| whole(&notice, words));
    }
}

fn whole(notice: &Notice, words: &Words) -> Vec<String> {
    let title = words.local(&notice.title).to_owned();
    let body = words.local(&notice.body).lines().map(|line| format!("  {line}"));
    let published = format!("  {}", moment(notice.published, words.language()));
    [title, published].into_iter().chain(body).collect()
}
