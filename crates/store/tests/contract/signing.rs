use std::sync::Barrier;

use inkan_store::{KeyAlgorithm, PrivateKey, SignatureScheme, StoreError, certification_request};
use ring::signature as verify;
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo, X509CertificationRequest};

use super::Subject;

const MESSAGE: &[u8] = b"what is signed";

pub(crate) fn every_scheme_verifies(subject: &Subject) {
    use SignatureScheme as S;
    for algorithm in subject.algorithms.iter().copied() {
        let key = subject.store.generate(algorithm, "schemes").unwrap();
        let expected: &[S] = match algorithm {
            KeyAlgorithm::EcP256 => &[S::ECDSA_NISTP256_SHA256],
            KeyAlgorithm::Rsa2048 if !subject.pss => &[S::RSA_PKCS1_SHA256, S::RSA_PKCS1_SHA384, S::RSA_PKCS1_SHA512],
            KeyAlgorithm::Rsa2048 => &[
                S::RSA_PSS_SHA256,
                S::RSA_PSS_SHA384,
                S::RSA_PSS_SHA512,
                S::RSA_PKCS1_SHA256,
                S::RSA_PKCS1_SHA384,
                S::RSA_PKCS1_SHA512,
            ],
        };
        assert_eq!(key.schemes(), expected);
        for scheme in expected {
            verifies(key.as_ref(), *scheme);
        }
        assert!(matches!(key.sign(S::ED25519, MESSAGE), Err(StoreError::Refused { .. })));
        if !subject.pss && algorithm == KeyAlgorithm::Rsa2048 {
            assert!(matches!(key.sign(S::RSA_PSS_SHA256, MESSAGE), Err(StoreError::Refused { .. })));
        }
        subject.store.delete_key(key.id()).unwrap();
    }
}

pub(crate) fn verifies(key: &dyn PrivateKey, scheme: SignatureScheme) {
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
    // Often enough for r or s of ECDSA to begin with a zero byte or a set bit.
    for round in 0..if scheme == S::ECDSA_NISTP256_SHA256 { 40 } else { 2 } {
        let message = [MESSAGE, &[round]].concat();
        let signature = key.sign(scheme, &message).unwrap();
        public_key.verify(&message, &signature).unwrap_or_else(|_| panic!("{scheme:?}"));
    }
}

/// RFC 2986: the signature proves that the requester has the key.
pub(crate) fn a_request_is_signed_by_its_key(subject: &Subject) {
    for algorithm in subject.algorithms.iter().copied() {
        let key = subject.store.generate(algorithm, "request").unwrap();
        let request = certification_request(key.as_ref(), "hanakodt").unwrap();
        let (rest, request) = X509CertificationRequest::from_der(&request).unwrap();
        assert!(rest.is_empty());
        request.verify_signature().unwrap();
        let info = &request.certification_request_info;
        assert_eq!(info.subject.to_string(), "CN=hanakodt");
        assert_eq!(info.subject_pki.raw, key.public_key());
        subject.store.delete_key(key.id()).unwrap();
    }
}

pub(crate) fn a_deleted_key_does_not_sign(subject: &Subject) {
    let key = subject.store.generate(subject.algorithm(), "deleted").unwrap();
    subject.store.delete_key(key.id()).unwrap();
    let refused = key.sign(key.schemes()[0], MESSAGE);
    assert!(matches!(refused, Err(StoreError::KeyMissing(_))), "{refused:?}");
    assert!(matches!(certification_request(key.as_ref(), "deleted"), Err(StoreError::KeyMissing(_))));
}

pub(crate) fn several_threads_work_at_once(subject: &Subject) {
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for number in 0..4 {
            let start = &start;
            scope.spawn(move || {
                start.wait();
                for round in 0..3 {
                    let key = subject.store.generate(subject.algorithm(), &format!("thread {number}.{round}")).unwrap();
                    verifies(key.as_ref(), key.schemes()[0]);
                    assert!(subject.is_orphan(key.id()));
                    subject.store.certificates().unwrap();
                    subject.store.delete_key(key.id()).unwrap();
                }
            });
        }
    });
}
