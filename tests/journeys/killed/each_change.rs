use std::os::unix::process::ExitStatusExt;

use inkan_journeys::{ProxyModule, Twist, output_of, softoken};

use crate::acquiring::Left::{Certificate, Key, NamedKey};
use crate::acquiring::{Acquiring, ended};

const SIGKILL: i32 = 9;

/// NSS makes the pair. The installation gives each half its last ID, writes the certificate, and gives each half its
/// label.
#[test]
fn killed_after_each_change_of_the_store_it_ends_the_same() {
    let mut here = Acquiring::begin();
    let mut left = Vec::new();
    for changes in 1.. {
        let proxy = ProxyModule::before(&softoken(), Twist::DieAfterChanging(changes));
        let output = output_of(here.start_with(proxy.directory()));
        if output.status.signal() != Some(SIGKILL) {
            ended(output).unwrap();
            break;
        }
        left.push(here.left());
        assert_eq!(here.acquire(&[]).unwrap()["resumed"], true);
        here.assert_whole();
        here.begin_again();
    }
    here.assert_whole();
    assert_eq!(left, [NamedKey, Key, Key, Certificate, Certificate, Certificate]);
}
