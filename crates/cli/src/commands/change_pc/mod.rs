mod questions;
mod report;
mod walk;

use inkan_client::Inkan;

use crate::answers::Answers;
use crate::arguments::{ChangePcOptions, ThisPc};
use crate::commands::migration_steps::{self, StepText, Whose};
use crate::failure::Failure;
use crate::output::Output;
use questions::{asked, possible};
use report::{Report, lines};
use walk::{Known, Walk};

pub(crate) fn run(options: &ChangePcOptions, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
    let profile = inkan.bank(&options.bank)?.profile;
    let words = output.words();
    possible(options, words)?;
    answers.ask_as(&profile, words);
    let asked = asked(options, &profile, answers, words)?;
    let plan = profile.migration_plan(&asked);
    let bank = options.bank.as_str();
    output.tell(|words| {
        let whose = Whose { asked: &asked, profile: &profile, bank, user: options.user.as_deref() };
        let texts = migration_steps::texts(&plan.steps, &whose, words);
        let steps = texts.iter().zip(1..).flat_map(|(step, number)| migration_steps::lines(number, step, words));
        let old_pc = migration_steps::old_pc_at_hand(&asked, words);
        let alone = plan.alone.then(|| words.text("migration-alone"));
        std::iter::once(words.text("migration-title")).chain(steps).chain(old_pc).chain(alone).collect()
    });
    let done = vec![Known::Left; plan.steps.len()];
    let (form, none_here, here_before, here, old) = (None, false, false, None, Vec::new());
    let mut walk =
        Walk { options, inkan, answers, output, profile, asked, plan, done, form, none_here, here_before, here, old };
    let user = walk.user()?;
    let fit = match walk.this_pc(user.as_deref())? {
        ThisPc::New => walk.on_the_new_pc(user.clone())?,
        ThisPc::Old => walk.on_the_old_pc(user.as_deref())?,
    };
    let whose = Whose { asked: &walk.asked, profile: &walk.profile, bank, user: user.as_deref() };
    let texts = migration_steps::texts(&walk.plan.steps, &whose, words);
    let old_pc = migration_steps::old_pc_at_hand(&walk.asked, words);
    let steps = |known| -> Vec<StepText> {
        texts.iter().zip(&walk.done).filter(|(_, own)| **own == known).map(|(step, _)| step.clone()).collect()
    };
    let (done, left, unknown) = (steps(Known::Done), steps(Known::Left), steps(Known::Unknown));
    let none_here = walk.none_here.then(|| walk.no_certificate_here(user.as_deref()));
    let user = user.unwrap_or_default();
    let named = walk.here.as_deref().unwrap_or(&user);
    let here_before = walk.here_before.then(|| words.with("migration-here-before", &[("user", named)]));
    let report = Report {
        done,
        left,
        unknown,
        plan: texts,
        form: walk.form,
        none_here: walk.none_here,
        here_before: walk.here_before,
        old: walk.old,
    };
    output.result(&report, |words| {
        none_here.into_iter().chain(here_before).chain(lines(&report, words)).chain(old_pc).collect()
    });
    if fit { Ok(()) } else { Err(Failure::Unfit) }
}
