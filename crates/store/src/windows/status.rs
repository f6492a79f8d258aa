use std::fmt;
use std::io;
use std::path::PathBuf;

use windows_sys::Win32::Foundation as code;

use super::status_names as names;
use crate::{StoreError, SystemError, Unavailable};

/// The status of a failed call of CNG, CryptoAPI or Crypt32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Status(i32);

pub(super) type Result<T> = std::result::Result<T, Status>;

impl Status {
    /// The provider cannot do the operation.
    pub(super) const NOT_SUPPORTED: Self = Self(code::NTE_NOT_SUPPORTED);
    /// The data of the key cannot be read.
    pub(super) const BAD_DATA: Self = Self(code::NTE_BAD_DATA);

    /// Returns the number of the status, which a log may hold.
    pub(super) fn number(self) -> i32 {
        self.0
    }

    /// Checks a call that returns its status.
    pub(super) fn check(status: i32) -> Result<()> {
        if status >= 0 { Ok(()) } else { Err(Self(status)) }
    }

    /// Checks a call that returns zero if it failed.
    pub(super) fn check_last(answer: i32) -> Result<()> {
        if answer == 0 { Err(io::Error::last_os_error().into()) } else { Ok(()) }
    }

    /// Returns whether the key or its container does not exist.
    pub(super) fn key_is_gone(self) -> bool {
        matches!(
            self.0,
            code::NTE_NO_KEY
                | code::NTE_BAD_KEYSET
                | code::NTE_NOT_FOUND
                | code::CRYPT_E_NO_KEY_PROPERTY
                | code::SCARD_E_NO_KEY_CONTAINER
        )
    }

    /// Returns whether the provider has no such operation, algorithm or format, or does not exist.
    pub(super) fn is_unsupported(self) -> bool {
        matches!(
            self.0,
            code::NTE_NOT_SUPPORTED
                | code::NTE_BAD_ALGID
                | code::NTE_BAD_TYPE
                | code::NTE_PROV_DLL_NOT_FOUND
                | code::NTE_KEYSET_NOT_DEF
                | code::E_NOTIMPL
        )
    }

    /// Returns whether an enumeration has ended.
    pub(super) fn is_the_end(self) -> bool {
        self.0 == code::NTE_NO_MORE_ITEMS || self.0 == code::ERROR_NO_MORE_ITEMS.cast_signed()
    }

    /// Returns whether the store has the same certificate already.
    pub(super) fn exists(self) -> bool {
        self.0 == code::CRYPT_E_EXISTS
    }

    /// Returns whether the user or a policy refused, or whether the user would have to be asked and must not be.
    fn is_denied(self) -> bool {
        const CANCELLED: i32 = code::ERROR_CANCELLED.cast_signed();
        /// `CANCELLED` as an HRESULT.
        const CANCELLED_RESULT: i32 = 0x8007_04c7_u32.cast_signed();
        matches!(
            self.0,
            code::NTE_PERM
                | code::NTE_SILENT_CONTEXT
                | code::NTE_UI_REQUIRED
                | code::NTE_USER_CANCELLED
                | code::SCARD_E_CANCELLED
                | code::SCARD_W_CANCELLED_BY_USER
                | code::SCARD_W_SECURITY_VIOLATION
                | CANCELLED
                | CANCELLED_RESULT
        )
    }

    /// Returns whether the status is one of these errors of Windows, directly or as an HRESULT.
    fn is_one_of(self, errors: &[u32]) -> bool {
        const FACILITY_WIN32: u32 = 0x8007_0000;
        errors.iter().any(|error| [*error, FACILITY_WIN32 | *error].contains(&self.0.cast_unsigned()))
    }

    /// Returns the name of the status in the header files of Windows, if this program knows it.
    fn name(self) -> Option<&'static str> {
        names::of(self.0)
    }

    fn token_is_gone(self) -> bool {
        matches!(
            self.0,
            code::SCARD_W_REMOVED_CARD
                | code::SCARD_E_NO_SMARTCARD
                | code::SCARD_E_NO_READERS_AVAILABLE
                | code::SCARD_E_READER_UNAVAILABLE
                | code::NTE_DEVICE_NOT_FOUND
                | code::NTE_DEVICE_NOT_READY
        )
    }

    fn pin_is_wrong(self) -> bool {
        matches!(self.0, code::SCARD_W_WRONG_CHV | code::SCARD_E_INVALID_CHV | code::NTE_INCORRECT_PASSWORD)
    }
}

impl From<io::Error> for Status {
    fn from(error: io::Error) -> Self {
        Self(error.raw_os_error().unwrap_or(code::NTE_FAIL))
    }
}

