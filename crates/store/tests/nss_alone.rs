//! Tests cases that need their own NSS database or their own environment. A process can have only one database, so each
//! case runs in its own process, which is this program with the case in [`ROLE`].

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, PermissionsExt};
#[cfg(unix)]
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use inkan_store::{
    CertificateId, CertificateStore, DeletedKey, KeyAlgorithm, Location, PinQuestion, PinSource, PrivateKey,
    Protection, Refusal, StoreError, StoredCertificate, Unavailable, certification_request, check, open, open_with,
};
use libtest_mimic::Trial;
use secrecy::SecretString;

const ROLE: &str = "INKAN_STORE_ROLE";
const DIRECTORY: &str = "INKAN_STORE_DIRECTORY";
const PASSWORD: &str = "correct horse";

type Case = (&'static str, fn(&Path));

const CASES: &[Case] = &[
    ("certutil_sees_the_same", certutil_sees_the_same),
    ("a_certificate_that_does_not_parse_keeps_its_key", a_certificate_that_does_not_parse_keeps_its_key),
    ("a_new_database_is_private", a_new_database_is_private),
    ("a_process_has_one_database", a_process_has_one_database),
    ("a_password_locks_keys_and_not_the_list", a_password_locks_keys_and_not_the_list),
    ("a_wrong_password_locks", a_wrong_password_locks),
    ("each_folder_without_a_database_has_its_own_cause", each_folder_without_a_database_has_its_own_cause),
    ("a_damaged_database_is_told_and_left_as_it_is", a_damaged_database_is_told_and_left_as_it_is),
    ("a_database_of_another_process_is_busy", a_database_of_another_process_is_busy),
    ("what_may_not_be_read_or_written_is_told_apart", what_may_not_be_read_or_written_is_told_apart),
    ("each_file_that_is_not_a_module_has_its_own_cause", each_file_that_is_not_a_module_has_its_own_cause),
    ("the_native_store_is_chromiums", the_native_store_is_chromiums),
    ("the_native_store_stays_where_it_was", the_native_store_stays_where_it_was),
    ("the_native_store_follows_xdg", the_native_store_follows_xdg),
];

fn main() {
    if let Ok(role) = std::env::var(ROLE) {
        if role == "say_why" {
            return say_why(&PathBuf::from(std::env::var_os(DIRECTORY).unwrap()));
        }
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

/// The trust `u,u,u` means that NSS has joined the certificate and its key. Each `certutil` is a new process.
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

/// The notBefore of the second certificate is a leap second. Other programs accept such a certificate.
fn a_certificate_that_does_not_parse_keeps_its_key(directory: &Path) {
    let store = open(&Location::Nss(directory.into())).unwrap();
    for (algorithm, name) in [(KeyAlgorithm::EcP256, "ec"), (KeyAlgorithm::Rsa2048, "rsa")] {
        let key = store.generate(algorithm, name).unwrap();
        let id = store.install(&issue(key.as_ref(), name), name).unwrap();
        let mut unreadable = issue(key.as_ref(), name);
        replace(&mut unreadable, b"750101000000Z", b"161231235960Z");
        // NSS takes a serial number of an issuer once.
        replace(&mut unreadable, b"rcgen self signed cert", b"another issuer of them");
        StoredCertificate::parse(&unreadable, None).unwrap_err();
        let file = directory.join(name);
        fs::write(&file, &unreadable).unwrap();
        let added = certutil(directory, &["-A", "-n", name, "-t", ",,", "-i", &file.display().to_string()]);
        assert_eq!(added, "");
        let unreadable = CertificateId::of(&unreadable);

        assert_eq!(store.delete(&id).unwrap().key, DeletedKey::SharedWith(vec![unreadable.clone()]));
        assert_eq!(store.orphan_keys().unwrap(), []);
        let refused = store.delete_key(key.id());
        assert!(
            matches!(&refused, Err(StoreError::Refused { source: Refusal::UsedBy(user), .. }) if *user == unreadable),
            "{refused:?}"
        );
        key.sign(key.schemes()[0], b"still here").unwrap();
    }
    let keys = certutil(directory, &["-K"]);
    assert!(keys.contains(" ec ") && keys.contains(" rsa "), "{keys}");
    let certificates = certutil(directory, &["-L"]);
    assert_eq!(certificates.matches(" u,u,u").count(), 2, "{certificates}");
}

fn replace<const LENGTH: usize>(bytes: &mut [u8], old: &[u8; LENGTH], new: &[u8; LENGTH]) {
    let at = bytes.windows(LENGTH).position(|window| window == old).unwrap();
    bytes[at..at + LENGTH].copy_from_slice(new);
}

fn a_new_database_is_private(directory: &Path) {
    let database = directory.join("it's a \\ new one");
    fs::create_dir(&database).unwrap();
    let store = open(&Location::Nss(database.clone())).unwrap();
    assert_eq!(store.description(), database.display().to_string());
    assert_eq!(store.protection(), Protection::File, "told as it is: NSS only hides a key");
    #[cfg(unix)]
    {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&database.join("key4.db")), 0o600);
    }
}

fn a_process_has_one_database(directory: &Path) {
    let [database, second] = ["one", "two"].map(|name| directory.join(name));
    for folder in [&database, &second] {
        fs::create_dir(folder).unwrap();
    }
    let store = open(&Location::Nss(database.clone())).unwrap();
    let other = cause(&Location::Nss(second.clone()));
    let one = database.canonicalize().unwrap();
    assert!(matches!(&other, Unavailable::OtherDatabaseOpen(open) if *open == one), "{other}");
    check(&Location::Nss(second)).unwrap();
    check(&Location::Nss(directory.join("nowhere"))).unwrap_err();
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
    assert!(matches!(without.generate(KeyAlgorithm::EcP256, "locked"), Err(StoreError::Locked(_))));

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

/// This case runs twice: on a database that it makes, and on the database of the case above, which has a certificate.
fn a_wrong_password_locks(directory: &Path) {
    if !directory.join("key4.db").exists() {
        set_password(directory);
    }
    let (pin, asked) = Pin::counted("wrong");
    let store: Arc<dyn CertificateStore> = open_with(&Location::Nss(directory.into()), Some(pin)).unwrap();
    for certificate in store.certificates().unwrap() {
        assert_eq!(certificate.protection, Some(Protection::File), "the key is there, though it hides");
        assert!(matches!(store.certificate_key(&certificate.id), Err(StoreError::WrongPin(_))));
        assert!(matches!(store.delete(&certificate.id), Err(StoreError::WrongPin(_))));
    }
    assert_eq!(store.orphan_keys().unwrap(), []);
    assert!(matches!(store.generate(KeyAlgorithm::EcP256, "locked"), Err(StoreError::WrongPin(_))));
    assert!(asked.load(Ordering::Relaxed) > 0);
}

/// Returns why the store at `location` does not open.
fn cause(location: &Location) -> Unavailable {
    match open(location) {
        Err(StoreError::Unavailable(cause)) => cause,
        other => panic!("{location:?}: {other:?}"),
    }
}

fn cause_of_folder(folder: &Path) -> Unavailable {
    cause(&Location::Nss(folder.to_owned()))
}

/// Returns the names and the contents of the files in a folder.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<_> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

fn each_folder_without_a_database_has_its_own_cause(directory: &Path) {
    let file = directory.join("file");
    fs::write(&file, "no directory").unwrap();
    assert!(matches!(cause_of_folder(&file), Unavailable::NotAFolder(place) if place == file));
    assert!(matches!(cause_of_folder(&file.join("below")), Unavailable::NotAFolder(_)));
    let nowhere = directory.join("nowhere/below");
    assert!(matches!(cause_of_folder(&nowhere), Unavailable::FolderMissing(place) if place == nowhere));
    assert!(!directory.join("nowhere").exists(), "nothing is made");
    let documents = directory.join("documents");
    fs::create_dir(&documents).unwrap();
    fs::write(documents.join("letter.txt"), "dear").unwrap();
    assert!(matches!(cause_of_folder(&documents), Unavailable::FolderForeign(_)));
    assert_eq!(contents(&documents).len(), 1, "nothing is put beside other files");
    let old = directory.join("old");
    fs::create_dir(&old).unwrap();
    for name in ["cert8.db", "key3.db", "secmod.db"] {
        fs::write(old.join(name), "a database of Berkeley DB").unwrap();
    }
    assert!(matches!(cause_of_folder(&old), Unavailable::OldFormat(_)));
    assert_eq!(contents(&old).len(), 3);
}

fn a_damaged_database_is_told_and_left_as_it_is(directory: &Path) {
    let whole = directory.join("whole");
    fs::create_dir(&whole).unwrap();
    certutil(&whole, &["-N", "--empty-password"]);
    let with = |name: &str, change: &dyn Fn(&Path)| {
        let copy = directory.join(name);
        fs::create_dir(&copy).unwrap();
        for (file, bytes) in contents(&whole) {
            fs::write(copy.join(file), bytes).unwrap();
        }
        change(&copy);
        let before = contents(&copy);
        let cause = cause_of_folder(&copy);
        assert_eq!(contents(&copy), before, "{name}: {cause}");
        (copy, cause)
    };
    let cut = |file: &'static str, length: u64| {
        move |folder: &Path| fs::File::options().write(true).open(folder.join(file)).unwrap().set_len(length).unwrap()
    };
    for (at, file) in ["cert9.db", "key4.db"].into_iter().enumerate() {
        for length in [0, 50, 9000] {
            let (copy, cause) = with(&format!("cut {at} {length}"), &cut(file, length));
            assert!(
                matches!(&cause, Unavailable::Damaged { path, .. } if *path == copy.join(file)),
                "{file} {length}: {cause}"
            );
        }
        let garbage = |folder: &Path| fs::write(folder.join(file), "this is no SQLite database").unwrap();
        let (copy, cause) = with(&format!("garbage {at}"), &garbage);
        assert!(matches!(&cause, Unavailable::Damaged { path, .. } if *path == copy.join(file)), "{cause}");
    }
    for file in ["cert9.db", "key4.db"] {
        let (copy, cause) = with(&format!("{file} gone"), &|folder| fs::remove_file(folder.join(file)).unwrap());
        assert!(matches!(&cause, Unavailable::Incomplete(path) if *path == copy.join(file)), "{cause}");
    }
    // The header is whole, and what follows is not: NSS itself finds that out.
    let inside = |folder: &Path| {
        let path = folder.join("key4.db");
        let mut bytes = fs::read(&path).unwrap();
        bytes[100..].fill(0xa5);
        fs::write(path, bytes).unwrap();
    };
    let (_, cause) = with("inside", &inside);
    assert!(matches!(&cause, Unavailable::Damaged { source: Some(_), .. }), "{cause}");
}

fn a_database_of_another_process_is_busy(directory: &Path) {
    certutil(directory, &["-N", "--empty-password"]);
    let file = directory.join("key4.db").display().to_string();
    let mut sqlite = Command::new("sqlite3")
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("sqlite3, of the package sqlite3");
    let mut input = sqlite.stdin.take().unwrap();
    input.write_all(b"begin exclusive; select 'held';\n").unwrap();
    let mut line = String::new();
    BufReader::new(sqlite.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "held");
    let cause = cause_of_folder(directory);
    drop(input);
    sqlite.wait().unwrap();
    assert!(matches!(&cause, Unavailable::Busy { path, .. } if path.ends_with("key4.db")), "{cause}");
    open(&Location::Nss(directory.into())).unwrap();
}

/// Runs as a user who is not root, because permissions do not stop root.
#[cfg(unix)]
fn what_may_not_be_read_or_written_is_told_apart(directory: &Path) {
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let made = |name: &str| {
        let folder = directory.join(name);
        fs::create_dir(&folder).unwrap();
        certutil(&folder, &["-N", "--empty-password"]);
        mode(&folder, 0o755);
        folder
    };
    mode(directory, 0o755);
    let [read_only, hidden] = ["read-only", "hidden"].map(made);
    for file in ["cert9.db", "key4.db"] {
        mode(&read_only.join(file), 0o444);
        mode(&hidden.join(file), 0o000);
    }
    let [closed, empty] = ["closed", "empty"].map(|name| directory.join(name));
    for folder in [&closed, &empty] {
        fs::create_dir(folder).unwrap();
    }
    mode(&closed, 0o000);
    mode(&empty, 0o555);
    for (folder, expected) in
        [(read_only, "ReadOnly"), (hidden, "NotPermitted"), (closed, "NotPermitted"), (empty, "ReadOnly")]
    {
        let found = as_another_user(directory, &folder);
        assert!(found.contains(&format!("Unavailable({expected} {{")), "{}: {found}", folder.display());
        assert!(found.contains("PermissionDenied") || expected == "ReadOnly", "{found}");
    }
}

#[cfg(not(unix))]
fn what_may_not_be_read_or_written_is_told_apart(_: &Path) {}

/// Returns the result that a user without rights gets for `folder`. Runs this program again, from a place where that
/// user may read it.
#[cfg(unix)]
fn as_another_user(directory: &Path, folder: &Path) -> String {
    const NOBODY: u32 = 65534;
    let program = directory.join("program");
    if !program.exists() {
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    }
    let mut command = Command::new(program);
    command.env(ROLE, "say_why").env(DIRECTORY, folder);
    if fs::metadata(directory).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn each_file_that_is_not_a_module_has_its_own_cause(directory: &Path) {
    let module = |path: &Path| cause(&Location::Pkcs11 { module: path.to_owned(), token: None });
    let written = |name: &str, bytes: &[u8]| {
        let path = directory.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    assert!(matches!(module(&directory.join("nothing.so")), Unavailable::ModuleMissing(_)));
    assert!(matches!(module(Path::new("inkan-has-no-such-module.so")), Unavailable::ModuleMissing(_)));
    assert!(matches!(module(directory), Unavailable::ModuleNotALibrary { .. }));
    let text = written("text.so", b"no module");
    assert!(matches!(module(&text), Unavailable::ModuleNotALibrary { source: Some(_), .. }));
    #[cfg(target_os = "linux")]
    {
        assert!(matches!(module(Path::new("libc.so.6")), Unavailable::ModuleNotPkcs11(_)));
        assert!(matches!(module(Path::new("/dev/zero")), Unavailable::ModuleNotALibrary { .. }));
        let program = fs::read(std::env::current_exe().unwrap()).unwrap();
        let mut other = program.clone();
        other[18..20].copy_from_slice(&22u16.to_le_bytes());
        let other = written("s390.so", &other);
        assert!(matches!(module(&other), Unavailable::ModuleOfOtherSystem { .. }));
        let cut = written("cut.so", &program[..4096]);
        assert!(matches!(module(&cut), Unavailable::ModuleNotALibrary { .. }));
        let source = written("needs.c", b"extern int missing(void); int C_GetFunctionList(void) { return missing(); }");
        let library = written("missing.c", b"int missing(void) { return 0; }");
        let [needs, missing] = ["needs.so", "libmissing.so"].map(|name| directory.join(name));
        compile(&[library.as_os_str(), "-o".as_ref(), missing.as_os_str()]);
        compile(&[source.as_os_str(), missing.as_os_str(), "-o".as_ref(), needs.as_os_str()]);
        fs::remove_file(missing).unwrap();
        assert!(matches!(module(&needs), Unavailable::ModuleNeedsLibrary { .. }));
        let fails = written("fails.c", b"int C_GetFunctionList(void *list) { return 5; }");
        let failing = directory.join("fails.so");
        compile(&[fails.as_os_str(), "-o".as_ref(), failing.as_os_str()]);
        let found = module(&failing);
        let Unavailable::ModuleFailed { source, .. } = &found else { panic!("{found}") };
        assert_eq!(source.number(), "CKR_GENERAL_ERROR");
    }
}

#[cfg(target_os = "linux")]
fn compile(arguments: &[&std::ffi::OsStr]) {
    let made = Command::new("cc").args(["-shared", "-fPIC"]).args(arguments).status().expect("a C compiler");
    assert!(made.success());
}

/// Not a case: prints the error that a user without rights gets for a folder.
fn say_why(folder: &Path) {
    println!("{:?}", open(&Location::Nss(folder.into())).map(|_| ()));
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
    let made = !expected.exists();
    assert_eq!(open(&Location::Native).unwrap().description(), expected.display().to_string());
    assert!(expected.join("key4.db").is_file());
    #[cfg(unix)]
    assert_eq!(fs::metadata(expected).unwrap().permissions().mode() & 0o777, if made { 0o700 } else { 0o755 });
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

/// Returns a certificate for the key, as any CA would issue it.
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
