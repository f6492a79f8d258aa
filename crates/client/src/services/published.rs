//! Reads the document that a bank publishes about itself. The document is read when the bank is added, and again at
//! each login, so that a moved port, a new telephone number, a new CA or a changed rule reaches the users of this PC.

use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use inkan_protocol::{BankDocument, path};

use crate::net::http_client::Connection;
use crate::net::patience::ASIDE;
use crate::services::bank::{LOCK, file};
use crate::services::issuer::Issuer;
use crate::services::login_host;
use crate::{Bank, Error, Inkan, Transport};

/// The result of asking a bank for its current document.
#[derive(Debug)]
pub(crate) enum Asked {
    /// The current document, which is stored now. It also holds the bank's clock.
    Current(Box<BankDocument>),
    /// The bank was not reached, or the server is not the one that was trusted when the bank was added.
    NotReached(Error),
    /// The document or the list of CAs cannot be used. The stored bank stays unchanged.
    Unusable(Error),
    /// The certificate login has moved to this other host, which is not the bank's and to which no user has agreed. The
    /// stored bank stays unchanged.
    Elsewhere(String),
}

/// A thread that asks a bank for its current document.
#[derive(Debug)]
pub(crate) struct Asking(JoinHandle<Result<Option<Bank>, Error>>);

impl Asking {
    /// Waits for the answer, at most for [`ASIDE`]. Returns the bank as it is now; none if nothing has changed, or if
    /// the change is not used.
    pub(crate) fn end(self, known: &Bank) -> Option<Bank> {
        match self.0.join() {
            Ok(Ok(current)) => current.filter(|current| !current.says_the_same(known)),
            Ok(Err(error)) => {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the bank's current profile cannot be stored"
                );
                None
            }
            Err(_) => None,
        }
    }
}

impl Inkan {
    /// Returns the bank with its current document, or as it is stored if the bank cannot be asked or its document
    /// cannot be used.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn bank_now(&self, name: &str) -> Result<Bank, Error> {
        let known = self.bank(name)?;
        Ok(self.asking_anew(&known).end(&known).unwrap_or(known))
    }

    /// Starts to ask the bank for its current document. Asks no question for a proxy login, since the login that runs
    /// beside it asks that question.
    pub(crate) fn asking_anew(&self, known: &Bank) -> Asking {
        let (inkan, known) = (self.without_proxy_login(), known.clone());
        Asking(thread::spawn(move || {
            let bank = known.name.as_str();
            match inkan.ask_anew(&known)? {
                Asked::Current(_) => return inkan.bank(bank).map(Some),
                Asked::NotReached(error) => tracing::info!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the bank cannot be asked for its current profile"
                ),
                Asked::Unusable(error) => tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the bank's current profile or list of CAs cannot be used"
                ),
                Asked::Elsewhere(_) => {
                    tracing::warn!("the new profile is not used: it moves the certificate login to another host")
                }
            }
            Ok(None)
        }))
    }

    /// Asks the bank for its current document, and stores it. The name on this PC, the portal and the trusted CA stay
    /// unchanged. If the answer cannot be used, the whole stored bank stays unchanged.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub(crate) fn ask_anew(&self, known: &Bank) -> Result<Asked, Error> {
        let began = Instant::now();
        let left = || ASIDE.saturating_sub(began.elapsed()).max(Duration::from_millis(1));
        let portal = known.portal(self)?;
        let portal = portal.within(left());
        let document = match published(&portal) {
            Ok(document) => document,
            Err(
                error @ Error::Transport {
                    cause: Transport::ProfileUnusable | Transport::AnswerUnknown | Transport::AnswerTooLong,
                    ..
                },
            ) => return Ok(Asked::Unusable(error)),
            Err(error) => return Ok(Asked::NotReached(error)),
        };
        match login_host::check(&document, &portal, None, Some(known)) {
            Err(Error::LoginElsewhere { host, .. }) => return Ok(Asked::Elsewhere(host)),
            checked => checked?,
        }
        let issuers = match issuers(&portal.within(left())) {
            Ok(issuers) => issuers,
            Err(error) => return Ok(Asked::Unusable(error)),
        };
        let accepted = self.accepted_issuers(&document.certificate_login, known.ca.as_deref(), left());
        self.take_over(known, &document, issuers, accepted)?;
        Ok(Asked::Current(Box::new(document)))
    }

    fn take_over(
        &self,
        known: &Bank,
        document: &BankDocument,
        issuers: Vec<Issuer>,
        accepted: Option<Vec<Issuer>>,
    ) -> Result<(), Error> {
        let _alone = self.home.alone_with(LOCK)?;
        // The bank may have been removed meanwhile, or added again with another CA.
        let Some(kept) = self.home.read::<Bank>(&file(&known.name))? else { return Ok(()) };
        if kept.address != known.address || kept.ca != known.ca {
            return Ok(());
        }
        let new = Bank {
            certificate_login: document.certificate_login.clone(),
            profile: document.profile.clone(),
            issuers: Issuer::with_earlier_keys(issuers, &kept.issuers),
            accepted: accepted.unwrap_or_else(|| kept.accepted.clone()),
            ..kept.clone()
        };
        if !new.says_the_same(&kept) {
            self.home.write(&file(&new.name), &new)?;
            tracing::info!("the bank's new profile was stored");
        }
        Ok(())
    }
}

impl Bank {
    fn says_the_same(&self, other: &Self) -> bool {
        matches!((serde_json::to_value(self), serde_json::to_value(other)), (Ok(one), Ok(two)) if one == two)
    }
}

/// Reads the document that the bank publishes, and checks it.
pub(crate) fn published(connection: &Connection) -> Result<BankDocument, Error> {
    let document: BankDocument = connection.get(path::BANK, None)?;
    if is_usable(&document) { Ok(document) } else { Err(connection.error(Transport::ProfileUnusable)) }
}

/// Returns whether the profile is consistent, and the certificate login is at an https address.
pub(crate) fn is_usable(document: &BankDocument) -> bool {
    let login = &document.certificate_login;
    document.profile.check().is_ok() && login.scheme() == "https" && login.has_host()
}

/// Reads the CAs that issue the bank's client certificates.
pub(crate) fn issuers(connection: &Connection) -> Result<Vec<Issuer>, Error> {
    Issuer::all_in(&connection.get_bytes(path::EST_CA_CERTIFICATES)?).map_err(|cause| connection.error(cause))
}
