//! SIGKILL again and again, in the midst of changes. Whatever the bank has acknowledged must be there afterwards:
//! sessions, certificates and revocations. The audit log must be whole.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::Rng;
use serde_json::json;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::administration::{add_user, enrol, enrolment_code, log_in, standing};
use crate::attacked_bank::{AttackedBank, Site};
use crate::honest_clients::HonestClients;
use crate::report::Outcome;
use crate::subjects::{CONFIRMATION, CONTRACT, FIRST, LOGIN, OPERATOR, Subjects};
use crate::visitor::{Identity, PATIENCE, Request, Visitor};

/// The least number of kills, however short the time is.
const LEAST: usize = 3;
/// The users who enrol in one round.
const ENROLMENTS: usize = 3;
/// The time for the honest clients to notice the end of an outage.
const NOTICE: Duration = Duration::from_millis(500);

/// What the bank has acknowledged in one round.
#[derive(Default)]
struct Acknowledged {
    sessions: Vec<String>,
    certificates: Vec<Certificate>,
}

struct Certificate {
    identity: Arc<Identity>,
    /// Whether the revocation was sent, and whether it was acknowledged.
    revocation: (bool, bool),
}

/// Kills a process of the bank again and again.
pub(crate) async fn attack(
    bank: &mut AttackedBank,
    subjects: &Subjects,
    honest: &HonestClients,
    until: Instant,
) -> Outcome {
    let mut outcome = Outcome::default();
    let (mut kills, mut sessions, mut certificates, mut revocations) = (0, 0, 0, 0);
    while kills < LEAST || Instant::now() < until {
        let operator = match subjects.session(bank, kills).await {
            Ok(session) => session,
            Err(error) => {
                outcome.fault(format!("no login before a kill: {error}"));
                break;
            }
        };
        let changes = changes(bank, kills, &operator);
        changes.first_is_acknowledged().await;
        tokio::time::sleep(Duration::from_millis(rand::rng().random_range(0..1_000))).await;
        honest.outage(true);
        bank.kill_and_restart(kills);
        // The answers on their way were sent by the other process, or before the kill.
        let acknowledged = changes.end().await;
        check(bank, kills, &acknowledged, &mut outcome).await;
        outcome.take(bank.audit());
        tokio::time::sleep(NOTICE).await;
        honest.outage(false);
        kills += 1;
        sessions += acknowledged.sessions.len();
        certificates += acknowledged.certificates.len();
        revocations += acknowledged.certificates.iter().filter(|one| one.revocation.1).count();
    }
    outcome.check(sessions > 0 && certificates > 0, || "nothing was acknowledged between the kills".to_owned());
    outcome.tried = format!(
        "{kills} kills; {sessions} sessions, {certificates} certificates and {revocations} revocations were acknowledged"
    );
    outcome
}

/// The changes that are under way while the bank is killed.
struct Changes {
    sessions: JoinSet<Vec<String>>,
    certificates: JoinSet<Option<Certificate>>,
    acknowledged: Arc<Notify>,
}

impl Changes {
    /// Waits until the bank has acknowledged a change, or does not do so.
    async fn first_is_acknowledged(&self) {
        // A bank that acknowledges nothing is a fault, which the numbers at the end show.
        let _ = tokio::time::timeout(PATIENCE, self.acknowledged.notified()).await;
    }

    async fn end(mut self) -> Acknowledged {
        let mut acknowledged = Acknowledged::default();
        while let Some(Ok(sessions)) = self.sessions.join_next().await {
            acknowledged.sessions.extend(sessions);
        }
        while let Some(Ok(certificate)) = self.certificates.join_next().await {
            acknowledged.certificates.extend(certificate);
        }
        acknowledged
    }
}

fn changes(bank: &AttackedBank, round: usize, operator: &str) -> Changes {
    let (mut sessions, mut certificates) = (JoinSet::new(), JoinSet::new());
    let acknowledged = Arc::new(Notify::new());
    let codes: Vec<_> = (0..ENROLMENTS)
        .map(|number| {
            let user = format!("kill{round}-{number}");
            add_user(bank, CONTRACT, &user, "general", FIRST);
            let code = enrolment_code(bank, &user).expect("a code");
            (user, code)
        })
        .collect();
    for number in 0..2 {
        sessions.spawn(logins(bank.visitor(), bank.site(round + number), Arc::clone(&acknowledged)));
    }
    for (number, (user, code)) in codes.into_iter().enumerate() {
        let (visitor, site, operator) = (bank.visitor(), bank.site(round + number), operator.to_owned());
        certificates.spawn(async move {
            let identity = enrol(&visitor, site, &user, &code).await.ok()?.1?;
            let mut certificate = Certificate { identity, revocation: (false, false) };
            if number > 0 {
                let act = json!({ "act": "revoke", "confirmation_password": CONFIRMATION });
                let path = format!("/v1/users/{user}/certificate");
                let revoked = visitor.ask(site.portal, &Request::post(&path, &act).by(&operator)).await;
                certificate.revocation = (true, revoked.is_ok_and(|answer| answer.is_success()));
            }
            Some(certificate)
        });
    }
    Changes { sessions, certificates, acknowledged }
}

/// Logs in again and again until the bank is gone, and returns the acknowledged sessions.
async fn logins(visitor: Visitor, site: Site, acknowledged: Arc<Notify>) -> Vec<String> {
    let mut sessions = Vec::new();
    // One process of two goes on.
    while sessions.len() < 20 {
        match log_in(&visitor, site, OPERATOR, LOGIN).await {
            Ok((_, Some(session))) => {
                sessions.push(session);
                acknowledged.notify_one();
            }
            Ok((answer, None)) if answer.is_busy() => {}
            Ok((_, None)) | Err(_) => break,
        }
    }
    sessions
}

async fn check(bank: &AttackedBank, round: usize, acknowledged: &Acknowledged, outcome: &mut Outcome) {
    let visitor = bank.visitor();
    for (number, session) in acknowledged.sessions.iter().enumerate() {
        let site = bank.site(round + number);
        match visitor.ask(site.portal, &Request::get("/v1/top").by(session)).await {
            Ok(answer) if answer.is_success() => {}
            Ok(answer) => outcome.fault(format!("an acknowledged session: {} {}", answer.status, answer.code())),
            Err(error) => outcome.fault(format!("after a kill: {error}")),
        }
    }
    for (number, certificate) in acknowledged.certificates.iter().enumerate() {
        let holder = visitor.with(Arc::clone(&certificate.identity));
        let expected: &[&str] = match certificate.revocation {
            (false, _) => &["session_ended"],
            (true, true) => &["certificate_revoked"],
            (true, false) => &["session_ended", "certificate_revoked"],
        };
        match standing(&holder, bank.site(round + number)).await {
            Ok(code) => outcome.check(expected.contains(&code.as_str()), || {
                format!("an acknowledged certificate: {code}, not {}", expected.join(" or "))
            }),
            Err(error) => outcome.fault(format!("after a kill: {error}")),
        }
    }
}
