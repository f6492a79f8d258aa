//! A process finds what another process has left.

use std::process::Command;

use inkan_store::{CertificateId, DeletedKey, Identity, KeyAlgorithm, KeyId, Location, Protection};
use libtest_mimic::Trial;
use rcgen::KeyPair;
use rustls::version::TLS12;

use super::Shared;
use crate::contract::authority::Authority;
use crate::contract::handshake::greets;
use crate::contract::importing::rsa_key;
use crate::contract::personal;

/// The variable that is set for a process that only prints what it finds.
const ASKED: &str = "INKAN_STORE_ASKED";

/// Returns what another process finds in the store: one line for each certificate, with the protection of its key and
/// whether the key signs, and one line for each key without a certificate.
pub(crate) fn answers() -> bool {
    if std::env::var_os(ASKED).is_none() {
        return false;
    }
    let store = inkan_store::open(&Location::Native).unwrap();
    for row in store.certificates().unwrap() {
        let signs = store.certificate_key(&row.id).is_ok_and(|key| key.sign(key.schemes()[0], b"asked").is_ok());
        println!("{}", line(&row.id, row.protection, signs));
    }
    for id in store.orphan_keys().unwrap() {
        println!("{}", id.0);
    }
    true
}

pub(crate) fn cases(store: &Shared) -> Vec<Trial> {
    let with = |case: fn(&Shared)| {
        let store = store.clone();
        move || {
            case(&store);
            Ok(())
        }
    };
    vec![
        Trial::test("an_imported_identity_is_found_by_another_process", with(imported)),
        Trial::test("a_key_made_in_place_is_found_by_another_process", with(made)),
    ]
}

fn imported(store: &Shared) {
    let authority = Authority::new("Processes CA");
    let pair = KeyPair::try_from(rsa_key()).unwrap();
    let certificate = authority.issue_to(&pair, "processes");
    let chain = vec![authority.issue_authority("Processes middle"), authority.certificate.to_vec()];
    let identity = Identity::new(pair.serialize_der().into(), certificate.clone(), chain.clone()).unwrap();
    let id = store.import(&identity, "processes (データ花子)").unwrap();
    let named = (certificate.clone(), Some("processes (データ花子)".to_owned()));
    assert!(personal::contents("MY").contains(&named));

    assert!(another_process().contains(&line(&id, Some(Protection::Os), true)));
    greets(&authority, &certificate, store.certificate_key(&id).unwrap(), &TLS12);
    let known: Vec<Vec<u8>> = personal::contents("CA").into_iter().map(|(der, _)| der).collect();
    let kept: Vec<&Vec<u8>> = chain.iter().filter(|der| known.contains(der)).collect();
    assert_eq!(kept, [&chain[0]], "the root is not for us to keep");
    assert!(store.authorities().unwrap().contains(&chain[0]), "what is kept goes to servers");
    personal::erase("CA", &chain[0]);

    assert_eq!(store.delete(&id).unwrap().key, DeletedKey::Gone);
    let found = another_process();
    assert!(!found.iter().any(|line| line.contains(&id.0)), "{found:?}");
}

fn made(store: &Shared) {
    let authority = Authority::new("Place CA");
    let key = store.generate(KeyAlgorithm::Rsa2048, "in place").unwrap();
    assert!(another_process().contains(&key.id().0));
    let [first, second] = ["in place one", "in place two"].map(|name| {
        let certificate = authority.issue(key.as_ref(), name);
        (store.install(&certificate, name).unwrap(), certificate)
    });
    let found = another_process();
    assert!(found.contains(&line(&first.0, Some(store.protection()), true)), "{found:?}");
    assert!(!found.contains(&key.id().0));
    greets(&authority, &first.1, store.certificate_key(&first.0).unwrap(), &TLS12);

    assert_eq!(store.delete(&first.0).unwrap().key, DeletedKey::SharedWith(vec![second.0.clone()]));
    let found = another_process();
    assert!(found.contains(&line(&second.0, Some(store.protection()), true)), "{found:?}");
    assert!(!found.iter().any(|line| line.contains(&first.0.0)), "{found:?}");
    assert_eq!(store.delete(&second.0).unwrap().key, DeletedKey::Gone);
    let KeyId(key) = key.id();
    let found = another_process();
    assert!(!found.iter().any(|line| line.contains(&second.0.0) || line.contains(key)), "{found:?}");
}

fn line(id: &CertificateId, protection: Option<Protection>, signs: bool) -> String {
    format!("{id} {protection:?} {signs}")
}

fn another_process() -> Vec<String> {
    let output = Command::new(std::env::current_exe().unwrap()).env(ASKED, "1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| line.trim().to_owned()).collect()
}
