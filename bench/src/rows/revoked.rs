use std::sync::Arc;
use std::time::Instant;

use inkan_protocol::path;
use serde_json::json;
use tokio::sync::watch;

use crate::bank::Bank;
use crate::call::Call;
use crate::client::Connection;
use crate::context::Context;
use crate::enrolled::enrolled;
use crate::fault::Fault;
use crate::report::{Bound, Row};
use crate::statistics::{at, median};

/// The administrator who revokes, with login password and confirmation password.
const ADMINISTRATOR: (&str, &str, &str) = ("hanakodt", "Hanako2026", "Kakunin01");

/// Measures the time from the answer "revoked" of one instance to the last answer that another one still serves, on a
/// connection whose client sends one request after the other. The time of the refusal is a number of its own, since the
/// bank answers a refusal only after the audit log is on the disk.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let here = Bank::start(context.postgres().await?)?;
    let there = here.beside()?;
    let count = u64::try_from(context.plan.revocations)?;
    let identities = enrolled(&here, 1..count + 1).await?;
    let portal = here.portal()?;
    let login = json!({ "user": ADMINISTRATOR.0, "login_password": ADMINISTRATOR.1 });
    let token = portal.ask(0, &Call::post(path::SESSIONS, &login)).await?.served()?.text("token")?;
    let mut administrator = portal.connect(0).await?;
    let (mut lags, mut served, mut refusals, mut late) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for (user, identity) in (1..).zip(&identities) {
        let connection = there.certificate_login(identity)?.connect(1).await?;
        let (told, revoked) = watch::channel(None);
        let visitor = tokio::spawn(visit(connection, revoked));
        let revocation = json!({ "act": "revoke", "confirmation_password": ADMINISTRATOR.2 });
        let path = path::USER_CERTIFICATE.replace("{id}", &format!("u{user}"));
        administrator.ask(&Call::post(&path, &revocation).in_session(&token)).await?.served()?;
        let answered = Instant::now();
        told.send_replace(Some(answered));
        let visit = visitor.await??;
        lags.push(visit.last_served.saturating_duration_since(answered).as_secs_f64() * 1000.0);
        refusals.push(visit.refusal);
        late += visit.served_late;
        served.extend(visit.served);
    }
    Ok(vec![Row {
        name: "revoked",
        what: "revoked to the last answer served, 99 of 100, two instances on PostgreSQL".to_owned(),
        unit: "ms",
        ours: at(&lags, 0.99),
        peer: Some(("one request, 99 of 100".to_owned(), at(&served, 0.99))),
        bound: Bound::RatioAtMost(1.0),
        details: json!({
            "revocations": lags.len(),
            "lag_ms_p50": median(&lags),
            "lag_ms_longest": at(&lags, 1.0),
            "request_ms_p50": median(&served),
            "request_ms_longest": at(&served, 1.0),
            "refusal_ms_p50": median(&refusals),
            "refusal_ms_p99": at(&refusals, 0.99),
            "requests_served_that_began_after_the_answer": late,
        }),
    }])
}

/// What a client with a revoked certificate saw.
struct Visit {
    /// When the last answer came that was not a refusal.
    last_served: Instant,
    /// The time of the refused request, in milliseconds.
    refusal: f64,
    /// The times of the requests that were served, in milliseconds.
    served: Vec<f64>,
    /// The requests that began after the revocation was answered and were served.
    served_late: usize,
}

/// Sends requests until one is refused.
async fn visit(mut connection: Connection, revoked: watch::Receiver<Option<Instant>>) -> Result<Visit, Fault> {
    let call = Arc::new(Call::get(path::EST_CA_CERTIFICATES));
    let (mut served, mut served_late) = (Vec::new(), 0);
    let mut last_served = Instant::now();
    loop {
        let begun = Instant::now();
        let late = revoked.borrow().is_some();
        let answer = connection.ask(&call).await?;
        if !answer.is_served() {
            let refusal = begun.elapsed().as_secs_f64() * 1000.0;
            return Ok(Visit { last_served, refusal, served, served_late });
        }
        last_served = Instant::now();
        served_late += usize::from(late);
        served.push(last_served.duration_since(begun).as_secs_f64() * 1000.0);
    }
}
