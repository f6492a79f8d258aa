use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use cryptoki::object::Attribute;
use inkan_store::{DeletedKey, Identity, KeyAlgorithm, Protection, Refusal, SignatureScheme, StoreError};
use rcgen::{CertificateParams, DnType, KeyPair};

use super::authority::Authority;
use super::{Subject, signing};

const RSA: &[&str] = &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const P256: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P384: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];

/// The variable with a folder of RSA keys in PKCS#8: `0.der` and so on. A program for Windows cannot run `openssl`
/// under Wine, so the program that starts the test makes these keys first.
const READY: &str = "INKAN_STORE_RSA_KEYS";

/// Returns a new RSA key, as PKCS#8 in DER.
pub(crate) fn rsa_key() -> Vec<u8> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    match std::env::var_os(READY) {
        Some(folder) => {
            let name = format!("{}.der", NEXT.fetch_add(1, Ordering::Relaxed));
            std::fs::read(Path::new(&folder).join(name)).expect("one more key")
        }
        None => key(RSA),
    }
}

/// Returns a key of a kind that the store imports.
fn pair(subject: &Subject) -> KeyPair {
    match subject.algorithm() {
        KeyAlgorithm::EcP256 => KeyPair::generate().unwrap(),
        KeyAlgorithm::Rsa2048 => KeyPair::try_from(rsa_key()).unwrap(),
    }
}

/// Returns a key that `openssl` makes, as PKCS#8 in DER.
fn key(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("openssl").arg("genpkey").args(arguments).args(["-outform", "DER"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let key = output.stdout;
    // For RSA openssl leaves the wrapping out under this form.
    let wrapped = pkcs8(&["pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-outform", "DER"], &key);
    if wrapped.is_empty() { key } else { wrapped }
}

fn pkcs8(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    use std::io::Write;
    use std::process::Stdio;
    let mut child =
        Command::new("openssl").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().stdout
}

fn certificate(key: &[u8], name: &str) -> Vec<u8> {
    let key = KeyPair::try_from(key).unwrap();
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.self_signed(&key).unwrap().der().to_vec()
}

pub(crate) fn a_key_from_outside_signs(subject: &Subject) {
    let kinds: [(KeyAlgorithm, &[&str], &str); 3] = [
        (KeyAlgorithm::EcP256, P256, "imported P-256"),
        (KeyAlgorithm::EcP256, P384, "imported P-384"),
        (KeyAlgorithm::Rsa2048, RSA, "imported RSA"),
    ];
    // A TPM may make the store's own keys, and takes none from outside.
    let protection = if cfg!(windows) { Protection::Os } else { subject.store.protection() };
    for (_, arguments, name) in kinds.into_iter().filter(|(kind, ..)| subject.algorithms.contains(kind)) {
        let key = if arguments == RSA { rsa_key() } else { key(arguments) };
        let identity = Identity::new(key.clone().into(), certificate(&key, name), vec![]).unwrap();
        let id = subject.store.import(&identity, name).unwrap();
        assert_eq!(id, identity.id());
        let listed = subject.listed(&id).unwrap();
        assert_eq!((listed.name.as_str(), listed.protection), (name, Some(protection)));
        let opened = subject.store.certificate_key(&id).unwrap();
        for scheme in opened.schemes() {
            if *scheme == SignatureScheme::ECDSA_NISTP384_SHA384 {
                opened.sign(*scheme, b"message").unwrap();
            } else {
                signing::verifies(opened.as_ref(), *scheme);
            }
        }
        assert!(matches!(subject.store.import(&identity, name), Err(StoreError::AlreadyInstalled(_))));
        assert_eq!(subject.store.delete(&id).unwrap().key, DeletedKey::Gone);
        assert_eq!(subject.listed(&id), None);
    }
}

/// Nothing of the import is left: neither half of the key, nor the certificate.
pub(crate) fn a_key_from_outside_is_refused_by_its_cause(subject: &Subject) {
    for (arguments, name) in [(P256, "refused P-256"), (RSA, "refused RSA")] {
        let key = key(arguments);
        let identity = Identity::new(key.clone().into(), certificate(&key, name), vec![]).unwrap();
        let orphans = subject.store.orphan_keys().unwrap();
        let refused = subject.store.import(&identity, name);
        assert!(matches!(&refused, Err(StoreError::ImportUnsupported(Refusal::System(_)))));
        assert_eq!(subject.listed(&identity.id()), None);
        assert_eq!(subject.store.orphan_keys().unwrap(), orphans);
        let label = Attribute::Label(name.as_bytes().to_vec());
        assert_eq!(subject.token().session().find_objects(&[label]).unwrap(), []);
    }
}

/// The keys are of kinds with which no TLS login is made here.
pub(crate) fn a_key_of_no_use_is_refused(subject: &Subject) {
    let pair = KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let certificate = CertificateParams::default().self_signed(&pair).unwrap().der().to_vec();
    let identity = Identity::new(pair.serialize_der().into(), certificate, vec![]).unwrap();
    let refused = subject.store.import(&identity, "useless");
    assert!(matches!(&refused, Err(StoreError::KeyUnsupported { kind }) if kind == "Ed25519"), "{refused:?}");
    assert_eq!(subject.listed(&identity.id()), None);
}

/// A certificate that has lost its key gets the key back. A second certificate is joined to an existing key.
pub(crate) fn what_is_there_already_is_kept(subject: &Subject) {
    let pair = pair(subject);
    let [first, second] = ["shared import one", "shared import two"].map(|name| {
        let certificate = certificate(&pair.serialize_der(), name);
        Identity::new(pair.serialize_der().into(), certificate, vec![]).unwrap()
    });
    subject.store.import(&first, "first").unwrap();
    subject.store.import(&second, "second").unwrap();
    assert_eq!(subject.store.delete(&first.id()).unwrap().key, DeletedKey::SharedWith(vec![second.id()]));
    assert_eq!(subject.store.delete(&second.id()).unwrap().key, DeletedKey::Gone);
}

pub(crate) fn the_chain_is_no_certificate_of_ones_own(subject: &Subject) {
    let authority = Authority::new("Imported CA");
    let pair = pair(subject);
    let certificate = authority.issue_to(&pair, "imported leaf");
    let chain = vec![authority.certificate.to_vec()];
    let identity = Identity::new(pair.serialize_der().into(), certificate, chain).unwrap();
    let before = subject.store.certificates().unwrap().iter().filter(|row| row.name == "Imported CA").count();
    let id = subject.store.import(&identity, "imported leaf").unwrap();
    let after = subject.store.certificates().unwrap().iter().filter(|row| row.name == "Imported CA").count();
    assert_eq!((before, after), (0, 0));
    subject.store.delete(&id).unwrap();
}
