use std::path::Path;
use std::ptr;

use cryptoki::context::Function;
use cryptoki::error::{Error, Result, Rv};
use cryptoki::session::Session;
use cryptoki_sys::{CK_BYTE_PTR, CK_FUNCTION_LIST, CK_RV, CK_SESSION_HANDLE, CK_ULONG, CK_ULONG_PTR};

/// The length in bytes of the longest signature that keys make today: RSA of 16,384 bits.
const LONGEST: usize = 2048;

type Sign = unsafe extern "C" fn(CK_SESSION_HANDLE, CK_BYTE_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG_PTR) -> CK_RV;

/// Calls `C_Sign` alone. A key with `CKA_ALWAYS_AUTHENTICATE` needs a login between `C_SignInit` and `C_Sign` (PKCS#11
/// v3.1 §4.9), but cryptoki calls the two together.
pub(super) struct SinglePart {
    sign: Sign,
    /// The library, which is held so that the function stays loaded.
    _library: cryptoki_sys::Pkcs11,
}

impl SinglePart {
    /// Finds the function in the module `library`, which is loaded and initialised already.
    #[allow(unsafe_code)]
    pub(super) fn of(library: &Path) -> Result<Self> {
        // SAFETY: the module is in this process already, so that loading it again runs none of its code.
        let library = unsafe { cryptoki_sys::Pkcs11::new(library) }.map_err(Error::LibraryLoading)?;
        let Ok(get_function_list) = &library.C_GetFunctionList else { return Err(Error::NullFunctionPointer) };
        let mut functions: *mut CK_FUNCTION_LIST = ptr::null_mut();
        // SAFETY: the function has the signature of the standard, and writes one pointer.
        Rv::from(unsafe { get_function_list(&mut functions) }).into_result(Function::GetFunctionList)?;
        // SAFETY: where the call succeeds, the pointer is null or that of a list which lasts as long as the module.
        let sign = unsafe { functions.as_ref() }.and_then(|functions| functions.C_Sign);
        Ok(Self { sign: sign.ok_or(Error::NullFunctionPointer)?, _library: library })
    }

    /// Ends the operation that `C_SignInit` began in `session`.
    #[allow(unsafe_code)]
    pub(super) fn sign(&self, session: &Session, data: &[u8]) -> Result<Vec<u8>> {
        let mut signature = vec![0; LONGEST];
        let mut length: CK_ULONG = LONGEST.try_into()?;
        // SAFETY: the session is open and belongs to this thread; `data` is only read; the module gets the length of
        // `signature` and writes no more.
        let answer = unsafe {
            (self.sign)(
                session.handle(),
                data.as_ptr().cast_mut(),
                data.len().try_into()?,
                signature.as_mut_ptr(),
                &mut length,
            )
        };
        Rv::from(answer).into_result(Function::Sign)?;
        signature.truncate(length.try_into()?);
        Ok(signature)
    }
}
