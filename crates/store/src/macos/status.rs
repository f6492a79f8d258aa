//! What the Security framework says when it fails, by cause. The numbers are those of `SecBase.h`, `cssmerr.h`,
//! `LAError.h` and `TKError.h`; a name stands beside each, since nobody knows them by heart.

use std::path::PathBuf;

use crate::{StoreError, SystemError, Unavailable};

/// Why a call failed, as far as anything different follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// No such item; where one was to be deleted, success.
    NotFound,
    /// The same item is there already.
    Duplicate,
    /// The person, or the system in their name, refused.
    Denied,
    /// The PIN of a card was wrong.
    WrongPin,
    /// The card is no longer there.
    TokenRemoved,
    /// This program, or this machine, has no such keychain or hardware.
    NotHere,
    /// There is no such keychain, or none by default.
    NoKeychain,
    /// The file of the keychain is not one.
    DamagedKeychain,
    /// The keychain takes no changes.
    ReadOnlyKeychain,
    /// The key does not do that.
    Unsupported,
    /// Anything else.
    Other,
}

/// A failed call: its cause, and the system's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) cause: Cause,
    /// What the system said; none where it gave no reason.
    said: Option<Said>,
}

/// The words of the system, and its number in a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    domain: String,
    number: i64,
    words: String,
}

impl Failure {
    /// Of a call that answers an OSStatus.
    pub(super) fn of_status(status: i32, words: &str) -> Self {
        Self::new(status_cause(status.into()), "OSStatus", status.into(), words)
    }

    /// Of a call that answers a CFError of that domain and code.
    pub(super) fn of_error(domain: &str, code: i64, words: &str) -> Self {
        let cause = match domain {
            "NSOSStatusErrorDomain" => status_cause(code),
            "com.apple.LocalAuthentication" => authentication_cause(code),
            "CryptoTokenKit" => token_cause(code),
            _ => Cause::Other,
        };
        Self::new(cause, domain, code, words)
    }

    /// A call that answered with neither a result nor an error.
    pub(super) fn silent() -> Self {
        Self { cause: Cause::Other, said: None }
    }

    fn new(cause: Cause, domain: &str, number: i64, words: &str) -> Self {
        Self { cause, said: Some(Said { domain: domain.to_owned(), number, words: words.to_owned() }) }
    }

    /// Returns the number of the error, which a log may hold; 0 if the system gave no reason.
    #[cfg(target_os = "macos")]
    pub(super) fn number(&self) -> i64 {
        self.said.as_ref().map_or(0, |said| said.number)
    }

    /// What it means inside `operation`.
    pub(super) fn during(self, operation: &'static str) -> StoreError {
        match self.cause {
            Cause::NotFound => StoreError::KeyMissing,
            Cause::Duplicate => StoreError::AlreadyInstalled,
            Cause::Denied => StoreError::Denied,
            Cause::WrongPin => StoreError::WrongPin,
            Cause::TokenRemoved => StoreError::TokenRemoved,
            Cause::NoKeychain | Cause::DamagedKeychain | Cause::ReadOnlyKeychain => self.reading(),
            Cause::NotHere | Cause::Unsupported | Cause::Other => StoreError::refused(operation, self.source()),
        }
    }

    /// What it means where the keychain was only read.
    pub(super) fn reading(self) -> StoreError {
        /// How the store is named to a person.
        const STORE: &str = "Keychain";
        let (cause, place, source) = (self.cause, PathBuf::from(STORE), self.source());
        match cause {
            Cause::NoKeychain => Unavailable::KeychainMissing(source).into(),
            Cause::DamagedKeychain => Unavailable::Damaged { place, source: Some(source) }.into(),
            Cause::ReadOnlyKeychain => Unavailable::ReadOnly { place, source }.into(),
            Cause::Denied => Unavailable::NotPermitted { place, source }.into(),
            Cause::TokenRemoved => StoreError::TokenRemoved,
            _ => Unavailable::Other(source).into(),
        }
    }

    fn source(self) -> SystemError {
        match self.said {
            Some(Said { domain, number, words }) => SystemError::Apple { domain, number, words },
            None => SystemError::Silent,
        }
    }
}

