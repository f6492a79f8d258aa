//! Accesses the system behind a store, without the store under test.

use cryptoki::context::Pkcs11;
use cryptoki::object::{Attribute, CertificateType, ObjectClass};
use cryptoki::session::{Session, UserType};
use secrecy::SecretString;

#[cfg(windows)]
use super::personal;

/// The system behind the store.
#[allow(dead_code, reason = "each test program is about one store")]
pub(crate) enum Behind {
    Token(Token),
    /// The user's own certificates on Windows.
    #[cfg(windows)]
    Personal,
    /// The default keychain of macOS.
    #[cfg(target_os = "macos")]
    Keychain,
}

pub(crate) struct Token {
    pub(crate) module: Pkcs11,
    pub(crate) label: &'static str,
    pub(crate) pin: Option<SecretString>,
}

impl Behind {
    /// Writes a certificate without a key, as another program would.
    pub(crate) fn write(&self, certificate: &[u8], label: &str) {
        match self {
            Self::Token(token) => token.write(certificate, label),
            #[cfg(windows)]
            Self::Personal => personal::write("MY", certificate, label),
            #[cfg(target_os = "macos")]
            Self::Keychain => {
                // The system's own command has no other name for it than the subject's.
                let file = tempfile::Builder::new().prefix(label).tempfile().unwrap();
                std::fs::write(file.path(), certificate).unwrap();
                security(&["add-certificates", file.path().to_str().unwrap()]);
            }
        }
    }

    /// Writes a CA certificate to the place in which this system stores such certificates.
    pub(crate) fn write_authority(&self, certificate: &[u8], label: &str) {
        #[cfg(windows)]
        if let Self::Personal = self {
            return personal::write("CA", certificate, label);
        }
        self.write(certificate, label);
    }

    /// Removes the certificate that [`Self::write_authority`] wrote.
    pub(crate) fn erase_authority(&self, certificate: &[u8]) {
        #[cfg(windows)]
        if let Self::Personal = self {
            return personal::erase("CA", certificate);
        }
        self.erase(certificate);
    }

    /// Removes the certificate that [`Self::write`] wrote.
    pub(crate) fn erase(&self, certificate: &[u8]) {
        match self {
            Self::Token(token) => {
                let session = token.session();
                let like = [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::Value(certificate.to_vec())];
                for object in session.find_objects(&like).unwrap() {
                    session.destroy_object(object).unwrap();
                }
            }
            #[cfg(windows)]
            Self::Personal => personal::erase("MY", certificate),
            #[cfg(target_os = "macos")]
            Self::Keychain => {
                use sha1::{Digest, Sha1};
                security(&["delete-certificate", "-Z", &format!("{:x}", Sha1::digest(certificate))]);
            }
        }
    }
}

impl Token {
    /// Returns a session of the token itself.
    pub(crate) fn session(&self) -> Session {
        let slots = self.module.get_slots_with_token().unwrap();
        let slot = slots
            .into_iter()
            .find(|slot| self.module.get_token_info(*slot).is_ok_and(|info| info.label() == self.label))
            .expect("the token");
        let session = self.module.open_rw_session(slot).unwrap();
        if let Some(pin) = &self.pin {
            // Already done by the store, mostly.
            let _ = session.login(UserType::User, Some(pin));
        }
        session
    }

    fn write(&self, certificate: &[u8], label: &str) {
        let (_, parsed) = x509_parser::parse_x509_certificate(certificate).unwrap();
        let serial = parsed.raw_serial();
        let object = [
            Attribute::Class(ObjectClass::CERTIFICATE),
            Attribute::CertificateType(CertificateType::X_509),
            Attribute::Token(true),
            Attribute::Label(label.as_bytes().to_vec()),
            Attribute::Subject(parsed.subject().as_raw().to_vec()),
            Attribute::Issuer(parsed.issuer().as_raw().to_vec()),
            Attribute::SerialNumber([&[2, serial.len() as u8], serial].concat()),
            Attribute::Id(label.as_bytes().to_vec()),
            Attribute::Value(certificate.to_vec()),
        ];
        self.session().create_object(&object).unwrap();
    }
}

#[cfg(target_os = "macos")]
fn security(arguments: &[&str]) {
    let output = std::process::Command::new("security").args(arguments).output().unwrap();
    assert!(output.status.success(), "security {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
