//! Tests keys that ask for the PIN at each signature, as the keys of signing cards do (`CKA_ALWAYS_AUTHENTICATE`).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, ObjectClass};
use cryptoki::session::{Session, UserType};
use inkan_store::{
    CertificateStore, KeyAlgorithm, Location, PinQuestion, PinSource, PrivateKey, SignatureScheme, StoreError,
};
use libtest_mimic::{Arguments, Trial};
use ring::signature as verify;
use secrecy::SecretString;
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};

mod softhsm_token;

use softhsm_token::{Known, LABEL, PIN, find_library, in_new_process};

const MESSAGE: &[u8] = b"what is signed";

fn main() -> ExitCode {
    in_new_process(|_| {
        let case = |name, algorithm| {
            Trial::test(name, move || {
                a_key_that_asks_each_time_signs(algorithm);
                Ok(())
            })
        };
        let cases = vec![
            case("an_ec_key_that_asks_each_time_signs", KeyAlgorithm::EcP256),
            case("an_rsa_key_that_asks_each_time_signs", KeyAlgorithm::Rsa2048),
        ];
        // Each looks for the one key that there is.
        let arguments = Arguments { test_threads: Some(1), ..Arguments::from_args() };
        libtest_mimic::run(&arguments, cases).exit()
    })
}

/// A PIN source that gives one PIN at the first question and another one later. It counts the questions.
#[derive(Debug)]
struct Answering {
    pins: [Option<&'static str>; 2],
    asked: AtomicUsize,
}

impl Answering {
    fn new(first: Option<&'static str>, later: Option<&'static str>) -> Arc<Self> {
        Arc::new(Self { pins: [first, later], asked: AtomicUsize::new(0) })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl PinSource for Answering {
    fn pin(&self, _question: &PinQuestion<'_>) -> Option<SecretString> {
        let before = self.asked.fetch_add(1, Ordering::SeqCst);
        self.pins[before.min(1)].map(SecretString::from)
    }
}

/// A user who mistypes the first PIN. It records for each question whether a PIN was wrong and whether the PIN is for
/// one use.
#[derive(Debug, Default)]
struct Person(Mutex<Vec<(bool, bool)>>);

impl Person {
    fn heard(&self) -> Vec<(bool, bool)> {
        self.0.lock().unwrap().clone()
    }
}

impl PinSource for Person {
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString> {
        self.0.lock().unwrap().push((question.wrong, question.each_use));
        Some(if question.wrong { PIN } else { "0000" }.into())
    }

    fn asks_again(&self) -> bool {
        true
    }
}

/// PKCS#11 v3.1 §5.6.8: the login is valid for one signature, so the user is asked before each.
fn a_key_that_asks_each_time_signs(algorithm: KeyAlgorithm) {
    let location = Location::Pkcs11 { module: find_library(), token: Some(LABEL.into()) };
    let opened = inkan_store::open_with(&location, Some(Arc::new(Known))).unwrap();
    let module = Pkcs11::new(find_library()).unwrap();
    make(&module, algorithm);
    // That opens the token, so that every later question is that of a signature.
    let listed = only_key(opened.as_ref());
    let key = |pin: &Arc<Answering>| only_key(inkan_store::open_with(&location, Some(pin.clone())).unwrap().as_ref());
    let known = Answering::new(Some(PIN), Some(PIN));
    let signing = key(&known);
    for (number, scheme) in signing.schemes().iter().enumerate() {
        verifies(signing.as_ref(), *scheme, &signing.sign(*scheme, MESSAGE).unwrap());
        assert_eq!(known.asked(), number + 1, "once for each signature");
    }
    let scheme = listed.schemes()[0];
    let person = Arc::new(Person::default());
    let again =
        only_key(inkan_store::open_with(&location, Some(Arc::clone(&person) as Arc<dyn PinSource>)).unwrap().as_ref());
    verifies(again.as_ref(), scheme, &again.sign(scheme, MESSAGE).unwrap());
    assert_eq!(person.heard(), [(false, true), (true, true)], "asked again, told that it was wrong, for one use");
    let mistaken = Answering::new(Some("0000"), Some(PIN));
    let refused = key(&mistaken).sign(scheme, MESSAGE);
    assert!(matches!(refused, Err(StoreError::WrongPin(_))), "{refused:?}");
    assert_eq!(mistaken.asked(), 1, "a wrong PIN is tried once");
    verifies(listed.as_ref(), scheme, &key(&mistaken).sign(scheme, MESSAGE).unwrap());
    let cancelled = key(&Answering::new(None, None)).sign(scheme, MESSAGE);
    assert!(matches!(cancelled, Err(StoreError::Denied(_))), "{cancelled:?}");
    let alone = only_key(inkan_store::open(&location).unwrap().as_ref()).sign(scheme, MESSAGE);
    assert!(matches!(alone, Err(StoreError::Locked(_))), "{alone:?}");
    // Signing without that login is what the token refuses.
    let session = session(&module);
    let private = session.find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)]).unwrap()[0];
    let plain = match algorithm {
        KeyAlgorithm::EcP256 => Mechanism::Ecdsa,
        KeyAlgorithm::Rsa2048 => Mechanism::RsaPkcs,
    };
    let refused = session.sign(&plain, private, &[0; 32]);
    assert!(matches!(refused, Err(Error::Pkcs11(RvError::UserNotLoggedIn, _))), "{refused:?}");
    opened.delete_key(listed.id()).unwrap();
}

