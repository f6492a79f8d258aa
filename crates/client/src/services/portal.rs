//! Connects to a bank's servers.

use std::time::Duration;

use url::Url;

use crate::net::exchange::Target;
use crate::net::http_client::Connection;
use crate::services::issuer::Issuer;
use crate::{Bank, Error, Inkan};

impl Bank {
    /// Prepares a connection to the portal, without a client certificate.
    pub(crate) fn portal(&self, inkan: &Inkan) -> Result<Connection, Error> {
        let portal = inkan.connection(&self.address, &self.trust(), None)?;
        Ok(portal.of_bank(&self.profile))
    }
}

impl Inkan {
    /// Returns the CAs that the certificate login accepts; none if it cannot be asked. Without this list, a certificate
    /// of another CA is refused only during the login.
    pub(crate) fn accepted_issuers(&self, login: &Url, ca: Option<&str>, limit: Duration) -> Option<Vec<Issuer>> {
        let target = Target::at(login.clone());
        match target.and_then(|target| self.accepted_within(target, ca, limit)) {
            Ok(names) => Some(names.unwrap_or_default().into_iter().map(Issuer::from).collect()),
            Err(error) => {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the certificate login cannot be asked which CAs it accepts"
                );
                None
            }
        }
    }
}
