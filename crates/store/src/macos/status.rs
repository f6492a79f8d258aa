//! Sorts the errors of the Security framework by cause. The numbers and names are those of `SecBase.h`, `cssmerr.h`,
//! `LAError.h` and `TKError.h`.

use std::path::PathBuf;

use crate::{StoreError, SystemError, Unavailable};

/// Why a call failed. Causes that have the same consequence share a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// There is no such item. For a deletion, this is success.
    NotFound,
    /// The keychain has the same item already.
    Duplicate,
    /// The user, or the system for the user, refused.
    Denied,
    /// The PIN of a card was wrong.
    WrongPin,
    /// The card was removed.
    TokenRemoved,
    /// The keychain or the hardware is not available to this program or on this machine.
    NotHere,
    /// The keychain does not exist, or there is no default keychain.
    NoKeychain,
    /// The file is not a keychain.
    DamagedKeychain,
    /// The keychain is read-only.
    ReadOnlyKeychain,
    /// The key does not have this operation.
    Unsupported,
    /// Any other cause.
    Other,
}

/// A failed call: its cause, and the text of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) cause: Cause,
    /// What the system returned; none if it gave no reason.
    said: Option<Said>,
}

/// The text of the system, and the number of the error in its domain.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    domain: String,
    number: i64,
    name: Option<&'static str>,
    words: String,
}

impl Failure {
    /// Returns the failure of a call that returned an OSStatus.
    pub(super) fn of_status(status: i32, words: &str) -> Self {
        Self::new(STATUS, "OSStatus", status.into(), words)
    }

    /// Returns the failure of a call that returned a CFError of that domain and code.
    pub(super) fn of_error(domain: &str, code: i64, words: &str) -> Self {
        let known = match domain {
            "NSOSStatusErrorDomain" => STATUS,
            "com.apple.LocalAuthentication" => AUTHENTICATION,
            "CryptoTokenKit" => TOKEN,
            _ => &[],
        };
        Self::new(known, domain, code, words)
    }

    /// Returns the failure of a call that returned neither a result nor an error.
    pub(super) fn silent() -> Self {
        Self { cause: Cause::Other, said: None }
    }

    fn new(known: &[Known], domain: &str, number: i64, words: &str) -> Self {
        let known = known.iter().find(|(of, ..)| *of == number);
        let cause = known.map_or(Cause::Other, |(_, _, cause)| *cause);
        let name = known.map(|(_, name, _)| *name);
        Self { cause, said: Some(Said { domain: domain.to_owned(), number, name, words: words.to_owned() }) }
    }

    /// Returns the number of the error, which a log may hold; 0 if the system gave no reason.
    #[cfg(target_os = "macos")]
    pub(super) fn number(&self) -> i64 {
        self.said.as_ref().map_or(0, |said| said.number)
    }

    /// Returns the error for this failure in `operation`.
    pub(super) fn during(self, operation: &'static str) -> StoreError {
        match self.cause {
            Cause::NotFound => StoreError::KeyMissing(Some(self.source())),
            Cause::Duplicate => StoreError::AlreadyInstalled(Some(self.source())),
            Cause::Denied => StoreError::Denied(Some(self.source())),
            Cause::WrongPin => StoreError::WrongPin(Some(self.source())),
            Cause::TokenRemoved => StoreError::TokenRemoved(Some(self.source())),
            Cause::NoKeychain | Cause::DamagedKeychain | Cause::ReadOnlyKeychain => self.reading(),
            Cause::NotHere | Cause::Unsupported | Cause::Other => StoreError::refused(operation, self.source()),
        }
    }

    /// Returns the error for this failure while the keychain was read.
    pub(super) fn reading(self) -> StoreError {
        /// The name of the store in texts.
        const STORE: &str = "Keychain";
        let (cause, path, source) = (self.cause, PathBuf::from(STORE), self.source());
        match cause {
            Cause::NoKeychain => Unavailable::KeychainMissing(source).into(),
            Cause::DamagedKeychain => Unavailable::Damaged { path, source: Some(source) }.into(),
            Cause::ReadOnlyKeychain => Unavailable::ReadOnly { path, source }.into(),
            Cause::Denied => Unavailable::NotPermitted { path, source }.into(),
            Cause::TokenRemoved => StoreError::TokenRemoved(Some(source)),
            _ => Unavailable::Other(source).into(),
        }
    }

    fn source(self) -> SystemError {
        match self.said {
            Some(Said { domain, number, name, words }) => SystemError::Apple { domain, number, name, words },
            None => SystemError::Silent,
        }
    }
}

