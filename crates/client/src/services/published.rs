//! What a bank publishes of itself: read when it is added, and asked for anew at each login, so that a moved port, a
//! new telephone number, a new CA or a changed rule reaches the people here.

use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use inkan_protocol::{BankDocument, path};

use crate::net::http_client::Connection;
use crate::net::patience::ASIDE;
use crate::services::bank::{LOCK, file};
use crate::services::issuer::Issuer;
use crate::{Bank, Error, Inkan, Transport};

/// What came of asking a bank anew.
#[derive(Debug)]
pub(crate) enum Asked {
    /// What it publishes is what is known here now. Its clock, too.
    Current(Box<BankDocument>),
    /// It was not reached, or is not the server that was trusted when it was added.
    NotReached(Error),
    /// It publishes something that cannot be used. What was known stays.
    Unusable(Error),
    /// Its certificate login is now on another host, to which no person here has agreed. What was known stays.
    Elsewhere(String),
}

/// A bank that is being asked anew beside something else.
#[derive(Debug)]
pub(crate) struct Asking(JoinHandle<Result<Option<Bank>, Error>>);

impl Asking {
    /// Waits for the answer, which takes no longer than [`ASIDE`], and gives the bank as it is now; none if nothing has
    /// changed, or what has changed is not taken over.
    pub(crate) fn end(self, known: &Bank) -> Option<Bank> {
        match self.0.join() {
            Ok(Ok(current)) => current.filter(|current| !current.says_the_same(known)),
            Ok(Err(error)) => {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "what the bank publishes cannot be written"
                );
                None
            }
            Err(_) => None,
        }
    }
}

impl Inkan {
    /// Returns a bank by what it publishes now, or by what is known here if it cannot be asked or publishes nothing
    /// usable.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn bank_now(&self, name: &str) -> Result<Bank, Error> {
        let known = self.bank(name)?;
        Ok(self.asking_anew(&known).end(&known).unwrap_or(known))
    }

    /// Begins to ask the bank what it publishes now, without a question for a proxy login: the login beside it asks.
    pub(crate) fn asking_anew(&self, known: &Bank) -> Asking {
        let (inkan, known) = (self.without_proxy_login(), known.clone());
        Asking(thread::spawn(move || {
            let bank = known.name.as_str();
            match inkan.ask_anew(&known)? {
                Asked::Current(_) => return inkan.bank(bank).map(Some),
                Asked::NotReached(error) => tracing::info!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the bank cannot be asked what it publishes"
                ),
                Asked::Unusable(error) => tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "what the bank publishes now cannot be used"
                ),
                Asked::Elsewhere(_) => tracing::warn!("the certificate login has moved to another host"),
            }
            Ok(None)
        }))
    }

    /// Asks the bank what it publishes now, and keeps it. The name here, the portal and the trusted CA stay; so does
    /// everything where the answer cannot be used.
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
        if document.certificate_login.host() != known.certificate_login.host() {
            let host = document.certificate_login.host_str().unwrap_or_default().to_owned();
            return Ok(Asked::Elsewhere(host));
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
        // It may have been removed, or added again with another CA, meanwhile.
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
            tracing::info!("the bank publishes a new profile, which is kept");
        }
        Ok(())
    }
}

impl Bank {
    fn says_the_same(&self, other: &Self) -> bool {
        matches!((serde_json::to_value(self), serde_json::to_value(other)), (Ok(one), Ok(two)) if one == two)
    }
}

/// What the bank publishes of itself, checked.
pub(crate) fn published(connection: &Connection) -> Result<BankDocument, Error> {
    let document: BankDocument = connection.get(path::BANK, None)?;
    let consistent = document.profile.check().is_ok()
        && document.certificate_login.scheme() == "https"
        && document.certificate_login.has_host();
    if consistent { Ok(document) } else { Err(connection.error(Transport::ProfileUnusable)) }
}

/// The CAs that issue the bank's client certificates.
pub(crate) fn issuers(connection: &Connection) -> Result<Vec<Issuer>, Error> {
    Issuer::all_in(&connection.get_bytes(path::EST_CA_CERTIFICATES)?).map_err(|cause| connection.error(cause))
}
