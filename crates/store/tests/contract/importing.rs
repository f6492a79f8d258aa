use std::process::Command;

use inkan_store::{DeletedKey, Identity, SignatureScheme, StoreError};
use rcgen::{CertificateParams, DnType, KeyPair};

use super::authority::Authority;
use super::{Subject, signing};

/// A key that `openssl` makes, PKCS#8 in DER.
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
    let kinds: [(&[&str], &str); 3] = [
        (&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "imported P-256"),
        (&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], "imported P-384"),
        (&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "imported RSA"),
    ];
    for (arguments, name) in kinds {
        let key = key(arguments);
        let identity = Identity::new(key.clone().into(), certificate(&key, name), vec![]).unwrap();
        let id = subject.store.import(&identity, name).unwrap();
        assert_eq!(id, identity.id());
        let listed = subject.listed(&id).unwrap();
        assert_eq!((listed.name.as_str(), listed.protection), (name, Some(subject.store.protection())));
        let opened = subject.store.certificate_key(&id).unwrap();
        for scheme in opened.schemes() {
            if *scheme == SignatureScheme::ECDSA_NISTP384_SHA384 {
                opened.sign(*scheme, b"message").unwrap();
            } else {
                signing::verifies(opened.as_ref(), *scheme);
            }
        }
        assert!(matches!(subject.store.import(&identity, name), Err(StoreError::AlreadyInstalled)));
        assert_eq!(subject.store.delete(&id).unwrap().key, DeletedKey::Gone);
        assert_eq!(subject.listed(&id), None);
    }
}

/// Keys that no TLS login here is made with.
pub(crate) fn a_key_of_no_use_is_refused(subject: &Subject) {
    let kinds: [(&[&str], &rcgen::SignatureAlgorithm); 1] = [(&["-algorithm", "ED25519"], &rcgen::PKCS_ED25519)];
    for (arguments, algorithm) in kinds {
        let key = key(arguments);
        let pair = KeyPair::from_pkcs8_der_and_sign_algo(&key.as_slice().into(), algorithm).unwrap();
        let certificate = CertificateParams::default().self_signed(&pair).unwrap().der().to_vec();
        let identity = Identity::new(key.into(), certificate, vec![]).unwrap();
        let refused = subject.store.import(&identity, "useless");
        assert!(matches!(refused, Err(StoreError::ImportUnsupported { .. })), "{refused:?}");
        assert_eq!(subject.listed(&identity.id()), None);
    }
}

/// A certificate whose key was lost gets it back; a second certificate comes to a key that is there.
pub(crate) fn what_is_there_already_is_kept(subject: &Subject) {
    let pair = KeyPair::generate().unwrap();
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
    let (certificate, pair) = authority.issue_elsewhere("imported leaf", "imported.example");
    let chain = vec![authority.certificate.to_vec()];
    let identity = Identity::new(pair.serialize_der().into(), certificate, chain).unwrap();
    let before = subject.store.certificates().unwrap().iter().filter(|row| row.name == "Imported CA").count();
    let id = subject.store.import(&identity, "imported leaf").unwrap();
    let after = subject.store.certificates().unwrap().iter().filter(|row| row.name == "Imported CA").count();
    assert_eq!((before, after), (0, 0));
    subject.store.delete(&id).unwrap();
}