/// A known error: its number, its name, and the cause.
type Known = (i64, &'static str, Cause);

/// The OSStatus numbers of `SecBase.h` and `cssmerr.h`.
const STATUS: &[Known] = &[
    (-25300, "errSecItemNotFound", Cause::NotFound),
    (-25299, "errSecDuplicateItem", Cause::Duplicate),
    (-128, "errSecUserCanceled", Cause::Denied),
    (-25293, "errSecAuthFailed", Cause::Denied),
    (-25308, "errSecInteractionNotAllowed", Cause::Denied),
    (-25315, "errSecInteractionRequired", Cause::Denied),
    (-25243, "errSecNoAccessForItem", Cause::Denied),
    (-25244, "errSecInvalidOwnerEdit", Cause::Denied),
    (-2_147_416_032, "CSSMERR_CSP_OPERATION_AUTH_DENIED", Cause::Denied),
    (-2_147_415_840, "CSSMERR_CSP_NO_USER_INTERACTION", Cause::Denied),
    (-2_147_415_839, "CSSMERR_CSP_USER_CANCELED", Cause::Denied),
    (-34018, "errSecMissingEntitlement", Cause::NotHere),
    (-4, "errSecUnimplemented", Cause::NotHere),
    (-25291, "errSecNotAvailable", Cause::NotHere),
    (-25294, "errSecNoSuchKeychain", Cause::NoKeychain),
    (-25307, "errSecNoDefaultKeychain", Cause::NoKeychain),
    (-25295, "errSecInvalidKeychain", Cause::DamagedKeychain),
    (-25292, "errSecReadOnly", Cause::ReadOnlyKeychain),
    (-61, "errSecWrPerm", Cause::ReadOnlyKeychain),
    // What a key answers to an algorithm that it does not have.
    (-50, "errSecParam", Cause::Unsupported),
];

/// The errors of LocalAuthentication, from `LAError.h`.
const AUTHENTICATION: &[Known] = &[
    (-1, "LAErrorAuthenticationFailed", Cause::Denied),
    (-2, "LAErrorUserCancel", Cause::Denied),
    (-3, "LAErrorUserFallback", Cause::Denied),
    (-4, "LAErrorSystemCancel", Cause::Denied),
    (-9, "LAErrorAppCancel", Cause::Denied),
    (-1004, "LAErrorNotInteractive", Cause::Denied),
];

/// The errors of CryptoTokenKit, from `TKError.h`.
const TOKEN: &[Known] = &[
    (-1, "TKErrorCodeNotImplemented", Cause::Unsupported),
    (-4, "TKErrorCodeCanceledByUser", Cause::Denied),
    (-9, "TKErrorCodeAuthenticationNeeded", Cause::Denied),
    (-5, "TKErrorCodeAuthenticationFailed", Cause::WrongPin),
    (-6, "TKErrorCodeObjectNotFound", Cause::NotFound),
    (-7, "TKErrorCodeTokenNotFound", Cause::TokenRemoved),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Refusal, SystemCode};

    #[test]
    fn a_refusal_by_the_person_is_told_as_such() {
        for status in [-128, -25293, -25308, -2_147_415_839] {
            assert!(matches!(Failure::of_status(status, "").during("sign"), StoreError::Denied(_)), "{status}");
        }
        let cancelled = Failure::of_error("com.apple.LocalAuthentication", -2, "");
        assert!(matches!(cancelled.during("sign"), StoreError::Denied(_)));
    }

    #[test]
    fn what_is_gone_is_told_by_what_it_was() {
        assert!(matches!(Failure::of_status(-25300, "").during("sign"), StoreError::KeyMissing(_)));
        assert!(matches!(Failure::of_error("CryptoTokenKit", -7, "").during("sign"), StoreError::TokenRemoved(_)));
        assert!(matches!(Failure::of_error("CryptoTokenKit", -5, "").during("sign"), StoreError::WrongPin(_)));
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
        let code = |error: &StoreError| error.system().and_then(SystemError::code);
        for (failure, name, number) in [
            (Failure::of_status(-67808, ""), "OSStatus", -67808),
            (Failure::of_status(-25300, ""), "errSecItemNotFound", -25300),
            (Failure::of_status(-128, ""), "errSecUserCanceled", -128),
            (Failure::of_status(-25299, ""), "errSecDuplicateItem", -25299),
            (Failure::of_error("CryptoTokenKit", -7, ""), "TKErrorCodeTokenNotFound", -7),
            (Failure::of_error("NSCocoaErrorDomain", 4, ""), "NSCocoaErrorDomain", 4),
        ] {
            assert_eq!(code(&failure.during("sign")), Some(SystemCode { name: name.into(), number }));
        }
        assert_eq!(code(&Failure::silent().during("sign")), None);
        let silent = Failure::silent().during("sign");
        assert!(matches!(silent, StoreError::Refused { source: Refusal::System(SystemError::Silent), .. }));
    }
}