fn verifies(key: &dyn PrivateKey, scheme: SignatureScheme, signature: &[u8]) {
    use SignatureScheme as S;
    let algorithm: &'static dyn verify::VerificationAlgorithm = match scheme {
        S::ECDSA_NISTP256_SHA256 => &verify::ECDSA_P256_SHA256_ASN1,
        S::RSA_PSS_SHA256 => &verify::RSA_PSS_2048_8192_SHA256,
        S::RSA_PSS_SHA384 => &verify::RSA_PSS_2048_8192_SHA384,
        S::RSA_PSS_SHA512 => &verify::RSA_PSS_2048_8192_SHA512,
        S::RSA_PKCS1_SHA256 => &verify::RSA_PKCS1_2048_8192_SHA256,
        S::RSA_PKCS1_SHA384 => &verify::RSA_PKCS1_2048_8192_SHA384,
        S::RSA_PKCS1_SHA512 => &verify::RSA_PKCS1_2048_8192_SHA512,
        other => panic!("{other:?}"),
    };
    let (_, info) = SubjectPublicKeyInfo::from_der(key.public_key()).unwrap();
    let public_key = verify::UnparsedPublicKey::new(algorithm, info.subject_public_key.data.as_ref());
    public_key.verify(MESSAGE, signature).unwrap_or_else(|_| panic!("{scheme:?}"));
}

fn only_key(store: &dyn CertificateStore) -> Arc<dyn PrivateKey> {
    let orphans = store.orphan_keys().unwrap();
    let [id] = orphans.as_slice() else { panic!("{orphans:?}") };
    store.key(id).unwrap()
}

/// Makes a key as the issuer of a card does.
fn make(module: &Pkcs11, algorithm: KeyAlgorithm) {
    let session = session(module);
    let id = Attribute::Id(b"signing card".to_vec());
    let mut public = vec![Attribute::Token(true), Attribute::Private(false), Attribute::Verify(true), id.clone()];
    let mechanism = match algorithm {
        KeyAlgorithm::EcP256 => {
            public.push(Attribute::EcParams(vec![0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]));
            Mechanism::EccKeyPairGen
        }
        KeyAlgorithm::Rsa2048 => {
            public.extend([Attribute::ModulusBits(2048.into()), Attribute::PublicExponent(vec![1, 0, 1])]);
            Mechanism::RsaPkcsKeyPairGen
        }
    };
    let private = [
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
        Attribute::AlwaysAuthenticate(true),
        id,
    ];
    session.generate_key_pair(&mechanism, &public, &private).unwrap();
}

fn session(module: &Pkcs11) -> Session {
    let slots = module.get_slots_with_token().unwrap();
    let slot = slots.into_iter().find(|slot| module.get_token_info(*slot).unwrap().label() == LABEL).unwrap();
    let session = module.open_rw_session(slot).unwrap();
    match session.login(UserType::User, Some(&PIN.into())) {
        Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
        outcome => outcome.unwrap(),
    }
    session
}
