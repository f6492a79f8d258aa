//! The commands for developers.
//!
//! `cargo xtask run` runs Inkan with the demo bank. `cargo xtask test` runs every check and every test. Both first
//! install what they need.

mod answer;
mod audit;
mod bank;
mod bench;
mod campaign;
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
mod seeds;
mod setup;
mod source;
mod terminal_journey;
mod test;
mod test_programs;
mod tools;
mod top_page;
mod ui;
mod ui_steps;
mod ui_tests;
mod window;
mod windows;
mod wine;
mod workspace;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [--terminal]   starts the demo bank, and opens the window on it; with --terminal, or without a display,
                               walks the same journey in the terminal
cargo xtask bench [ROW…]       measures everything that has a bound in speed, or some rows (also bank, commands,
                               window), and writes them to bench.json in Cargo's output; a slow result is not a
                               failure; --small only shows that the measurements work
cargo xtask campaign [--minutes N]
                               attacks real processes of the bank, for ten minutes or N, while honest clients use
                               them, and prints what was tried and what held
cargo xtask check              runs the quick checks: format, lints, types, and the unit tests of what changed since main
cargo xtask gates              checks licences, unused dependencies, documentation, fuzz targets, links, import cycles
cargo xtask cycles             names the files of a crate that import each other
cargo xtask macos              checks types and lints of the code for macOS, on Linux
cargo xtask windows            builds, lints and tests the code for Windows, under Wine on Linux
cargo xtask mutants [AREA]     counts how many changes of the code the tests notice; areas: profile, rules, choosing,
                               pkcs12; without AREA all of them
cargo xtask native             lints and tests what runs on this system itself, with its own store
cargo xtask rules              names the rules of docs/rules.md that no test cites, and what is wrong with the table of
                               the manuals, docs/seeds.md
cargo xtask screens            takes a picture of every screen in every look, lays the pictures out in
                               target/screens/index.html, and renews those of the README
cargo xtask test               runs every check and every test, and counts them in a closing line";

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
        ["bench", ref rows @ ..] => bench::bench(rows),
        ["campaign"] => campaign::campaign(None),
        ["campaign", "--minutes", minutes] => campaign::campaign(Some(minutes)),
        ["macos"] => macos::check_alone(),
        ["windows"] => windows::check_alone(),
        ["rules"] => rules::rules().and(seeds::seeds()),
        ["screens"] => screens::screens(),
        ["native"] => return native::test(),
        ["test"] => return test::test(),
        // Runs beside the other steps of `test`.
        [ui_steps::ARGUMENT] => return ui_steps::run(),
        // Runs within the display and the bus that `test` makes.
        ["test-programs", list] => test_programs::run_listed(Path::new(list)),
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
