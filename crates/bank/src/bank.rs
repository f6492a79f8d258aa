use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use crate::authority::Authority;
use crate::database::{Database, contract};
use crate::demo;
use crate::files;
use crate::hashing::Hashing;
use crate::http;
use crate::options::{Announcement, Options, StartError};
use crate::seal::Seal;
use crate::service::Service;
use crate::tls::{self, Peer, TlsListener};
use crate::turns::Turns;

/// How long running requests may take to end when the bank stops.
const GRACE: Duration = Duration::from_secs(5);

/// A bank that listens. Dropped without [`Bank::stop`] it breaks off.
#[derive(Debug)]
pub struct Bank {
    announcement: Announcement,
    database: Database,
    stop: watch::Sender<bool>,
    serving: JoinSet<()>,
}

impl Bank {
    /// Opens the data, makes what is missing in it, and listens on both addresses.
    ///
    /// Needs a Tokio runtime with time and I/O.
    ///
    /// # Errors
    /// Every [`StartError`]; whatever had been made by then is used by the next start.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let Options { profile, data, portal, certificate_login, demo, clock } = options;
        files::make_directory(&data).map_err(|cause| StartError::Data { data: data.clone(), cause })?;
        // Beside the names of this PC's files, the announcement is read by programs in other directories.
        let data = data.canonicalize().map_err(|cause| StartError::Data { data: data.clone(), cause })?;
        let now = clock.now();
        let database = Database::open(&data.join("bank.sqlite")).await?;
        own(&database, &profile.id).await?;
        let authority = Authority::open(&data, &profile.name.en, now)?;
        let hashing = Hashing::new()?;
        let access = match (demo, &profile.demo) {
            (false, _) => None,
            (true, None) => return Err(StartError::NoDemo),
            (true, Some(sample)) => {
                let seal = Seal::open(&data)?;
                Some(demo::seed(sample, profile.token.step_seconds, &database, &seal, &hashing, now).await?)
            }
        };

        let identity = authority.server(now)?;
        let doors = (tls::portal(&identity)?, tls::certificate_login(&identity, &authority)?);
        let portal = listen(portal, doors.0).await?;
        let certificate_login = listen(certificate_login, doors.1).await?;
        let announcement = Announcement {
            portal: address_of(&portal),
            certificate_login: address_of(&certificate_login),
            ca: authority.file().to_owned(),
            profile: profile.id.clone(),
            demo: access,
        };
        let login_url = Url::parse(&announcement.certificate_login)
            .map_err(|cause| StartError::Address { address: announcement.certificate_login.clone(), cause })?;
        let service = Arc::new(Service {
            profile,
            database: database.clone(),
            authority,
            clock,
            hashing,
            turns: Turns::default(),
            certificate_login: login_url,
        });
        let (stop, stopping) = watch::channel(false);
        let mut serving = JoinSet::new();
        serving.spawn(serve(portal, http::portal(Arc::clone(&service)), stopping.clone()));
        serving.spawn(serve(certificate_login, http::certificate_login(service), stopping));
        Ok(Self { announcement, database, stop, serving })
    }

    /// Where it listens, and with whom to try it.
    pub fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// Takes no more requests, lets the running ones end, and closes the database.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = async { while self.serving.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            tracing::warn!("requests that did not end were broken off");
            self.serving.shutdown().await;
        }
        self.database.close().await;
    }
}

/// Makes sure that the data is this profile's.
async fn own(database: &Database, profile: &str) -> Result<(), StartError> {
    let mut change = database.write().await?;
    match contract::profile(&mut change).await? {
        Some(found) if found == profile => Ok(()),
        Some(found) => Err(StartError::OtherProfile { found, asked: profile.to_owned() }),
        None => {
            contract::begin(&mut change, profile).await?;
            Ok(change.commit().await?)
        }
    }
}

async fn listen(address: SocketAddr, config: Arc<rustls::ServerConfig>) -> Result<TlsListener, StartError> {
    TlsListener::bind(address, config).await.map_err(|cause| StartError::Listen { address, cause })
}

/// By the name that the server's certificate has.
fn address_of(listener: &TlsListener) -> String {
    format!("https://localhost:{}", listener.address().port())
}

async fn serve(listener: TlsListener, router: Router, mut stopping: watch::Receiver<bool>) {
    let stopped = async move {
        // Fails where the bank was dropped, which ends it as well.
        stopping.wait_for(|stop| *stop).await.ok();
    };
    let service = router.into_make_service_with_connect_info::<Peer>();
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(stopped).await {
        tracing::error!(%error, "a listener ended");
    }
}