impl From<Status> for SystemError {
    fn from(status: Status) -> Self {
        Self::Windows {
            name: status.name(),
            status: status.0,
            words: io::Error::from_raw_os_error(status.0).to_string(),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (0x{:08x})", io::Error::from_raw_os_error(self.0), self.0)
    }
}

/// Returns the error for a failed call in `operation`.
pub(super) fn refused(operation: &'static str) -> impl Fn(Status) -> StoreError {
    move |status| {
        let source = SystemError::from(status);
        match status {
            _ if status.key_is_gone() => StoreError::KeyMissing(Some(source)),
            _ if status.is_denied() => StoreError::Denied(Some(source)),
            _ if status.pin_is_wrong() => StoreError::WrongPin(Some(source)),
            _ if status == Status(code::SCARD_W_CHV_BLOCKED) => StoreError::PinLocked(Some(source)),
            _ if status.token_is_gone() => StoreError::TokenRemoved(Some(source)),
            _ if status.exists() => StoreError::AlreadyInstalled(Some(source)),
            _ => StoreError::refused(operation, source),
        }
    }
}

/// Returns the error for a failed call that opens or reads a store.
pub(super) fn unavailable(status: Status) -> StoreError {
    /// Windows' name for the store of the user's own certificates.
    const STORE: &str = "MY";
    let (path, source) = (PathBuf::from(STORE), status.into());
    match status {
        _ if status.token_is_gone() => StoreError::TokenRemoved(Some(source)),
        _ if status.is_one_of(&[code::ERROR_ACCESS_DENIED]) || status == Status(code::NTE_PERM) => {
            Unavailable::NotPermitted { path, source }.into()
        }
        _ if status.is_one_of(&[code::ERROR_SHARING_VIOLATION, code::ERROR_LOCK_VIOLATION])
            || status == Status(code::SCARD_E_SHARING_VIOLATION) =>
        {
            Unavailable::Busy { path, source }.into()
        }
        _ if status.is_one_of(&[code::ERROR_FILE_CORRUPT, code::ERROR_BADDB, code::ERROR_REGISTRY_CORRUPT]) => {
            Unavailable::Damaged { path, source: Some(source) }.into()
        }
        _ if status.is_one_of(&[code::ERROR_WRITE_PROTECT]) => Unavailable::ReadOnly { path, source }.into(),
        _ => Unavailable::Other(source).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemCode;

    #[test]
    fn each_cause_has_its_own_error() {
        let sign = |status| refused("sign")(Status(status));
        for gone in [code::NTE_NO_KEY, code::NTE_BAD_KEYSET, code::NTE_NOT_FOUND] {
            assert!(matches!(sign(gone), StoreError::KeyMissing(_)), "{gone:x}");
        }
        for denied in [
            code::NTE_PERM,
            code::NTE_SILENT_CONTEXT,
            code::NTE_USER_CANCELLED,
            code::SCARD_W_CANCELLED_BY_USER,
            code::ERROR_CANCELLED.cast_signed(),
        ] {
            assert!(matches!(sign(denied), StoreError::Denied(_)), "{denied:x}");
        }
        assert!(matches!(sign(code::SCARD_W_WRONG_CHV), StoreError::WrongPin(_)));
        assert!(matches!(sign(code::SCARD_W_CHV_BLOCKED), StoreError::PinLocked(_)));
        assert!(matches!(sign(code::SCARD_W_REMOVED_CARD), StoreError::TokenRemoved(_)));
        assert!(matches!(sign(code::NTE_NOT_SUPPORTED), StoreError::Refused { operation: "sign", .. }));
    }

    #[test]
    fn each_cause_of_a_closed_store_has_its_own_error() {
        let denied = unavailable(Status(0x8007_0005_u32.cast_signed()));
        assert!(matches!(denied, StoreError::Unavailable(Unavailable::NotPermitted { .. })), "{denied:?}");
        let busy = unavailable(Status(code::ERROR_SHARING_VIOLATION.cast_signed()));
        assert!(matches!(busy, StoreError::Unavailable(Unavailable::Busy { .. })), "{busy:?}");
        let StoreError::Unavailable(Unavailable::Other(source)) = unavailable(Status(code::NTE_BAD_DATA)) else {
            panic!("another cause")
        };
        assert_eq!(source.number(), "0x80090005");
    }

    #[test]
    fn each_error_keeps_the_name_and_the_number_of_the_status() {
        for (status, name, number) in [
            (code::NTE_BAD_KEYSET, "NTE_BAD_KEYSET", 0x8009_0016),
            (code::SCARD_W_REMOVED_CARD, "SCARD_W_REMOVED_CARD", 0x8010_0069),
            (code::SCARD_W_WRONG_CHV, "SCARD_W_WRONG_CHV", 0x8010_006b),
            (code::NTE_PERM, "NTE_PERM", 0x8009_0010),
            (code::CRYPT_E_EXISTS, "CRYPT_E_EXISTS", 0x8009_2005),
            (code::ERROR_CANCELLED.cast_signed(), "ERROR_CANCELLED", 1223),
            (0x8009_4321_u32.cast_signed(), "HRESULT", 0x8009_4321),
        ] {
            let error = refused("sign")(Status(status));
            let expected = SystemCode { name: name.into(), number };
            assert_eq!(error.system().and_then(SystemError::code), Some(expected), "{error:?}");
        }
    }

    #[test]
    fn the_number_is_told_with_the_words() {
        assert!(Status(code::NTE_BAD_DATA).to_string().ends_with("(0x80090005)"));
    }
}
