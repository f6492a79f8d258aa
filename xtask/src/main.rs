//! The commands for developers.
//!
//! `cargo xtask run` runs Inkan against the demo bank; `cargo xtask test` runs every check and every test. Both set up
//! what they need first.

mod answer;
mod audit;
mod bank;
mod bench;
mod citations;
mod cross;
mod cycles;
mod failed_tests;
mod failure;
mod gallery;
mod gates;
mod inkan;
mod interrupt;
mod links;
mod macos;
mod modules;
mod mutants;
mod narration;
mod native;
mod nss;
mod packages;
mod process;
mod quick_check;
mod report;
mod rules;
mod run;
mod rust_tests;
mod rust_text;
mod screens;
mod setup;
mod source;
mod terminal_journey;
mod test;
mod tools;
mod top_page;
mod ui;
mod ui_tests;
mod window;
mod windows;
mod wine;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [--terminal]   the demo bank, and the window on it; without a display (or with --terminal) the same
                               journey in the terminal
cargo xtask bench              what has a bound in speed, measured; slow is no failure
cargo xtask check              within minutes: format, lints, types, and the unit tests of what changed since main
cargo xtask gates              licences, unused dependencies, documentation, fuzz targets, links, import cycles
cargo xtask cycles             the files of a crate that import each other
cargo xtask macos              types and lints of what is written for macOS, checked on Linux
cargo xtask windows            build, lints and tests of what is written for Windows, run under Wine on Linux
cargo xtask mutants [AREA]     whether tests notice a changed rule: profile, rules, choosing, pkcs12, or all
cargo xtask native             lints and tests of what runs on this system itself, with its own store
cargo xtask rules              the rules of docs/rules.md that no test cites
cargo xtask screens            every screen in every look, laid out in target/screens/index.html, and the README's pictures
cargo xtask test               every check and every test, with a closing line that counts them";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["run"] => run::run(run::Where::AsFits),
        ["run", "--terminal"] => run::run(run::Where::Terminal),
        ["cycles"] => cycles::check(),
        ["check"] => return quick_check::check(),
        ["gates"] => return test::gates(),
        ["mutants"] => mutants::mutants(None),
        ["mutants", area] => mutants::mutants(Some(area)),
        ["bench"] => bench::bench(),
        ["macos"] => macos::check_alone(),
        ["windows"] => windows::check_alone(),
        ["rules"] => rules::rules(),
        ["screens"] => screens::screens(),
        ["native"] => return native::test(),
        ["test"] => return test::test(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
