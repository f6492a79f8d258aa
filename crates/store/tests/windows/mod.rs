//! Tests that apply only to the store of Windows.

mod processes;

use std::process::ExitCode;
use std::sync::Arc;

use inkan_store::{CertificateId, CertificateStore, KeyAlgorithm, Location, StoreError};
use libtest_mimic::Trial;

use crate::contract::{ALGORITHMS, Behind, Subject, cases, personal};

/// The variable that is set under Wine. Wine stores no CNG keys, so it supports neither EC nor PSS.
const WINE: &str = "INKAN_STORE_WINE";

pub(crate) fn main() -> ExitCode {
    if processes::answers() {
        return ExitCode::SUCCESS;
    }
    let arguments = libtest_mimic::Arguments::from_args();
    let wine = std::env::var_os(WINE).is_some();
    let store = inkan_store::open(&Location::Native).unwrap();
    let before = contents(store.as_ref());
    let subject = Subject {
        store: store.clone(),
        location: Location::Native,
        pin: None,
        behind: Behind::Personal,
        algorithms: if wine { &[KeyAlgorithm::Rsa2048] } else { ALGORITHMS },
        pss: !wine,
        takes_keys: true,
    };
    let mut trials = cases(subject);
    trials.extend(processes::cases(&store));
    if wine {
        let store = store.clone();
        trials.push(Trial::test("without_cng_there_is_no_ec_key", move || {
            let refused = store.generate(KeyAlgorithm::EcP256, "none");
            assert!(matches!(refused, Err(StoreError::Refused { .. })), "{refused:?}");
            Ok(())
        }));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    let after = contents(store.as_ref());
    if conclusion.has_failed() {
        return ExitCode::FAILURE;
    }
    assert_eq!(after, before, "every case clears up after it");
    ExitCode::SUCCESS
}

/// Returns everything that a test may leave: certificates of the user and of CAs, and keys without a certificate.
fn contents(store: &dyn CertificateStore) -> [Vec<String>; 3] {
    let ids = |store| personal::contents(store).iter().map(|(der, _)| CertificateId::of(der).0).collect();
    let keys = store.orphan_keys().unwrap().into_iter().map(|id| id.0).collect();
    let mut all = [ids("MY"), ids("CA"), keys];
    all.iter_mut().for_each(|part: &mut Vec<String>| part.sort());
    all
}

type Shared = Arc<dyn CertificateStore>;
