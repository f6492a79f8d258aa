use cryptoki::context::Function;
use cryptoki::error::{Error, RvError};

use crate::{StoreError, Unavailable};

/// What a failed call to open or read a token means.
pub(super) fn unavailable(error: Error) -> StoreError {
    known_cause(&error).unwrap_or_else(|| Unavailable::Other(error.into()).into())
}

/// What a failed call inside `operation` means.
pub(super) fn refused(operation: &'static str) -> impl Fn(Error) -> StoreError {
    move |error| known_cause(&error).unwrap_or_else(|| StoreError::refused(operation, error))
}

/// Whether an object vanished between being found and being read, by another thread or program.
pub(super) fn is_gone(error: &Error) -> bool {
    matches!(error, Error::Pkcs11(RvError::ObjectHandleInvalid | RvError::KeyHandleInvalid, _))
}

/// Whether the session has ended, as it does when its token is pulled out, even where another is back in the slot.
pub(super) fn is_session_over(error: &Error) -> bool {
    matches!(error, Error::Pkcs11(RvError::SessionHandleInvalid | RvError::SessionClosed, _))
}

/// Whether the module may have come to its end, so that only starting it anew helps.
pub(super) fn is_at_its_end(error: &Error) -> bool {
    matches!(error, Error::Pkcs11(RvError::GeneralError | RvError::DeviceMemory | RvError::HostMemory, _))
}

/// What means the same whatever was being done.
fn known_cause(error: &Error) -> Option<StoreError> {
    use RvError as R;
    let Error::Pkcs11(code, function) = error else { return None };
    match code {
        // Asked of a token that has answered it before: it is not there any more, whatever it says of the cause.
        R::GeneralError | R::DeviceError if matches!(function, Function::GetTokenInfo) => {
            Some(StoreError::TokenRemoved)
        }
        R::PinIncorrect | R::PinInvalid | R::PinLenRange => Some(StoreError::WrongPin),
        R::PinExpired | R::UserNotLoggedIn | R::UserPinNotInitialized => Some(StoreError::Locked),
        R::TokenWriteProtected | R::SessionReadOnly => Some(StoreError::WriteProtected),
        R::PinLocked => Some(StoreError::PinLocked),
        R::FunctionCanceled | R::FunctionRejected => Some(StoreError::Denied),
        R::TokenNotPresent | R::DeviceRemoved | R::TokenNotRecognized | R::SlotIdInvalid => {
            Some(StoreError::TokenRemoved)
        }
        R::SessionHandleInvalid | R::SessionClosed => Some(StoreError::TokenRemoved),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_has_its_own_error() {
        let sign = |code| refused("sign")(Error::Pkcs11(code, Function::Sign));
        assert!(matches!(sign(RvError::PinIncorrect), StoreError::WrongPin));
        assert!(matches!(sign(RvError::UserNotLoggedIn), StoreError::Locked));
        assert!(matches!(sign(RvError::PinLocked), StoreError::PinLocked));
        assert!(matches!(sign(RvError::TokenWriteProtected), StoreError::WriteProtected));
        assert!(matches!(sign(RvError::DeviceRemoved), StoreError::TokenRemoved));
        assert!(matches!(sign(RvError::SessionHandleInvalid), StoreError::TokenRemoved));
        assert!(matches!(sign(RvError::FunctionCanceled), StoreError::Denied));
        assert!(matches!(sign(RvError::MechanismInvalid), StoreError::Refused { operation: "sign", .. }));
        assert!(matches!(unavailable(Error::NullFunctionPointer), StoreError::Unavailable(Unavailable::Other(_))));
    }
}
