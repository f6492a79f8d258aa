//! The steps of the UI on which no other step waits. They run beside the builds, which leave a core idle now and then.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};

use crate::failure::Failure;
use crate::process;
use crate::report::{self, Report, Tally};
use crate::ui;
use crate::ui_tests;
use crate::workspace;

/// The argument with which this program runs the steps.
pub(crate) const ARGUMENT: &str = "ui-steps";

/// The steps while they run in a process of their own, whose output is kept for the end.
#[derive(Debug)]
pub(crate) struct UiSteps {
    process: Child,
    output: PathBuf,
}

impl UiSteps {
    /// Begins the steps. The packages and the build of the UI must be there.
    ///
    /// # Errors
    /// This program cannot be started again, or the file of the output cannot be made.
    pub(crate) fn begin() -> Result<Self, Failure> {
        let output = workspace::target_directory()?.join("ui-steps.txt");
        let file = File::create(&output).map_err(Failure::file(&output))?;
        let errors = file.try_clone().map_err(Failure::file(&output))?;
        let mut command = Command::new(std::env::current_exe().map_err(Failure::file("the program"))?);
        command.arg(ARGUMENT).stdin(Stdio::null()).stdout(file).stderr(errors);
        let process = command.spawn().map_err(|cause| process::not_started(&command, cause))?;
        Ok(Self { process, output })
    }

    /// Waits for the end of the steps, prints their output, and counts their tests.
    ///
    /// # Errors
    /// A step failed.
    pub(crate) fn finish(mut self, tally: &mut Tally) -> Result<(), Failure> {
        let status = self.process.wait().map_err(Failure::file(&self.output))?;
        let text = std::fs::read(&self.output).map_err(Failure::file(&self.output))?;
        let text = String::from_utf8_lossy(&text);
        println!("{text}");
        *tally = text.trim_end().lines().next_back().and_then(Tally::read).unwrap_or_default();
        if status.success() {
            return Ok(());
        }
        let cause = Box::new(Failure::Ended { command: ARGUMENT.to_owned(), status });
        Err(Failure::Tests { cause, reasons: report::failures(&text).map(str::to_owned).collect() })
    }
}

/// Runs the steps, and counts them in a closing line.
pub(crate) fn run() -> ExitCode {
    let mut report = Report::default();
    report.check("UI lint", &[], || process::run(&mut ui::npm(&["run", "lint"])));
    report.check("UI types", &[], || process::run(&mut ui::npm(&["run", "check"])));
    report.tests("UI tests", &[], |tally| ui_tests::run("test", tally));
    report.tests("UI screens", &[], |tally| ui_tests::run("test:screens-built", tally));
    report.close()
}
