//! A user of a PC with a real NSS database, and the user's bank.

use std::sync::Arc;

use inkan_client::{Applicant, CertificateRow, Error, Home, Inkan, KeyAlgorithm, Location, Proxy, Settings};
use inkan_protocol::{Clock, Language, Secret};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

use crate::est_server::{EstServer, NOW};

#[derive(Debug)]
struct Stopped(OffsetDateTime);

impl Clock for Stopped {
    fn now(&self) -> OffsetDateTime {
        self.0
    }
}

/// Returns a client without banks, which connects directly and whose clock is the bank's. Its data is in the directory.
pub(crate) fn pc(store: &Location) -> (TempDir, Inkan) {
    let home = tempfile::tempdir().unwrap();
    let inkan = Inkan::new(Home::at(home.path()), store, Language::En).with_clock(Arc::new(Stopped(NOW)));
    Settings::change(inkan.home(), |settings| settings.proxy = Proxy::None).unwrap();
    (home, inkan)
}

/// A user of a PC, and the user's bank.
pub(crate) struct Scene {
    pub(crate) bank: EstServer,
    pub(crate) inkan: Inkan,
    user: &'static str,
    _home: TempDir,
}

impl Scene {
    /// `user` differs from test to test, since all share one store. The PC's clock differs from the bank's by `ahead`.
    pub(crate) fn new(store: &Location, user: &'static str, ahead: Duration) -> Self {
        let (bank, (home, inkan)) = (EstServer::start(user), pc(store));
        let inkan = inkan.with_clock(Arc::new(Stopped(NOW + ahead)));
        let ca = inkan_client::ca_certificates("ca", bank.trusted()).unwrap();
        inkan.add_bank(&bank.address(), Some(&ca), None).unwrap();
        Self { bank, inkan, user, _home: home }
    }

    pub(crate) fn acquire(&self) -> Result<bool, Error> {
        let login_password = Secret::from("Password-1".to_owned());
        let applicant = Applicant {
            contract: None,
            user: self.user.to_owned(),
            login_password,
            otp: None,
            token_serial: None,
            chosen_passwords: None,
        };
        self.inkan.acquire("okmate", &applicant, KeyAlgorithm::EcP256, |_| ()).map(|acquired| acquired.resumed)
    }

    pub(crate) fn renew(&self) -> Result<bool, Error> {
        self.inkan.renew("okmate", None, |_| ()).map(|renewed| renewed.resumed)
    }

    pub(crate) fn certificates(&self) -> Vec<CertificateRow> {
        let rows = self.inkan.certificates(Some("okmate")).unwrap();
        rows.into_iter().filter(|row| row.name == self.user || row.name == "somebody").collect()
    }
}
