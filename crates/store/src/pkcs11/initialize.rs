use std::ffi::CStr;
use std::ptr::NonNull;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::Result;

/// Calls `C_Initialize` with the parameter string that NSS's softoken requires (NSS, "PKCS #11 Module Specs").
#[allow(unsafe_code)]
pub(super) fn initialize_softoken(pkcs11: &Pkcs11, parameters: &CStr) -> Result<()> {
    let reserved = NonNull::from(parameters).cast();
    // SAFETY: softoken takes `pReserved` as the address of a NUL-terminated string (`LibraryParameters` in its
    // CK_C_INITIALIZE_ARGS), only reads it, and copies what it keeps. `parameters` is such a string, and outlives the
    // call, after which `arguments` is gone.
    let arguments = unsafe { CInitializeArgs::new_with_reserved(CInitializeFlags::OS_LOCKING_OK, reserved) };
    pkcs11.initialize(arguments)
}
