//! What takes an NSS database, or an environment, of its own. A process can have one database, so each case is played
//! by a process of its own: this program again, told by [`ROLE`] which.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use inkan_store::{
    CertificateStore, DeletedKey, KeyAlgorithm, Location, PinQuestion, PinSource, PrivateKey, Protection, StoreError,
    certification_request, open, open_with,
};
use libtest_mimic::Trial;
use secrecy::SecretString;

const ROLE: &str = "INKAN_STORE_ROLE";
const DIRECTORY: &str = "INKAN_STORE_DIRECTORY";
const PASSWORD: &str = "correct horse";

type Case = (&'static str, fn(&Path));

const CASES: &[Case] = &[
    ("certutil_sees_the_same", certutil_sees_the_same),
    ("a_new_database_is_private", a_new_database_is_private),
    ("a_process_has_one_database", a_process_has_one_database),
    ("a_password_locks_keys_and_not_the_list", a_password_locks_keys_and_not_the_list),
    ("a_wrong_password_locks", a_wrong_password_locks),
    ("what_cannot_be_a_database_is_unavailable", what_cannot_be_a_database_is_unavailable),
    ("the_native_store_is_chromiums", the_native_store_is_chromiums),
    ("the_native_store_stays_where_it_was", the_native_store_stays_where_it_was),
    ("the_native_store_follows_xdg", the_native_store_follows_xdg),
];

fn main() {
    if let Ok(role) = std::env::var(ROLE) {
        let (_, case) = CASES.iter().find(|(name, _)| *name == role).unwrap();
        return case(&PathBuf::from(std::env::var_os(DIRECTORY).unwrap()));
    }
    let trials = CASES.iter().map(|(name, _)| Trial::test(*name, move || play(name))).collect();
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), trials).exit();
}

fn play(role: &str) -> Result<(), libtest_mimic::Failed> {
    let directory = tempfile::tempdir().unwrap();
    let home = directory.path().join("home");
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(ROLE, role).env(DIRECTORY, directory.path()).env("HOME", &home).env_remove("XDG_DATA_HOME");
    if role == "the_native_store_follows_xdg" {
        command.env("XDG_DATA_HOME", directory.path().join("data"));
    }
    let output = command.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into()) }
}

/// Trust `u,u,u` means that NSS has joined certificate and key. Each `certutil` is a new process.
fn certutil_sees_the_same(directory: &Path) {
    let store = open(&Location::Nss(directory.into())).unwrap();
    let name = "データ花子 (オーケー銀行)";
    let key = store.generate(KeyAlgorithm::EcP256, "unfinished").unwrap();
    let rsa = store.generate(KeyAlgorithm::Rsa2048, "unfinished").unwrap();
    let id = store.install(&issue(key.as_ref(), "hanakodt"), name).unwrap();
    let rsa_id = store.install(&issue(rsa.as_ref(), "ichirodt"), "ichirodt").unwrap();

    let certificates = certutil(directory, &["-L"]);
    for name in [name, "ichirodt"] {
        let line = certificates.lines().find(|line| line.starts_with(name)).expect(name);
        assert!(line.trim_end().ends_with(" u,u,u"), "{line}");
    }
    let keys = certutil(directory, &["-K"]);
    assert!(keys.lines().any(|line| line.contains("ec ") && line.ends_with(name)), "{keys}");
    assert!(keys.lines().any(|line| line.contains("rsa ") && line.ends_with("ichirodt")), "{keys}");

    for id in [id, rsa_id] {
        assert_eq!(store.delete(&id).unwrap().key, DeletedKey::Gone);
    }
    let certificates = certutil(directory, &["-L"]);
    assert!(!certificates.contains("u,u,u") && !certificates.contains("ichirodt"), "{certificates}");
    assert!(certutil(directory, &["-K"]).contains("no keys found"));
}

fn a_new_database_is_private(directory: &Path) {
    let database = directory.join("it's a \\ new one");
    let store = open(&Location::Nss(database.clone())).unwrap();
    assert_eq!(store.description(), database.display().to_string());
    assert_eq!(store.protection(), Protection::File, "told as it is: NSS only hides a key");
    #[cfg(unix)]
    {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&database), 0o700);
        assert_eq!(mode(&database.join("key4.db")), 0o600);
    }
}

fn a_process_has_one_database(directory: &Path) {
    let database = directory.join("one");
    let store = open(&Location::Nss(database.clone())).unwrap();
    let other = open(&Location::Nss(directory.join("two"))).unwrap_err();
    assert!(matches!(&other, StoreError::Unavailable { reason } if reason.contains("one")), "{other}");
    #[cfg(unix)]
    let database = {
        let link = directory.join("link");
        std::os::unix::fs::symlink(&database, &link).unwrap();
        link
    };
    let again = open(&Location::Nss(database)).unwrap();
    let key = again.generate(KeyAlgorithm::EcP256, "through the link").unwrap();
    assert_eq!(store.orphan_keys().unwrap(), [key.id().clone()]);
}

