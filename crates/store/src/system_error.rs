use std::io;

use cryptoki::error::{Error as Pkcs11Error, RvError};
use thiserror::Error;

use crate::return_value;

/// An error that a call of the operating system or of one of its libraries returned.
#[derive(Debug, Error)]
pub enum SystemError {
    /// The error of a call of the operating system.
    #[error(transparent)]
    Os(#[from] io::Error),
    /// The error of a PKCS#11 module, or of the loader of its library.
    #[error(transparent)]
    Pkcs11(#[from] Pkcs11Error),
    /// The error of CNG, CryptoAPI or Crypt32.
    #[error("{words} (0x{status:08x})")]
    Windows {
        /// The status or HRESULT.
        status: i32,
        /// The name of the status, if this program knows it.
        name: Option<&'static str>,
        /// The text of Windows for the status.
        words: String,
    },
    /// The error of the Security framework.
    #[error("{words} ({domain} {number})")]
    Apple {
        /// The domain of the number: `OSStatus`, or the domain of a CFError.
        domain: String,
        /// The number in that domain.
        number: i64,
        /// The name of the error, if this program knows it.
        name: Option<&'static str>,
        /// The text of the system for the error.
        words: String,
    },
    /// A call failed and gave no reason.
    #[error("the system gave no reason")]
    Silent,
}

/// The name and the number by which the system's own documentation lists an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemCode {
    /// The name, such as `CKR_DEVICE_REMOVED`, `NTE_BAD_KEYSET` or `errSecItemNotFound`. If this program does not know
    /// the name, the kind of the number: `CK_RV`, `HRESULT`, `OSStatus`, the domain of a CFError, or `errno`.
    pub name: String,
    /// The number. The number of an HRESULT is not negative.
    pub number: i64,
}

impl SystemError {
    /// Returns the name and the number of the error; none if the call gave no number.
    #[allow(clippy::unnecessary_fallible_conversions, reason = "a CK_RV has 32 bits on Windows, and 64 elsewhere")]
    pub fn code(&self) -> Option<SystemCode> {
        let code = |name: &str, number| Some(SystemCode { name: name.to_owned(), number });
        match self {
            Self::Os(error) => code(OS, error.raw_os_error()?.into()),
            Self::Pkcs11(Pkcs11Error::Pkcs11(value, _)) => {
                let (name, number) = return_value::name_and_number(*value);
                code(name, i64::try_from(number).unwrap_or(i64::MAX))
            }
            Self::Pkcs11(_) | Self::Silent => None,
            Self::Windows { status, name, .. } => code(name.unwrap_or("HRESULT"), status.cast_unsigned().into()),
            Self::Apple { domain, number, name, .. } => code(name.unwrap_or(domain), *number),
        }
    }

    /// Returns the number or the name by which a help desk looks the error up: `errno 13`, `CKR_DEVICE_ERROR`,
    /// `0x80090005`.
    pub fn number(&self) -> String {
        match self {
            Self::Os(error) => {
                error.raw_os_error().map_or_else(|| error.kind().to_string(), |code| format!("{OS} {code}"))
            }
            Self::Pkcs11(Pkcs11Error::Pkcs11(RvError::VendorDefined(code) | RvError::UnknownErrorCode(code), _)) => {
                format!("CK_RV 0x{code:x}")
            }
            Self::Pkcs11(Pkcs11Error::Pkcs11(value, _)) => return_value::name_and_number(*value).0.to_owned(),
            Self::Pkcs11(Pkcs11Error::LibraryLoading(error)) => error.to_string(),
            Self::Pkcs11(error) => error.to_string(),
            Self::Windows { status, .. } => format!("0x{status:08x}"),
            Self::Apple { domain, number, .. } => format!("{domain} {number}"),
            Self::Silent => "?".to_owned(),
        }
    }
}

#[cfg(windows)]
const OS: &str = "Windows";
#[cfg(not(windows))]
const OS: &str = "errno";

#[cfg(test)]
mod tests {
    use cryptoki::context::Function;

    use super::*;

    fn windows(name: Option<&'static str>) -> SystemError {
        SystemError::Windows { status: 0x8009_0005_u32.cast_signed(), name, words: "Bad data.".into() }
    }

    #[test]
    fn each_error_has_the_name_and_the_number_of_its_system() {
        let pkcs11 = |code| SystemError::from(Pkcs11Error::Pkcs11(code, Function::Sign));
        let apple = |name| SystemError::Apple { domain: "OSStatus".into(), number: -25300, name, words: "".into() };
        for (error, name, number) in [
            (pkcs11(RvError::DeviceRemoved), "CKR_DEVICE_REMOVED", 50),
            (pkcs11(RvError::VendorDefined(0xce53_4351)), "CK_RV", 0xce53_4351),
            (pkcs11(RvError::UnknownErrorCode(9999)), "CK_RV", 9999),
            (windows(Some("NTE_BAD_DATA")), "NTE_BAD_DATA", 0x8009_0005),
            (windows(None), "HRESULT", 0x8009_0005),
            (apple(Some("errSecItemNotFound")), "errSecItemNotFound", -25300),
            (apple(None), "OSStatus", -25300),
            (io::Error::from_raw_os_error(13).into(), OS, 13),
        ] {
            assert_eq!(error.code(), Some(SystemCode { name: name.into(), number }));
        }
        for error in [SystemError::Silent, io::Error::other("no number").into(), Pkcs11Error::NotSupported.into()] {
            assert_eq!(error.code(), None, "{error:?}");
        }
    }

    #[test]
    fn each_number_is_written_as_its_system_writes_it() {
        let pkcs11 = |code| SystemError::from(Pkcs11Error::Pkcs11(code, Function::Initialize)).number();
        assert_eq!(pkcs11(RvError::GeneralError), "CKR_GENERAL_ERROR");
        assert_eq!(pkcs11(RvError::VendorDefined(0xce53_4351)), "CK_RV 0xce534351");
        assert_eq!(windows(None).number(), "0x80090005");
        assert_eq!(SystemError::from(io::Error::from_raw_os_error(13)).number(), format!("{OS} 13"));
    }
}
