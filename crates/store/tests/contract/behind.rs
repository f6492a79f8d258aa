//! A way past the store, to what it is made of.

use cryptoki::context::Pkcs11;
use cryptoki::object::{Attribute, CertificateType, ObjectClass};
use cryptoki::session::{Session, UserType};
use secrecy::SecretString;

/// What the store is made of.
pub(crate) enum Behind {
    Token(Token),
    /// The user's own certificates on Windows.
    #[cfg(windows)]
    Personal,
}

pub(crate) struct Token {
    pub(crate) module: Pkcs11,
    pub(crate) label: &'static str,
    pub(crate) pin: Option<SecretString>,
}

impl Behind {
    /// Puts a certificate there as another program would, without a key.
    pub(crate) fn write(&self, certificate: &[u8], label: &str) {
        match self {
            Self::Token(token) => token.write(certificate, label),
            #[cfg(windows)]
            Self::Personal => {
                use schannel::cert_context::CertContext;
                use schannel::cert_store::{CertAdd, CertStore};
                let context = CertContext::new(certificate).unwrap();
                context.set_friendly_name(label).unwrap();
                CertStore::open_current_user("MY").unwrap().add_cert(&context, CertAdd::New).unwrap();
            }
        }
    }

    /// Takes it out again.
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
            Self::Personal => {
                let store = schannel::cert_store::CertStore::open_current_user("MY").unwrap();
                let found = store.certs().find(|context| context.to_der() == certificate);
                found.unwrap().delete().unwrap();
            }
        }
    }
}

impl Token {
    /// A session of the token itself.
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