fn a_password_locks_keys_and_not_the_list(directory: &Path) {
    set_password(directory);
    let location = Location::Nss(directory.into());
    let without = open(&location).unwrap();
    assert!(matches!(without.generate(KeyAlgorithm::EcP256, "locked"), Err(StoreError::Locked)));

    let (pin, asked) = Pin::counted(PASSWORD);
    let with = open_with(&location, Some(pin)).unwrap();
    assert_eq!(with.certificates().unwrap(), []);
    assert_eq!(with.orphan_keys().unwrap(), []);
    assert_eq!(asked.load(Ordering::Relaxed), 0, "listing never asks");
    let key = with.generate(KeyAlgorithm::EcP256, "unlocked").unwrap();
    with.install(&issue(key.as_ref(), "unlocked"), "unlocked").unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 1, "one login is enough for a process");
    // As a new process sees it, which has not logged in.
    let listing = Command::new(std::env::current_exe().unwrap())
        .env(ROLE, "a_wrong_password_locks")
        .env(DIRECTORY, directory)
        .output()
        .unwrap();
    assert!(listing.status.success(), "{}", String::from_utf8_lossy(&listing.stderr));
}

/// Played twice: on a database that this case makes, and on the one with a certificate of the case above.
fn a_wrong_password_locks(directory: &Path) {
    if !directory.join("key4.db").exists() {
        set_password(directory);
    }
    let (pin, asked) = Pin::counted("wrong");
    let store: Arc<dyn CertificateStore> = open_with(&Location::Nss(directory.into()), Some(pin)).unwrap();
    for certificate in store.certificates().unwrap() {
        assert_eq!(certificate.protection, Some(Protection::File), "the key is there, though it hides");
        assert!(matches!(store.certificate_key(&certificate.id), Err(StoreError::WrongPin)));
        assert!(matches!(store.delete(&certificate.id), Err(StoreError::WrongPin)));
    }
    assert_eq!(store.orphan_keys().unwrap(), []);
    assert!(matches!(store.generate(KeyAlgorithm::EcP256, "locked"), Err(StoreError::WrongPin)));
    assert!(asked.load(Ordering::Relaxed) > 0);
}

fn what_cannot_be_a_database_is_unavailable(directory: &Path) {
    let unavailable = |location: &Location| {
        let refused = open(location);
        assert!(matches!(refused, Err(StoreError::Unavailable { .. })), "{location:?}: {refused:?}");
    };
    let file = directory.join("file");
    fs::write(&file, "no directory").unwrap();
    unavailable(&Location::Nss(file.clone()));
    unavailable(&Location::Nss(file.join("below")));
    unavailable(&Location::Pkcs11 { module: file, token: None });
    unavailable(&Location::Pkcs11 { module: directory.join("nothing.so"), token: None });
    let broken = directory.join("broken");
    fs::create_dir(&broken).unwrap();
    for database in ["cert9.db", "key4.db"] {
        fs::write(broken.join(database), "this is no SQLite database, and long enough to look at").unwrap();
    }
    unavailable(&Location::Nss(broken));
}

fn the_native_store_is_chromiums(directory: &Path) {
    native_is(&directory.join("home/.local/share/pki/nssdb"));
}

fn the_native_store_stays_where_it_was(directory: &Path) {
    let legacy = directory.join("home/.pki/nssdb");
    fs::create_dir_all(&legacy).unwrap();
    native_is(&legacy);
}

fn the_native_store_follows_xdg(directory: &Path) {
    native_is(&directory.join("data/pki/nssdb"));
}

fn native_is(expected: &Path) {
    assert_eq!(open(&Location::Native).unwrap().description(), expected.display().to_string());
    assert!(expected.join("key4.db").is_file());
}

fn certutil(directory: &Path, arguments: &[&str]) -> String {
    let database = format!("sql:{}", directory.display());
    let output = Command::new("certutil")
        .args(arguments)
        .args(["-d", &database])
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("certutil, of the package libnss3-tools");
    [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat()
}

fn set_password(directory: &Path) {
    let file = directory.join("password");
    fs::write(&file, PASSWORD).unwrap();
    certutil(directory, &["-N", "-f", &file.display().to_string()]);
    assert!(directory.join("key4.db").exists());
}

/// A certificate for the key, as any CA would issue it.
fn issue(key: &dyn PrivateKey, name: &str) -> Vec<u8> {
    let authority = rcgen::KeyPair::generate().unwrap();
    let issuer = rcgen::Issuer::new(rcgen::CertificateParams::default(), authority);
    let request = certification_request(key, name).unwrap();
    let request = rcgen::CertificateSigningRequestParams::from_der(&request.into()).unwrap();
    request.signed_by(&issuer).unwrap().der().to_vec()
}

#[derive(Debug)]
struct Pin {
    pin: &'static str,
    asked: Arc<AtomicUsize>,
}

impl Pin {
    fn counted(pin: &'static str) -> (Arc<dyn PinSource>, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        (Arc::new(Self { pin, asked: asked.clone() }), asked)
    }
}

impl PinSource for Pin {
    fn pin(&self, _question: &PinQuestion<'_>) -> Option<SecretString> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Some(self.pin.into())
    }
}
