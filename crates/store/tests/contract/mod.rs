//! Tests the contract that every store fulfils. Each case makes its own keys and certificates under its own names, and
//! removes them afterwards. Several cases may run on one store at the same time.

pub(crate) mod authority;
mod behind;
mod deleting;
pub(crate) mod handshake;
mod holding;
pub(crate) mod importing;
mod installing;
mod listing;
mod naming;
#[cfg(windows)]
pub(crate) mod personal;
pub(crate) mod signing;

use std::sync::{Arc, PoisonError, RwLock};

use inkan_store::{CertificateId, CertificateStore, KeyAlgorithm, KeyId, Location, PinSource, StoredCertificate};
use libtest_mimic::Trial;

pub(crate) use behind::{Behind, Token};

/// All kinds of key.
#[allow(dead_code, reason = "a store may not make them all")]
pub(crate) const ALGORITHMS: &[KeyAlgorithm] = &[KeyAlgorithm::EcP256, KeyAlgorithm::Rsa2048];

/// The store under test, and access to the system behind it.
pub(crate) struct Subject {
    pub(crate) store: Arc<dyn CertificateStore>,
    pub(crate) location: Location,
    pub(crate) pin: Option<Arc<dyn PinSource>>,
    pub(crate) behind: Behind,
    /// The kinds of key that the store can make. A case that needs no particular kind uses the first.
    pub(crate) algorithms: &'static [KeyAlgorithm],
    /// Whether the store's RSA keys can sign with RSA-PSS, as TLS 1.3 requires.
    pub(crate) pss: bool,
    /// Whether the store imports keys.
    pub(crate) takes_keys: bool,
}

impl Subject {
    /// Returns a kind of key that the store can make.
    pub(crate) fn algorithm(&self) -> KeyAlgorithm {
        self.algorithms[0]
    }

    /// Returns the token behind the store, which the cases of [`TOKEN_CASES`] test.
    pub(crate) fn token(&self) -> &Token {
        match &self.behind {
            Behind::Token(token) => token,
            #[cfg(windows)]
            Behind::Personal => panic!("no token"),
            #[cfg(target_os = "macos")]
            Behind::Keychain => panic!("no token"),
        }
    }

    pub(crate) fn listed(&self, id: &CertificateId) -> Option<StoredCertificate> {
        self.store.certificates().unwrap().into_iter().find(|certificate| certificate.id == *id)
    }

    pub(crate) fn is_orphan(&self, id: &KeyId) -> bool {
        self.store.orphan_keys().unwrap().contains(id)
    }
}

type Case = fn(&Subject);

/// The cases that run alone. They access the system behind the store without its locks, or look at all its contents.
pub(crate) const ALONE: &[&str] = &[
    "an_authority_without_a_key_is_not_listed",
    "an_intermediate_authority_is_given_to_servers",
    "a_certificate_without_its_key_is_told_as_such",
    "a_key_is_not_handed_out",
    "certificate_and_key_carry_the_same_identity",
    "a_key_numbered_by_another_program_is_found",
    "a_key_without_its_public_object_is_found",
    "half_a_key_is_replaced",
    "a_half_installed_key_is_found",
    "a_key_from_outside_is_refused_by_its_cause",
];

