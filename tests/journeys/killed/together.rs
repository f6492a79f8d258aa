use std::net::TcpListener;

use inkan_journeys::output_of;

use crate::acquiring::{Acquiring, ended};

#[test]
fn two_at_once_are_told_apart_and_the_dead_do_not_hold_the_living() {
    let mut here = Acquiring::begin();
    // The bank is silent, so a client that talks to it is in the middle of an acquisition.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    here.line.turn_to(&silent.local_addr().unwrap().to_string());
    let mut first = here.start(&[]);
    let held = silent.accept().unwrap();
    assert_eq!(here.acquire(&[]).unwrap_err(), "acquisition_running");
    assert_eq!(here.acquire(&["--resume"]).unwrap_err(), "acquisition_running");
    first.kill().unwrap();
    first.wait().unwrap();
    drop(held);
    here.line.turn_to(here.bank.portal());
    here.acquire(&[]).unwrap();
    here.assert_whole();
    here.begin_again();

    // If both begin at the same moment, at least one succeeds, and the other reports why it did not.
    for _ in 0..5 {
        let both = [here.start(&[]), here.start(&[])];
        let outcomes = both.map(|process| ended(output_of(process)));
        assert!(outcomes.iter().any(Result::is_ok), "{outcomes:?}");
        for code in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            // The second one may have begun after the end of the first.
            assert!(["acquisition_running", "certificate_already_issued"].contains(&code.as_str()), "{code}");
        }
        here.assert_whole();
        here.begin_again();
    }
}
