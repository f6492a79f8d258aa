//! Puts certificates into a token unchanged, also those that cannot be parsed: `fill_token MODULE < FILE`. FILE
//! contains each certificate after its length in four bytes, big-endian. The token is the module's first.

use std::error::Error;
use std::io::Read;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::object::{Attribute, CertificateType, ObjectClass};

fn main() -> Result<(), Box<dyn Error>> {
    let module = std::env::args().nth(1).ok_or("which module?")?;
    let library = Pkcs11::new(module)?;
    library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))?;
    let slot = library.get_slots_with_initialized_token()?.into_iter().next().ok_or("no token")?;
    let session = library.open_rw_session(slot)?;
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let mut rest = bytes.as_slice();
    while let Some((length, tail)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length))?;
        let (certificate, tail) = tail.split_at_checked(length).ok_or("a certificate is cut short")?;
        session.create_object(&[
            Attribute::Class(ObjectClass::CERTIFICATE),
            Attribute::CertificateType(CertificateType::X_509),
            Attribute::Token(true),
            Attribute::Private(false),
            // The client reads the subject from the certificate, and not from this attribute of the token.
            Attribute::Subject(vec![0x30, 0x00]),
            Attribute::Id(vec![1]),
            Attribute::Value(certificate.to_vec()),
        ])?;
        rest = tail;
    }
    Ok(())
}