const CASES: &[(&str, Case)] = &[
    ("a_key_waits_for_its_certificate", installing::a_key_waits_for_its_certificate),
    ("the_same_certificate_is_not_installed_twice", installing::the_same_certificate_is_not_installed_twice),
    ("a_certificate_without_a_key_is_refused", installing::a_certificate_without_a_key_is_refused),
    ("what_is_no_certificate_is_refused", installing::what_is_no_certificate_is_refused),
    ("two_subjects_may_have_one_name", installing::two_subjects_may_have_one_name),
    ("a_renewed_certificate_stands_beside_the_old_one", installing::a_renewed_certificate_stands_beside_the_old_one),
    ("a_key_of_no_use_is_refused", importing::a_key_of_no_use_is_refused),
    ("one_name_makes_one_key", naming::one_name_makes_one_key),
    ("an_abandoned_key_is_gone", naming::an_abandoned_key_is_gone),
    ("a_key_with_a_certificate_is_not_abandoned", naming::a_key_with_a_certificate_is_not_abandoned),
    ("everything_a_certificate_says_is_listed", listing::everything_a_certificate_says_is_listed),
    ("an_authority_without_a_key_is_not_listed", listing::an_authority_without_a_key_is_not_listed),
    ("an_intermediate_authority_is_given_to_servers", listing::an_intermediate_authority_is_given_to_servers),
    ("a_certificate_without_its_key_is_told_as_such", listing::a_certificate_without_its_key_is_told_as_such),
    ("opened_again_it_is_the_same_store", listing::opened_again_it_is_the_same_store),
    ("every_scheme_verifies", signing::every_scheme_verifies),
    ("a_request_is_signed_by_its_key", signing::a_request_is_signed_by_its_key),
    ("a_deleted_key_does_not_sign", signing::a_deleted_key_does_not_sign),
    ("several_threads_work_at_once", signing::several_threads_work_at_once),
    ("a_shared_key_stays", deleting::a_shared_key_stays),
    ("a_key_in_use_is_not_deleted_alone", deleting::a_key_in_use_is_not_deleted_alone),
    ("a_key_alone_is_deleted", deleting::a_key_alone_is_deleted),
    ("what_is_not_there_is_not_found", deleting::what_is_not_there_is_not_found),
    ("mutual_tls_holds", handshake::mutual_tls_holds),
    ("a_server_of_another_authority_refuses", handshake::a_server_of_another_authority_refuses),
    ("a_failed_signature_says_why", handshake::a_failed_signature_says_why),
];

/// The cases for a store that imports keys.
const IMPORT_CASES: &[(&str, Case)] = &[
    ("a_key_from_outside_signs", importing::a_key_from_outside_signs),
    ("what_is_there_already_is_kept", importing::what_is_there_already_is_kept),
    ("the_chain_is_no_certificate_of_ones_own", importing::the_chain_is_no_certificate_of_ones_own),
];

/// The cases for a store that makes its keys itself.
const OWN_KEY_CASES: &[(&str, Case)] =
    &[("a_key_from_outside_is_refused_by_its_cause", importing::a_key_from_outside_is_refused_by_its_cause)];

/// The further cases for a token, which access it without the store.
const TOKEN_CASES: &[(&str, Case)] = &[
    ("another_of_the_same_serial_number_is_refused", installing::another_of_the_same_serial_number_is_refused),
    ("a_key_is_not_handed_out", holding::a_key_is_not_handed_out),
    ("certificate_and_key_carry_the_same_identity", holding::certificate_and_key_carry_the_same_identity),
    ("a_key_numbered_by_another_program_is_found", holding::a_key_numbered_by_another_program_is_found),
    ("a_key_without_its_public_object_is_found", holding::a_key_without_its_public_object_is_found),
    ("half_a_key_is_replaced", naming::half_a_key_is_replaced),
    ("a_half_installed_key_is_found", naming::a_half_installed_key_is_found),
];

pub(crate) fn cases(subject: Subject) -> Vec<Trial> {
    let of_tokens = if matches!(subject.behind, Behind::Token(_)) { TOKEN_CASES } else { &[] };
    let of_imports = if subject.takes_keys { IMPORT_CASES } else { OWN_KEY_CASES };
    let subject = Arc::new(RwLock::new(subject));
    CASES
        .iter()
        .chain(of_imports)
        .chain(of_tokens)
        .map(|(name, case)| {
            let subject = subject.clone();
            Trial::test(*name, move || {
                if ALONE.contains(name) {
                    case(&subject.write().unwrap_or_else(PoisonError::into_inner));
                } else {
                    case(&subject.read().unwrap_or_else(PoisonError::into_inner));
                }
                Ok(())
            })
        })
        .collect()
}
