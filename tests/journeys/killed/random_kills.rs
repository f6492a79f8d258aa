use std::collections::BTreeMap;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use inkan_journeys::output_of;

use crate::acquiring::{Acquiring, Left, ended};

/// The number of processes that are killed during an acquisition.
const KILLS: usize = 200;
/// The number of banks that are killed during an acquisition.
const BANK_KILLS: usize = 20;

/// Returns a generator with the seed of `INKAN_SEED`, or with a new seed that it prints. The same seed repeats a
/// failure.
fn random() -> StdRng {
    let seed = std::env::var("INKAN_SEED").ok().map_or_else(rand::random, |seed| seed.parse().unwrap());
    println!("INKAN_SEED={seed}");
    StdRng::seed_from_u64(seed)
}

/// Returns how long a whole acquisition usually takes on this machine.
fn duration(here: &mut Acquiring) -> Duration {
    let mut runs = [(); 3].map(|()| {
        let begin = Instant::now();
        here.acquire(&[]).unwrap();
        let took = begin.elapsed();
        here.assert_whole();
        here.begin_again();
        took
    });
    runs.sort();
    runs[1]
}

/// Kills the process, and returns whether it was still running.
fn kill(mut process: Child) -> bool {
    let running = process.try_wait().unwrap().is_none();
    process.kill().unwrap();
    let output = output_of(process);
    if !running || output.status.code().is_some() {
        ended(output).unwrap();
        return false;
    }
    true
}

#[test]
fn killed_at_random_moments_it_ends_with_one_certificate_and_one_key() {
    let mut random = random();
    let mut here = Acquiring::begin();
    let whole = duration(&mut here);
    let begin = Instant::now();
    let (mut kills, mut rounds) = (0, 0);
    let mut found: BTreeMap<Left, usize> = BTreeMap::new();
    while kills < KILLS {
        for _ in 0..random.random_range(1..=3) {
            let process = here.start(&[]);
            // This waits for no event: the moment of the kill is random.
            thread::sleep(whole.mul_f64(random.random()));
            let killed = kill(process);
            let left = here.left();
            if killed {
                kills += 1;
                *found.entry(left).or_default() += 1;
            }
            if left == Left::End {
                break;
            }
        }
        here.go_on();
        here.assert_whole();
        here.begin_again();
        rounds += 1;
    }
    println!("{kills} kills in {rounds} acquisitions of {whole:?} each, {:?} in all: {found:?}", begin.elapsed());
}

#[test]
fn its_bank_killed_at_random_moments_it_ends_the_same() {
    let mut random = random();
    let mut here = Acquiring::begin();
    let whole = duration(&mut here);
    for _ in 0..BANK_KILLS {
        let process = here.start(&[]);
        thread::sleep(whole.mul_f64(random.random()));
        here.restart_bank();
        if let Err(code) = ended(output_of(process)) {
            assert!(["bank_unreachable", "connection_refused"].contains(&code.as_str()), "{code}");
        }
        here.go_on();
        here.assert_whole();
        here.begin_again();
    }
}