fn status_cause(status: i64) -> Cause {
    match status {
        // errSecItemNotFound
        -25300 => Cause::NotFound,
        // errSecDuplicateItem
        -25299 => Cause::Duplicate,
        // errSecUserCanceled, errSecAuthFailed, errSecInteractionNotAllowed, errSecInteractionRequired,
        // errSecNoAccessForItem, errSecInvalidOwnerEdit
        -128 | -25293 | -25308 | -25315 | -25243 | -25244 => Cause::Denied,
        // CSSMERR_CSP_OPERATION_AUTH_DENIED, CSSMERR_CSP_NO_USER_INTERACTION, CSSMERR_CSP_USER_CANCELED
        -2_147_416_032 | -2_147_415_840 | -2_147_415_839 => Cause::Denied,
        // errSecMissingEntitlement, errSecUnimplemented, errSecNotAvailable
        -34018 | -4 | -25291 => Cause::NotHere,
        // errSecNoSuchKeychain, errSecNoDefaultKeychain
        -25294 | -25307 => Cause::NoKeychain,
        // errSecInvalidKeychain
        -25295 => Cause::DamagedKeychain,
        // errSecReadOnly, errSecWrPerm
        -25292 | -61 => Cause::ReadOnlyKeychain,
        // errSecParam, which is what a key answers to an algorithm that it has not
        -50 => Cause::Unsupported,
        _ => Cause::Other,
    }
}

fn authentication_cause(code: i64) -> Cause {
    match code {
        // authenticationFailed, userCancel, userFallback, systemCancel, appCancel, notInteractive
        -1 | -2 | -3 | -4 | -9 | -1004 => Cause::Denied,
        _ => Cause::Other,
    }
}

fn token_cause(code: i64) -> Cause {
    match code {
        // notImplemented
        -1 => Cause::Unsupported,
        // canceledByUser, authenticationNeeded
        -4 | -9 => Cause::Denied,
        // authenticationFailed
        -5 => Cause::WrongPin,
        // objectNotFound
        -6 => Cause::NotFound,
        // tokenNotFound
        -7 => Cause::TokenRemoved,
        _ => Cause::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;

    #[test]
    fn a_refusal_by_the_person_is_told_as_such() {
        for status in [-128, -25293, -25308, -2_147_415_839] {
            assert!(matches!(Failure::of_status(status, "").during("sign"), StoreError::Denied), "{status}");
        }
        let cancelled = Failure::of_error("com.apple.LocalAuthentication", -2, "");
        assert!(matches!(cancelled.during("sign"), StoreError::Denied));
    }

    #[test]
    fn what_is_gone_is_told_by_what_it_was() {
        assert!(matches!(Failure::of_status(-25300, "").during("sign"), StoreError::KeyMissing));
        assert!(matches!(Failure::of_error("CryptoTokenKit", -7, "").during("sign"), StoreError::TokenRemoved));
        assert!(matches!(Failure::of_error("CryptoTokenKit", -5, "").during("sign"), StoreError::WrongPin));
        let signing = |status| Failure::of_status(status, "").during("sign");
        assert!(matches!(signing(-25307), StoreError::Unavailable(Unavailable::KeychainMissing(_))));
        assert!(matches!(signing(-25295), StoreError::Unavailable(Unavailable::Damaged { .. })));
        assert!(matches!(signing(-61), StoreError::Unavailable(Unavailable::ReadOnly { .. })));
        let StoreError::Unavailable(Unavailable::Other(source)) = Failure::of_status(-25300, "").reading() else {
            panic!("another cause")
        };
        assert_eq!(source.number(), "OSStatus -25300");
    }

    #[test]
    fn the_same_number_of_another_domain_means_something_else() {
        assert_eq!(Failure::of_error("NSOSStatusErrorDomain", -4, "").cause, Cause::NotHere);
        assert_eq!(Failure::of_error("CryptoTokenKit", -4, "").cause, Cause::Denied);
        assert_eq!(Failure::of_error("NSCocoaErrorDomain", -25300, "").cause, Cause::Other);
    }

    #[test]
    fn the_words_of_the_system_are_kept() {
        let refused = Failure::of_status(-67808, "An operation is not valid.").during("generate a key");
        let StoreError::Refused { operation: "generate a key", source } = refused else { panic!("{refused}") };
        assert_eq!(source.to_string(), "An operation is not valid. (OSStatus -67808)");
        assert_eq!(source.number().as_deref(), Some("OSStatus -67808"));
        let silent = Failure::silent().during("sign");
        assert!(matches!(silent, StoreError::Refused { source: Refusal::System(SystemError::Silent), .. }));
    }
}
