use inkan_journeys::Way;

use crate::acquiring::{Acquiring, Left};

/// Cuts each way, at places spread over all that passes: TLS's handshake, the three requests, the three answers.
const CUTS: usize = 28;
/// Bytes by which a line that gets better holds longer each time: less than any one message.
const STEP: usize = 61;

/// What a person is told when the line breaks.
fn is_told(code: &str) {
    assert!(["bank_unreachable", "connection_refused"].contains(&code), "{code}");
}

/// How much passes each way in one acquisition.
fn measured(here: &mut Acquiring) -> [(Way, usize); 2] {
    here.line.mend();
    here.acquire(&[]).unwrap();
    let passed = [Way::ToBank, Way::FromBank].map(|way| (way, here.line.passed(way)));
    here.assert_whole();
    here.begin_again();
    passed
}

#[test]
fn a_line_cut_at_any_byte_is_mended_and_it_goes_on() {
    let mut here = Acquiring::begin();
    let mut cut = 0;
    for (way, length) in measured(&mut here) {
        for place in 0..CUTS {
            here.line.cut(way, place * length / CUTS);
            let outcome = here.acquire(&[]);
            // The TLS goodbye comes after the last answer, and nobody misses it.
            if let Err(code) = outcome {
                is_told(&code);
                cut += 1;
            }
            let left = here.left();
            here.line.mend();
            // Every now and then the bank goes down meanwhile.
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
    for way in [Way::ToBank, Way::FromBank] {
        let mut tries = 0;
        loop {
            here.line.cut(way, tries * STEP);
            tries += 1;
            match here.acquire(&[]) {
                Ok(_) => break,
                Err(code) => is_told(&code),
            }
            assert_ne!(here.left(), Left::End, "what told of a problem has not ended");
        }
        assert!(tries > 20, "{tries}");
        here.line.mend();
        here.assert_whole();
        here.begin_again();
    }
}
