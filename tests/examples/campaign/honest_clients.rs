//! Honest clients, who use the bank throughout and must be served.
//!
//! An answer with `Retry-After` is a proper answer of a bank that has too much to do: the client tries again. A client
//! that is not served within [`PATIENCE`] was not served.

use std::future::Future;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::administration::{enrol, enrolment_code, log_in, log_in_with_certificate};
use crate::attacked_bank::{AttackedBank, Site};
use crate::report::Outcome;
use crate::visitor::{Answer, PATIENCE, Request};

/// The time from an answer to the next request of a client.
const REST: Duration = Duration::from_millis(250);
/// The time after which a client that was told to try again does so.
const AGAIN: Duration = Duration::from_millis(1_500);
const USER: &str = "hanakodt";

/// What the clients met since the last look.
#[derive(Debug, Default)]
struct Tally {
    served: usize,
    told_to_wait: usize,
    during_outages: usize,
    slowest: Duration,
    outcome: Outcome,
}

#[derive(Debug, Default)]
struct Shared {
    tally: Mutex<Tally>,
    /// Whether the bank is down by design, so that a failure is none of the bank.
    outage: AtomicBool,
    stop: AtomicBool,
}

/// The clients, each in a task of its own.
pub(crate) struct HonestClients {
    shared: Arc<Shared>,
    tasks: JoinSet<()>,
}

impl HonestClients {
    /// Starts the clients: a stranger, a login, a session, and a holder of a certificate, each at an address of its own.
    pub(crate) async fn at(bank: &AttackedBank) -> Self {
        let (shared, mut tasks) = (Arc::<Shared>::default(), JoinSet::new());
        let sites: Vec<Site> = (0..bank.instances()).map(|number| bank.site(number)).collect();
        let host = |last| bank.visitor().from(Ipv4Addr::new(127, 0, 0, last));
        let password = bank.secret(USER, "login_password").to_owned();
        let (_, session) = log_in(&host(2), sites[0], USER, &password).await.expect("a login");
        let session = session.expect("a session");
        let code = enrolment_code(bank, USER).expect("a code");
        let (_, identity) = enrol(&host(2), sites[0], USER, &code).await.expect("an enrolment");
        let holder = host(3).with(identity.expect("a certificate"));
        let (_, bound) = log_in_with_certificate(&holder, sites[0], &password).await.expect("a login");
        let bound = bound.expect("a session");

        let stranger = host(4);
        tasks.spawn(Client::new("the bank's document", &shared, &sites).go_on(move |site| {
            let stranger = stranger.clone();
            async move { stranger.ask(site.portal, &Request::get("/.well-known/inkan")).await }
        }));
        let visitor = host(2);
        tasks.spawn(Client::new("the top page", &shared, &sites).go_on(move |site| {
            let (visitor, session) = (visitor.clone(), session.clone());
            async move { visitor.ask(site.portal, &Request::get("/v1/top").by(&session)).await }
        }));
        tasks.spawn(Client::new("the top page by certificate", &shared, &sites).go_on(move |site| {
            let (holder, bound) = (holder.clone(), bound.clone());
            async move { holder.ask(site.certificate_login, &Request::get("/v1/top").by(&bound)).await }
        }));
        let visitor = host(5);
        tasks.spawn(Client::new("a login", &shared, &sites).go_on(move |site| {
            let (visitor, password) = (visitor.clone(), password.clone());
            async move { log_in(&visitor, site, USER, &password).await.map(|(answer, _)| answer) }
        }));
        Self { shared, tasks }
    }

    /// Says whether the bank is down by design from now on.
    pub(crate) fn outage(&self, outage: bool) {
        self.shared.outage.store(outage, Ordering::SeqCst);
    }

    /// Returns what the clients met since the last call.
    pub(crate) async fn outcome(&self) -> Outcome {
        let tally = std::mem::take(&mut *self.shared.tally());
        let mut outcome = tally.outcome;
        outcome.check(tally.served > 0, || "no honest client was served".to_owned());
        outcome.tried = format!(
            "{} requests served, the slowest in {:.1} s; {} times told to try again; {} failed while the bank was down",
            tally.served,
            tally.slowest.as_secs_f64(),
            tally.told_to_wait,
            tally.during_outages
        );
        outcome
    }

    /// Ends the clients.
    pub(crate) async fn end(mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        while self.tasks.join_next().await.is_some() {}
    }
}

impl Shared {
    fn tally(&self) -> std::sync::MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Client {
    name: &'static str,
    shared: Arc<Shared>,
    sites: Vec<Site>,
}

impl Client {
    fn new(name: &'static str, shared: &Arc<Shared>, sites: &[Site]) -> Self {
        Self { name, shared: Arc::clone(shared), sites: sites.to_vec() }
    }

    /// Sends the request again and again, to each process in turn.
    async fn go_on<F: Future<Output = std::io::Result<Answer>>>(self, ask: impl Fn(Site) -> F) {
        for site in self.sites.iter().copied().cycle() {
            if self.shared.stop.load(Ordering::SeqCst) {
                return;
            }
            self.one(site, &ask).await;
            tokio::time::sleep(REST).await;
        }
    }

    /// Sends the request until it is served.
    async fn one<F: Future<Output = std::io::Result<Answer>>>(&self, site: Site, ask: impl Fn(Site) -> F) {
        let began = Instant::now();
        loop {
            let down_before = self.shared.outage.load(Ordering::SeqCst);
            let answered = ask(site).await;
            if self.ends(&answered, began.elapsed(), down_before) {
                return;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Counts an answer that came after that time, and returns whether the client asks no more.
    fn ends(&self, answered: &std::io::Result<Answer>, after: Duration, down_before: bool) -> bool {
        let down = down_before || self.shared.outage.load(Ordering::SeqCst);
        let mut tally = self.shared.tally();
        match answered {
            Ok(answer) if answer.is_success() => {
                tally.served += 1;
                if !down {
                    tally.slowest = tally.slowest.max(after);
                }
            }
            _ if down => tally.during_outages += 1,
            Ok(answer) if answer.is_busy() && after < PATIENCE => {
                tally.told_to_wait += 1;
                return false;
            }
            Ok(answer) => tally.outcome.fault(format!("{}: {} {}", self.name, answer.status, answer.code())),
            Err(error) => tally.outcome.fault(format!("{}: {error}", self.name)),
        }
        true
    }
}
