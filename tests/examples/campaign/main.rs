//! The adversary's suite: attacks real processes of `inkan-bank` while honest clients use them, and prints for each
//! attack what was tried and whether the bank held.
//!
//! `campaign MINUTES` attacks a bank on SQLite and, if PostgreSQL is installed, two instances of a bank on one
//! database. The attacks share the time. Each attack ends what it has begun, so that a short run takes longer than
//! MINUTES. The exit code is 1 if something did not hold. If `INKAN_CAMPAIGN_LOGS` names a folder, the logs of the banks
//! are copied there.

mod administration;
mod attacked_bank;
mod clock_jumps;
mod floods;
mod full_disk;
mod honest_clients;
mod kills;
mod memory;
mod mutations;
mod pauses;
mod postgres;
mod report;
mod samples;
mod shifted_clock;
mod slow_peers;
mod subjects;
mod visitor;
mod withheld_bodies;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use attacked_bank::{AttackedBank, Disturbance};
use honest_clients::HonestClients;
use inkan_journeys::FillingDisk;
use report::{Outcome, Report};

/// The attacks on one bank that share the time equally. A kill restarts the bank, so that the kills come first: the
/// memory at the end is that of a process which all other attacks have met.
const SHARES: u32 = 7;

fn main() -> ExitCode {
    let minutes: Option<f64> = std::env::args().nth(1).and_then(|minutes| minutes.parse().ok());
    let Some(minutes) = minutes.filter(|minutes| (0.0..=1_440.0).contains(minutes)) else {
        eprintln!("campaign MINUTES");
        return ExitCode::from(2);
    };
    attacked_bank::allow_many_open_files();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
    if runtime.block_on(campaign(Duration::from_secs_f64(minutes * 60.0))) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs every attack, and returns whether the banks held.
async fn campaign(time: Duration) -> bool {
    let mut report = Report::default();
    let clusters = postgres::Cluster::start();
    let banks = if clusters.is_some() { 2 } else { 1 };
    let each = time / (banks * SHARES + 2);

    attack(&mut report, AttackedBank::on_sqlite("SQLite", Disturbance::None), each).await;
    match clusters {
        Some(cluster) => attack(&mut report, AttackedBank::on_postgres(cluster), each).await,
        None => println!("skipped PostgreSQL is not installed"),
    }

    let disk = FillingDisk::new();
    let mut bank = AttackedBank::on_sqlite("SQLite", Disturbance::Variables(disk.variables()));
    report.tell(bank.name, "full disk", full_disk::attack(&mut bank, &disk, Instant::now() + each).await);
    report.tell(bank.name, "full disk: the bank after it", bank.verdict());
    let mut bank = AttackedBank::on_sqlite("SQLite", Disturbance::Clock);
    report.tell(bank.name, "clock jumps", clock_jumps::attack(&mut bank, Instant::now() + each).await);
    report.tell(bank.name, "clock jumps: the bank after them", bank.verdict());
    report.end()
}

/// Runs every attack on one bank, with honest clients throughout.
async fn attack(report: &mut Report, mut bank: AttackedBank, each: Duration) {
    let subjects = subjects::Subjects::at(&bank).await;
    let honest = HonestClients::at(&bank).await;
    let name = bank.name;
    macro_rules! tell {
        ($attack:literal, $outcome:expr) => {{
            let outcome: Outcome = $outcome;
            report.tell(name, $attack, outcome);
            report.tell(name, concat!("honest clients during ", $attack), honest.outcome().await);
        }};
    }
    let until = || Instant::now() + each;
    tell!("kills", kills::attack(&mut bank, &subjects, &honest, until()).await);
    if bank.has_a_database_server() {
        tell!("pauses of the database", pauses::attack(&mut bank, &honest, until()).await);
    }
    tell!("withheld bodies", withheld_bodies::attack(&bank, &subjects).await);
    tell!("mutated requests", mutations::attack(&bank, &subjects, until()).await);
    tell!("slow peers", slow_peers::attack(&bank, until()).await);
    tell!("flood of connections", floods::of_connections(&bank, until()).await);
    tell!("flood of logins", floods::of_logins(&bank, until()).await);
    honest.end().await;
    report.tell(name, "memory", memory::at_the_end(&bank));
    report.tell(name, "the bank after the attacks", bank.verdict());
}
