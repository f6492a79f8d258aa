use std::process::{Command, ExitCode};

use crate::audit;
use crate::cycles;
use crate::gates;
use crate::links;
use crate::macos;
use crate::process;
use crate::report::Report;
use crate::rules;
use crate::rust_tests;
use crate::seeds;
use crate::setup;
use crate::terminal_journey;
use crate::ui;
use crate::ui_steps::UiSteps;
use crate::windows;
use crate::workspace::{self, CLIPPY_ARGUMENTS, WORKSPACE_WRAPPER, cargo};

const UI_PACKAGES: &str = "UI packages";
const UI_BUILD: &str = "UI build";
const MACOS_TOOLCHAIN: &str = "toolchain for macOS";
const WINDOWS_TOOLCHAIN: &str = "toolchain for Windows, and Wine";
const WINDOWS_BUILD: &str = "build for Windows";
const BUILD: &str = "build";
const CYCLES: &str = "import cycles";
const LINKS: &str = "links of the pages";

/// Runs only the gates.
pub(crate) fn gates() -> ExitCode {
    let mut report = Report::default();
    report.check(CYCLES, &[], cycles::check);
    report.check(LINKS, &[], links::check);
    report.check(UI_PACKAGES, &[], ui::install_packages);
    report.check(UI_BUILD, &[UI_PACKAGES], ui::build_if_stale);
    check_gates(&mut report, UI_BUILD);
    report.close()
}

/// Runs the gates that build, or that need their own tool. The shell embeds the UI, so it needs the build of the UI.
fn check_gates(report: &mut Report, ui_build: &'static str) {
    report.check("licences, bans and sources", &[], gates::licences);
    report.check("unused dependencies", &[], gates::unused_dependencies);
    report.check("documentation", &[ui_build], gates::documentation);
    report.check("fuzz targets", &[], gates::fuzz_targets);
}

/// Runs every check and every test. If a step fails, the steps that do not need it still run.
pub(crate) fn test() -> ExitCode {
    let mut report = Report::default();
    report.check("system packages", &[], setup::system_packages_of_the_tests);
    report.check("Rust components", &[], setup::rust_components);
    report.check(UI_PACKAGES, &[], ui::install_packages);

    report.check("format", &[], || process::run(&mut cargo(&["fmt", "--all", "--check"])));
    report.check("rules of the house", &[], audit::audit);
    report.check("rules that tests cite", &[], rules::rules);
    report.check("lines of the manuals", &[], seeds::seeds);
    report.check(CYCLES, &[], cycles::check);
    report.check(LINKS, &[], links::check);

    report.check(UI_BUILD, &[UI_PACKAGES], ui::build);
    let ui_steps = UiSteps::begin();

    if !compiles_with_clippy() {
        report.check("clippy", &[UI_BUILD], || {
            process::run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        });
    }
    report.check(BUILD, &[UI_BUILD], || {
        // Without xtask: some systems cannot replace a running program.
        process::run(&mut cargo(&["build", "--workspace", "--all-targets", "--exclude", "xtask"]))
    });
    check_gates(&mut report, UI_BUILD);
    // On other systems, the checks of that system itself say more.
    if cfg!(target_os = "linux") {
        report.check(MACOS_TOOLCHAIN, &[], macos::install);
        report.check("clippy for macOS", &[MACOS_TOOLCHAIN, UI_BUILD], macos::check);
        report.check(WINDOWS_TOOLCHAIN, &[], windows::install);
        report.check("clippy for Windows", &[WINDOWS_TOOLCHAIN, UI_BUILD], windows::check);
        report.tests("the store of Windows under Wine", &[WINDOWS_TOOLCHAIN], windows::test);
        report.check(WINDOWS_BUILD, &[WINDOWS_TOOLCHAIN, UI_BUILD], windows::build);
        report.check("the command line under Wine", &[WINDOWS_BUILD], windows::list);
    }
    // The tests of Rust need both cores.
    report.tests("the steps of the UI", &[UI_BUILD], |tally| ui_steps?.finish(tally));
    report.check("bindings", &[BUILD], || {
        process::run(Command::new(workspace::program("export-bindings")?).arg("--check").current_dir(workspace::root()))
    });
    report.tests("Rust tests", &[BUILD], rust_tests::run);
    if cfg!(target_os = "linux") {
        report.tests("the bank on PostgreSQL", &[BUILD], rust_tests::run_on_postgres);
    }
    report.check("the journey in the terminal", &[BUILD], || terminal_journey::walk(&workspace::target_directory()?));
    report.close()
}

/// Returns whether every build of this run compiles the workspace with Clippy and denies warnings, as `.ci/run` makes
/// it do. A separate check would compile all libraries twice.
fn compiles_with_clippy() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set(WORKSPACE_WRAPPER) && set(CLIPPY_ARGUMENTS)
}
