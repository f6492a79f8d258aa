//! Recognises files that users select instead of a PKCS#12 file. The programs that write such files have made them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use inkan_store::{FileKind, certificates_in, decode_pkcs12, pkcs12_in, recognise};
use tempfile::TempDir;

/// A directory with a key and its certificate.
struct Files(TempDir);

impl Files {
    fn new(algorithm: &[&str]) -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        files.openssl(&[&["genpkey", "-out", "key.pem"], algorithm].concat());
        files.openssl(&["req", "-x509", "-key", "key.pem", "-subj", "/CN=hanakodt", "-days", "30", "-out", "cert.pem"]);
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(program).args(arguments).current_dir(self.0.path()).output().unwrap();
        assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn openssl(&self, arguments: &[&str]) {
        self.run("openssl", arguments);
    }

    /// Runs openssl, which writes the file `out`, and returns the kind of that file.
    fn kind(&self, arguments: &[&str]) -> FileKind {
        self.openssl(&[arguments, &["-out", "out"]].concat());
        recognise(&self.read("out"))
    }
}

const RSA: &[&str] = &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const EC: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

#[test]
fn certificates_are_told_from_requests_and_collections() {
    let files = Files::new(EC);
    assert_eq!(files.kind(&["x509", "-in", "cert.pem"]), FileKind::Certificate);
    assert_eq!(files.kind(&["x509", "-in", "cert.pem", "-text"]), FileKind::Certificate);
    assert_eq!(files.kind(&["x509", "-in", "cert.pem", "-trustout"]), FileKind::Certificate);
    assert_eq!(files.kind(&["x509", "-in", "cert.pem", "-outform", "DER"]), FileKind::Certificate);
    for form in ["PEM", "DER"] {
        let collection = ["crl2pkcs7", "-nocrl", "-certfile", "cert.pem", "-outform", form];
        assert_eq!(files.kind(&collection), FileKind::CertificateCollection, "{form}");
        assert_eq!(certificates_in(&files.read("out")).map(|found| found.len()), Ok(1), "{form}");
        let request = ["req", "-new", "-key", "key.pem", "-subj", "/CN=hanakodt", "-outform", form];
        assert_eq!(files.kind(&request), FileKind::CertificationRequest, "{form}");
        assert_eq!(certificates_in(&files.read("out")), Err(FileKind::CertificationRequest.into()), "{form}");
    }
    assert_eq!(files.kind(&["pkey", "-in", "key.pem", "-pubout", "-outform", "DER"]), FileKind::PublicKey);
}

#[test]
fn every_form_of_a_private_key_is_recognised() {
    for algorithm in [RSA, EC, &["-algorithm", "ED25519"]] {
        let files = Files::new(algorithm);
        for form in ["PEM", "DER"] {
            let plain = ["pkcs8", "-topk8", "-nocrypt", "-in", "key.pem", "-outform", form];
            assert_eq!(files.kind(&plain), FileKind::PrivateKey, "{algorithm:?} {form}");
            let encrypted = ["pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:s3cret", "-outform", form];
            assert_eq!(files.kind(&encrypted), FileKind::PrivateKey, "{algorithm:?} {form}");
        }
        let both = [files.read("key.pem"), files.read("cert.pem")].concat();
        assert_eq!(recognise(&both), FileKind::KeyAndCertificate, "{algorithm:?}");
        assert_eq!(certificates_in(&both).map(|found| found.len()), Ok(1), "{algorithm:?}");
    }
    let files = Files::new(RSA);
    for form in ["PEM", "DER"] {
        assert_eq!(files.kind(&["rsa", "-traditional", "-in", "key.pem", "-outform", form]), FileKind::PrivateKey);
    }
    let encrypted = ["rsa", "-traditional", "-aes128", "-passout", "pass:s3cret", "-in", "key.pem"];
    assert_eq!(files.kind(&encrypted), FileKind::PrivateKey);
    let windows = ["rsa", "-in", "key.pem", "-outform", "PVK", "-pvk-none"];
    assert_eq!(files.kind(&windows), FileKind::PrivateKey);
    let files = Files::new(EC);
    for form in ["PEM", "DER"] {
        assert_eq!(files.kind(&["ec", "-in", "key.pem", "-outform", form]), FileKind::PrivateKey);
    }
}

#[test]
fn a_pkcs12_file_is_read_in_pem_and_in_base64() {
    let files = Files::new(EC);
    let export = ["pkcs12", "-export", "-inkey", "key.pem", "-in", "cert.pem", "-passout", "pass:s3cret"];
    assert_eq!(files.kind(&export), FileKind::Pkcs12);
    files.openssl(&["base64", "-in", "out", "-out", "base64"]);
    files.openssl(&["base64", "-A", "-in", "out", "-out", "line"]);
    let base64 = String::from_utf8(files.read("base64")).unwrap();
    let armoured = format!("-----BEGIN PKCS12-----\n{base64}-----END PKCS12-----\n");
    for text in [base64.clone(), armoured, String::from_utf8(files.read("line")).unwrap()] {
        for written in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}\n\n")] {
            let file = pkcs12_in(written.as_bytes()).unwrap_or_else(|kind| panic!("{kind:?}: {written}"));
            assert_eq!(decode_pkcs12(&file, "s3cret").map(|keys| keys.len()), Ok(1));
        }
    }
    // GnuTLS writes PEM unless it is told not to.
    files.run(
        "certtool",
        &[
            "--to-p12",
            "--p12-name",
            "x",
            "--load-privkey",
            "key.pem",
            "--load-certificate",
            "cert.pem",
            "--password",
            "s3cret",
            "--outfile",
            "gnutls.p12",
        ],
    );
    let gnutls = files.read("gnutls.p12");
    assert!(gnutls.starts_with(b"-----BEGIN"));
    assert_eq!(decode_pkcs12(&pkcs12_in(&gnutls).unwrap(), "s3cret").map(|keys| keys.len()), Ok(1));
}

#[test]
fn the_key_stores_of_java_are_recognised() {
    if Command::new("keytool").arg("-help").output().is_err() {
        return;
    }
    let files = Files::new(EC);
    for kind in ["JKS", "JCEKS"] {
        let make =
            ["-genkeypair", "-keyalg", "EC", "-alias", "a", "-dname", "CN=a", "-storepass", "s3cret", "-keypass"];
        files.run("keytool", &[&make[..], &["s3cret", "-storetype", kind, "-keystore", kind]].concat());
        assert_eq!(recognise(&files.read(kind)), FileKind::JavaKeyStore, "{kind}");
    }
}

#[test]
fn an_archive_and_a_database_are_recognised() {
    let files = Files::new(EC);
    files.run("tar", &["-cf", "a.tar", "cert.pem"]);
    files.run("tar", &["-czf", "a.tgz", "cert.pem"]);
    fs::create_dir(files.path("db")).unwrap();
    files.run("certutil", &["-N", "--empty-password", "-d", "sql:db"]);
    for (name, kind) in
        [("a.tar", FileKind::Archive), ("a.tgz", FileKind::Archive), ("db/cert9.db", FileKind::KeyDatabase)]
    {
        assert_eq!(recognise(&files.read(name)), kind, "{name}");
        assert_eq!(pkcs12_in(&files.read(name)), Err(kind), "{name}");
    }
    let zip = ["-m", "zipfile", "-c", "a.zip", "cert.pem"];
    let zipped = Command::new("python3").args(zip).current_dir(files.0.path()).output();
    if zipped.is_ok_and(|output| output.status.success()) {
        assert_eq!(recognise(&files.read("a.zip")), FileKind::Archive);
    }
}
