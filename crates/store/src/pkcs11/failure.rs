use cryptoki::context::Function;
use cryptoki::error::{Error, RvError};

use crate::{StoreError, Unavailable};

/// Returns the error for a failed call that opens or reads a token.
pub(super) fn unavailable(error: Error) -> StoreError {
    known_cause(error).unwrap_or_else(|error| Unavailable::Other(error.into()).into())
}

/// Returns the error for a failed call in `operation`.
pub(super) fn refused(operation: &'static str) -> impl Fn(Error) -> StoreError {
    move |error| known_cause(error).unwrap_or_else(|error| StoreError::refused(operation, error))
}

/// Returns whether an object was deleted by another thread or program after it was found.
pub(super) fn is_gone(error: &Error) -> bool {
    matches!(error, Error::Pkcs11(RvError::ObjectHandleInvalid | RvError::KeyHandleInvalid, _))
}

/// Returns whether the session has ended. That happens when its token is removed, even if a token is in the slot again.
pub(super) fn is_session_over(error: &Error) -> bool {
    matches!(error, Error::Pkcs11(RvError::SessionHandleInvalid | RvError::SessionClosed, _))
}

/// Returns whether the module may be in a state that only a restart ends.
pub(super) fn is_at_its_end(error: &Error) -> bool {
    matches!(error, Error::Pkcs11(RvError::GeneralError | RvError::DeviceMemory | RvError::HostMemory, _))
}

/// Returns the error for a cause that means the same in every operation. Gives back any other error.
fn known_cause(error: Error) -> Result<StoreError, Error> {
    use RvError as R;
    let Error::Pkcs11(code, function) = error else { return Err(error) };
    let cause = match code {
        // Asked of a token that has answered it before: it is not there any more, whatever it says of the cause.
        R::GeneralError | R::DeviceError if matches!(function, Function::GetTokenInfo) => StoreError::TokenRemoved,
        R::PinIncorrect | R::PinInvalid | R::PinLenRange => StoreError::WrongPin,
        R::PinExpired | R::UserNotLoggedIn | R::UserPinNotInitialized => StoreError::Locked,
        R::TokenWriteProtected | R::SessionReadOnly => StoreError::WriteProtected,
        R::PinLocked => StoreError::PinLocked,
        R::FunctionCanceled | R::FunctionRejected => StoreError::Denied,
        R::TokenNotPresent | R::DeviceRemoved | R::TokenNotRecognized | R::SlotIdInvalid => StoreError::TokenRemoved,
        R::SessionHandleInvalid | R::SessionClosed => StoreError::TokenRemoved,
        _ => return Err(error),
    };
    Ok(cause(Some(error.into())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemCode;

    #[test]
    fn each_error_keeps_the_number_of_the_return_value() {
        let code = |error: StoreError| error.system().and_then(|system| system.code());
        for (value, name, number) in [
            (RvError::DeviceRemoved, "CKR_DEVICE_REMOVED", 0x32),
            (RvError::PinIncorrect, "CKR_PIN_INCORRECT", 0xa0),
            (RvError::UserNotLoggedIn, "CKR_USER_NOT_LOGGED_IN", 0x101),
            (RvError::TokenWriteProtected, "CKR_TOKEN_WRITE_PROTECTED", 0xe2),
            (RvError::PinLocked, "CKR_PIN_LOCKED", 0xa4),
            (RvError::FunctionRejected, "CKR_FUNCTION_REJECTED", 0x200),
            (RvError::MechanismInvalid, "CKR_MECHANISM_INVALID", 0x70),
            (RvError::VendorDefined(0xce53_4351), "CK_RV", 0xce53_4351),
        ] {
            let expected = Some(SystemCode { name: name.into(), number });
            assert_eq!(code(refused("sign")(Error::Pkcs11(value, Function::Sign))), expected);
            assert_eq!(code(unavailable(Error::Pkcs11(value, Function::Login))), expected);
        }
    }

    #[test]
    fn each_cause_has_its_own_error() {
        let sign = |code| refused("sign")(Error::Pkcs11(code, Function::Sign));
        assert!(matches!(sign(RvError::PinIncorrect), StoreError::WrongPin(_)));
        assert!(matches!(sign(RvError::UserNotLoggedIn), StoreError::Locked(_)));
        assert!(matches!(sign(RvError::PinLocked), StoreError::PinLocked(_)));
        assert!(matches!(sign(RvError::TokenWriteProtected), StoreError::WriteProtected(_)));
        assert!(matches!(sign(RvError::DeviceRemoved), StoreError::TokenRemoved(_)));
        assert!(matches!(sign(RvError::SessionHandleInvalid), StoreError::TokenRemoved(_)));
        assert!(matches!(sign(RvError::FunctionCanceled), StoreError::Denied(_)));
        assert!(matches!(sign(RvError::MechanismInvalid), StoreError::Refused { operation: "sign", .. }));
        assert!(matches!(unavailable(Error::NullFunctionPointer), StoreError::Unavailable(Unavailable::Other(_))));
    }
}
