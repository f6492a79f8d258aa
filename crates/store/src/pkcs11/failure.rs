use cryptoki::error::{Error, RvError};

use crate::StoreError;

/// What a failed call to open or read a token means.
pub(super) fn unavailable(error: Error) -> StoreError {
    if wants_pin(&error) { StoreError::Locked } else { StoreError::Unavailable { reason: error.to_string() } }
}

/// What a failed call inside `operation` means.
pub(super) fn refused(operation: &'static str) -> impl Fn(Error) -> StoreError {
    move |error| match error {
        Error::Pkcs11(RvError::TokenNotPresent | RvError::DeviceRemoved | RvError::TokenNotRecognized, _) => {
            unavailable(error)
        }
        _ if wants_pin(&error) => StoreError::Locked,
        _ => StoreError::Refused { operation, reason: error.to_string() },
    }
}

/// Whether an object vanished between being found and being read, by another thread or program.
pub(super) fn is_gone(error: &Error) -> bool {
    matches!(error, Error::Pkcs11(RvError::ObjectHandleInvalid | RvError::KeyHandleInvalid, _))
}

fn wants_pin(error: &Error) -> bool {
    use RvError as R;
    matches!(
        error,
        Error::Pkcs11(
            R::PinIncorrect
                | R::PinInvalid
                | R::PinLenRange
                | R::PinExpired
                | R::PinLocked
                | R::UserNotLoggedIn
                | R::UserPinNotInitialized,
            _
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use cryptoki::context::Function;

    #[test]
    fn each_cause_has_its_own_error() {
        let sign = |code| refused("sign")(Error::Pkcs11(code, Function::Sign));
        assert!(matches!(sign(RvError::PinIncorrect), StoreError::Locked));
        assert!(matches!(sign(RvError::DeviceRemoved), StoreError::Unavailable { .. }));
        assert!(matches!(sign(RvError::FunctionCanceled), StoreError::Refused { operation: "sign", .. }));
        assert!(matches!(unavailable(Error::NullFunctionPointer), StoreError::Unavailable { .. }));
    }
}
