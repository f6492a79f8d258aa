use inkan_journeys::Direction;

use crate::acquiring::{Acquiring, Left};

/// The number of interruptions in each direction, spread over all bytes that pass: the TLS handshake, the three
/// requests and the three answers.
const CUTS: usize = 28;
/// The number of bytes by which each later interruption comes. Every message has more bytes.
const STEP: usize = 61;

/// Asserts that the code is one that an interrupted connection causes.
fn is_told(code: &str) {
    assert!(["bank_unreachable", "connection_refused"].contains(&code), "{code}");
}

/// Returns how many bytes pass in each direction in one acquisition.
fn measured(here: &mut Acquiring) -> [(Direction, usize); 2] {
    here.line.mend();
    here.acquire(&[]).unwrap();
    let passed = [Direction::ToBank, Direction::FromBank].map(|direction| (direction, here.line.passed(direction)));
    here.assert_whole();
    here.begin_again();
    passed
}

#[test]
fn a_line_cut_at_any_byte_is_mended_and_it_goes_on() {
    let mut here = Acquiring::begin();
    let mut cut = 0;
    for (direction, length) in measured(&mut here) {
        for place in 0..CUTS {
            here.line.cut(direction, place * length / CUTS);
            let outcome = here.acquire(&[]);
            // The close of TLS comes after the last answer, and is not needed.
            if let Err(code) = outcome {
                is_told(&code);
                cut += 1;
            }
            let left = here.left();
            here.line.mend();
            // At every fourth place the bank restarts too.
            if place % 4 == 0 {
                here.restart_bank();
            }
            if left != Left::End {
                let resumed = here.acquire(&[]).unwrap()["resumed"].take();
                assert_eq!(resumed, left != Left::Nothing, "{left:?}");
            }
            here.assert_whole();
            here.begin_again();
        }
    }
    assert!(cut > CUTS, "{cut} of {} runs were cut", 2 * CUTS);
}

#[test]
fn a_line_that_holds_a_little_longer_each_time_leads_to_the_end() {
    let mut here = Acquiring::begin();
    for direction in [Direction::ToBank, Direction::FromBank] {
        let mut tries = 0;
        loop {
            here.line.cut(direction, tries * STEP);
            tries += 1;
            match here.acquire(&[]) {
                Ok(_) => break,
                Err(code) => is_told(&code),
            }
            assert_ne!(here.left(), Left::End, "a run that reported a problem has not ended");
        }
        assert!(tries > 20, "{tries}");
        here.line.mend();
        here.assert_whole();
        here.begin_again();
    }
}
