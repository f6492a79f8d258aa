//! A bank that is hostile or broken: a server of EST and of a bank's document, and a client with a real NSS database.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod est_server;
mod issued_certificates;
mod login_host;
mod scene;

use inkan_client::Location;
use libtest_mimic::{Arguments, Failed, Trial};

/// A test, on the client's store.
type Test = fn(&Location);

/// Each test, by its name. All share one store, since a process can have only one NSS database open.
const TESTS: [(&str, Test); 5] = [
    ("s1_2_no_wrong_certificate_is_acquired", issued_certificates::no_wrong_certificate_is_acquired),
    ("m3_no_wrong_certificate_replaces_an_old_one", issued_certificates::no_wrong_certificate_replaces_an_old_one),
    (
        "a_wrong_clock_of_this_pc_refuses_no_right_certificate",
        issued_certificates::a_wrong_clock_of_this_pc_refuses_no_right_certificate,
    ),
    (
        "a_certificate_by_a_new_key_of_the_ca_is_right",
        issued_certificates::a_certificate_by_a_new_key_of_the_ca_is_right,
    ),
    (
        "another_host_for_the_login_is_used_only_if_the_user_agrees",
        login_host::another_host_for_the_login_is_used_only_if_the_user_agrees,
    ),
];

fn main() {
    let arguments = Arguments::from_args();
    let directory = tempfile::tempdir().unwrap();
    let store = Location::Nss(directory.path().to_owned());
    let trial = |(name, test): (&str, Test)| {
        let store = store.clone();
        Trial::test(name, move || {
            test(&store);
            Ok::<(), Failed>(())
        })
    };
    let conclusion = libtest_mimic::run(&arguments, TESTS.map(trial).into());
    drop(directory);
    conclusion.exit();
}
