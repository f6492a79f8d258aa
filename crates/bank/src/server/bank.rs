use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use inkan_profile::Profile;
use serde_json::value::to_raw_value;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use super::demo;
use super::options::{Announcement, Options};
use super::periodic::Periodic;
use super::profile_use;
use super::shared_keys::OwnKeys;
use super::start_error::StartError;
use crate::authority::Publication;
use crate::authority::crl_cache::CrlCache;
use crate::database::{Connection, Database, contract};
use crate::http;
use crate::http::metrics::Metrics;
use crate::keys::password_hash::Hashing;
use crate::listeners::admission::Admission;
use crate::listeners::listener::Listener;
use crate::listeners::tls_config;
use crate::rules::known_senders::KnownSenders;
use crate::rules::password_queue::KeyedMutex;
use crate::rules::person_name::not_plain_in;
use crate::rules::service::Service;

/// The longest time that running requests get to end when the bank stops.
const GRACE: Duration = Duration::from_secs(5);

/// A running bank. If it is dropped without [`Bank::stop`], running requests are cut off.
#[derive(Debug)]
pub struct Bank {
    announcement: Announcement,
    database: Database,
    periodic: Arc<Periodic>,
    stop: watch::Sender<bool>,
    serving: JoinSet<()>,
}

impl Bank {
    /// Opens the data, makes what is missing in it, and listens.
    ///
    /// Needs a Tokio runtime with time and I/O.
    ///
    /// # Errors
    /// Every [`StartError`]. The next start uses what was made before the error.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let Options {
            profile,
            storage,
            portal,
            certificate_login,
            plain,
            plain_url,
            limits,
            certificates_per_hour,
            longest_password_wait,
            demo,
            clock,
        } = options;
        let now = clock.now();
        if demo && profile.demo.is_none() {
            return Err(StartError::NoDemo);
        }
        if let Some(field) = not_plain_in(&profile).map_err(StartError::Profile)? {
            return Err(StartError::ProfileText(field));
        }
        let database = storage.database().await?;
        fits(&mut *database.read().await?, &profile).await?;
        let OwnKeys { authority, secret_box, server } = storage.own_keys(&database, &profile.name.en, now).await?;
        authority.report_end(profile.certificate.validity_days, now);
        own(&database, &profile).await?;
        let hashing = Hashing::new(longest_password_wait)?;
        let access = match (demo, &profile.demo) {
            (false, _) => None,
            (true, None) => return Err(StartError::NoDemo),
            (true, Some(sample)) => Some(demo::seed(&profile, sample, &database, &secret_box, &hashing, now).await?),
        };

        let identity = authority.server(server, now)?;
        let tls_configs = (tls_config::portal(&identity)?, tls_config::certificate_login(&identity, &authority)?);
        let admission = Admission::new(limits);
        let portal = listen(portal, Some(tls_configs.0), &admission).await?;
        let certificate_login = listen(certificate_login, Some(tls_configs.1), &admission).await?;
        let plain = match plain {
            Some(address) => Some(listen(address, None, &admission).await?),
            None => None,
        };
        let plain_address = plain.as_ref().map(|listener| format!("http://localhost:{}", listener.address().port()));
        let published = match (plain_url, &plain_address) {
            (Some(url), _) => Some(url),
            (None, Some(address)) => Some(parse(address)?),
            (None, None) => None,
        };
        let heads = storage.audit_heads(authority.certificate());
        let authority = authority.publishing(published.as_ref().map(Publication::at));
        let announcement = Announcement {
            portal: address_of(&portal),
            certificate_login: address_of(&certificate_login),
            plain: plain_address,
            ca: authority.file().to_owned(),
            profile: profile.id.clone(),
            demo: access,
        };
        let login_url = parse(&announcement.certificate_login)?;
        let published = to_raw_value(&profile.published()).map_err(StartError::Profile)?;
        let service = Arc::new(Service {
            profile,
            published,
            database: database.clone(),
            authority,
            clock,
            hashing,
            secret_box,
            password_queue: KeyedMutex::default(),
            certificate_login: login_url,
            crl: CrlCache::default(),
            known_senders: KnownSenders::default(),
            certificates_per_hour,
            refusal_counts: Arc::default(),
        });
        let metrics = Arc::new(Metrics::new()?);
        let (stop, stopping) = watch::channel(false);
        let mut serving = JoinSet::new();
        let periodic = Arc::new(Periodic::new(Arc::clone(&service), heads));
        periodic.begin().await;
        serving.spawn(Arc::clone(&periodic).run(stopping.clone()));
        if let Some(plain) = plain {
            let router = http::plain_listener(Arc::clone(&service), Arc::clone(&metrics));
            serving.spawn(plain.serve(router, stopping.clone()));
        }
        let router = http::portal(Arc::clone(&service), Arc::clone(&metrics));
        serving.spawn(portal.serve(router, stopping.clone()));
        serving.spawn(certificate_login.serve(http::certificate_login(service, metrics), stopping));
        Ok(Self { announcement, database, periodic, stop, serving })
    }

    /// Returns the addresses of the listeners, and the sample people.
    pub fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// Stops the listeners, waits for the running requests, and closes the database.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = async { while self.serving.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            tracing::warn!("the bank stopped before some requests had ended");
            self.serving.shutdown().await;
        }
        // The last request may have been refused, and counted.
        self.periodic.finish().await;
        self.database.close().await;
    }
}

/// Checks that the data belongs to this profile, and that the profile still has everything that the data uses. Changes
/// nothing.
async fn fits(connection: &mut Connection, profile: &Profile) -> Result<(), StartError> {
    match contract::profile(connection).await? {
        Some(found) if found != profile.id => Err(StartError::OtherProfile { found, asked: profile.id.clone() }),
        Some(_) => Ok(profile_use::check(connection, profile).await?),
        None => Ok(()),
    }
}

/// Makes the data belong to this profile, if it belongs to no other.
async fn own(database: &Database, profile: &Profile) -> Result<(), StartError> {
    let mut change = database.write().await?;
    fits(&mut change, profile).await?;
    if contract::profile(&mut change).await?.is_none() {
        contract::begin(&mut change, &profile.id).await?;
    }
    let document = serde_json::to_string(&profile.published()).map_err(StartError::Profile)?;
    if contract::document(&mut change).await?.as_deref() != Some(&document) {
        contract::keep_document(&mut change, &document).await?;
    }
    Ok(change.commit().await?)
}

async fn listen(
    address: SocketAddr,
    tls: Option<Arc<rustls::ServerConfig>>,
    admission: &Admission,
) -> Result<Listener, StartError> {
    let bound = Listener::bind(address, tls, admission.clone()).await;
    bound.map_err(|cause| StartError::Listen { address, cause })
}

fn parse(address: &str) -> Result<Url, StartError> {
    Url::parse(address).map_err(|cause| StartError::Address { address: address.to_owned(), cause })
}

/// Returns the address of a listener, with the host name of the server's certificate.
fn address_of(listener: &Listener) -> String {
    format!("https://localhost:{}", listener.address().port())
}
