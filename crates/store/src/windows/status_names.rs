//! The names of statuses in `winerror.h`. windows-sys holds only their numbers.

use windows_sys::Win32::Foundation as code;

macro_rules! names {
    (results: $($result:ident),* ; errors: $($error:ident),* $(,)?) => {
        /// Returns the name of an HRESULT, or of an error of Windows; none for a number that is not in the list.
        pub(super) fn of(status: i32) -> Option<&'static str> {
            match (status, status.cast_unsigned()) {
                $((code::$result, _) => Some(stringify!($result)),)*
                $((_, code::$error) => Some(stringify!($error)),)*
                _ => None,
            }
        }
    };
}

names! {
    results:
    NTE_BAD_UID,
    NTE_BAD_KEY,
    NTE_BAD_LEN,
    NTE_BAD_DATA,
    NTE_BAD_SIGNATURE,
    NTE_BAD_ALGID,
    NTE_BAD_FLAGS,
    NTE_BAD_TYPE,
    NTE_BAD_KEY_STATE,
    NTE_NO_KEY,
    NTE_NO_MEMORY,
    NTE_EXISTS,
    NTE_PERM,
    NTE_NOT_FOUND,
    NTE_BAD_PROVIDER,
    NTE_BAD_PROV_TYPE,
    NTE_BAD_KEYSET,
    NTE_PROV_TYPE_NOT_DEF,
    NTE_KEYSET_NOT_DEF,
    NTE_KEYSET_ENTRY_BAD,
    NTE_PROV_DLL_NOT_FOUND,
    NTE_PROVIDER_DLL_FAIL,
    NTE_FAIL,
    NTE_SILENT_CONTEXT,
    NTE_INVALID_HANDLE,
    NTE_INVALID_PARAMETER,
    NTE_NOT_SUPPORTED,
    NTE_NO_MORE_ITEMS,
    NTE_INTERNAL_ERROR,
    NTE_UI_REQUIRED,
    NTE_USER_CANCELLED,
    NTE_DEVICE_NOT_READY,
    NTE_DEVICE_NOT_FOUND,
    NTE_INCORRECT_PASSWORD,
    CRYPT_E_EXISTS,
    CRYPT_E_NOT_FOUND,
    CRYPT_E_NO_KEY_PROPERTY,
    SCARD_E_CANCELLED,
    SCARD_E_INVALID_CHV,
    SCARD_E_NO_KEY_CONTAINER,
    SCARD_E_NO_READERS_AVAILABLE,
    SCARD_E_NO_SERVICE,
    SCARD_E_NO_SMARTCARD,
    SCARD_E_READER_UNAVAILABLE,
    SCARD_E_SHARING_VIOLATION,
    SCARD_E_TIMEOUT,
    SCARD_W_CANCELLED_BY_USER,
    SCARD_W_CHV_BLOCKED,
    SCARD_W_REMOVED_CARD,
    SCARD_W_SECURITY_VIOLATION,
    SCARD_W_UNRESPONSIVE_CARD,
    SCARD_W_UNSUPPORTED_CARD,
    SCARD_W_WRONG_CHV,
    E_NOTIMPL,
    E_FAIL,
    E_ACCESSDENIED;
    errors:
    ERROR_ACCESS_DENIED,
    ERROR_BADDB,
    ERROR_CANCELLED,
    ERROR_FILE_CORRUPT,
    ERROR_LOCK_VIOLATION,
    ERROR_NO_MORE_ITEMS,
    ERROR_REGISTRY_CORRUPT,
    ERROR_SHARING_VIOLATION,
    ERROR_WRITE_PROTECT,
}
