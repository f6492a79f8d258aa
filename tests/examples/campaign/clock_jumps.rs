//! A clock that jumps ahead and back while the bank runs: logins go on, what was revoked stays revoked, and the CRL is
//! never of the future and never out of date.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use x509_parser::prelude::{CertificateRevocationList, FromDer, X509Certificate};

use crate::administration::{branch, enrol, enrolment_code, log_in, standing};
use crate::attacked_bank::AttackedBank;
use crate::pauses::ready;
use crate::report::Outcome;
use crate::visitor::{Identity, Request};

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;
/// Where the clock jumps, in seconds ahead of this machine's clock. All within the life of a certificate.
const JUMPS: [u32; 8] = [HOUR, 0, 10 * DAY, 9 * DAY, 0, 200 * DAY, 40 * DAY, 0];
/// The difference of two clocks that are the same, in seconds: the time for a request on a busy machine.
const SAME: i64 = 60;

/// Moves the clock through all jumps, at least once.
pub(crate) async fn attack(bank: &mut AttackedBank, until: Instant) -> Outcome {
    let mut outcome = Outcome::default();
    let [live, revoked] = [certificate(bank, "hanakodt").await, certificate(bank, "jirodt").await];
    branch(bank, &["certificates", "revoke", "--user", "jirodt"], "").expect("the branch revokes");
    let mut jumps = 0;
    loop {
        for ahead in JUMPS {
            bank.set_clock_ahead(ahead);
            jumps += 1;
            let at = format!("{} h ahead", ahead / HOUR);
            ready(bank, 0, &mut outcome).await;
            for (identity, expected) in [(&live, "session_ended"), (&revoked, "certificate_revoked")] {
                let holder = bank.visitor().with(Arc::clone(identity));
                let said = standing(&holder, bank.site(0)).await.unwrap_or_else(|error| error.to_string());
                outcome.check(said == expected, || format!("{at}: the certificate: {said}, not {expected}"));
            }
            judge(bank, &at, &mut outcome).await;
            judge_crl(bank, &at, &revoked, &mut outcome).await;
        }
        if Instant::now() >= until {
            break;
        }
    }
    outcome.take(bank.audit());
    outcome.tried = format!("{jumps} jumps of the clock, up to 200 days ahead and back");
    outcome
}

async fn certificate(bank: &AttackedBank, user: &str) -> Arc<Identity> {
    let code = enrolment_code(bank, user).expect("a code");
    let (answer, identity) = enrol(&bank.visitor(), bank.site(0), user, &code).await.expect("an enrolment");
    identity.unwrap_or_else(|| panic!("no certificate: {answer:?}"))
}

/// Checks that a user can log in, and that the bank says the time.
async fn judge(bank: &AttackedBank, at: &str, outcome: &mut Outcome) {
    let (visitor, site) = (bank.visitor(), bank.site(0));
    let login = log_in(&visitor, site, "hanakodt", bank.secret("hanakodt", "login_password")).await;
    let Ok((_, Some(session))) = login else {
        return outcome.fault(format!("{at}: no login: {login:?}"));
    };
    let top = visitor.ask(site.portal, &Request::get("/v1/top").by(&session)).await;
    outcome.check(top.as_ref().is_ok_and(|answer| answer.is_success()), || format!("{at}: the top page: {top:?}"));
    let document = visitor.ask(site.portal, &Request::get("/.well-known/inkan")).await;
    let now = document.map(|answer| answer.json()["now"].take()).unwrap_or(json!(null));
    let format = &time::format_description::well_known::Rfc3339;
    let said = now.as_str().and_then(|now| time::OffsetDateTime::parse(now, format).ok());
    let right = said.is_some_and(|said| (said.unix_timestamp() - bank.seconds()).abs() <= SAME);
    outcome.check(right, || format!("{at}: the bank says another time"));
}

/// Checks that the CRL is of now and names the revoked certificate.
async fn judge_crl(bank: &AttackedBank, at: &str, revoked: &Identity, outcome: &mut Outcome) {
    let fetched = async {
        let mut line = bank.visitor().plain_line(bank.site(0).plain).await?;
        line.send(b"GET /crl HTTP/1.1\r\nHost: localhost\r\n\r\n").await?;
        line.answer().await
    };
    let answer = match tokio::time::timeout(Duration::from_secs(30), fetched).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => return outcome.fault(format!("{at}: the CRL: {error}")),
        Err(_) => return outcome.fault(format!("{at}: the CRL: no answer")),
    };
    let Ok((_, crl)) = CertificateRevocationList::from_der(&answer.body) else {
        return outcome.fault(format!("{at}: the CRL cannot be read: {}", answer.status));
    };
    let now = bank.seconds();
    let (this, next) = (crl.last_update().timestamp(), crl.next_update().map_or(0, |next| next.timestamp()));
    outcome.check(this <= now + SAME, || format!("{at}: the CRL is of the future, by {} h", (this - now) / 3_600));
    outcome.check(next > now - SAME, || format!("{at}: the CRL is out of date, by {} h", (now - next) / 3_600));
    let (_, certificate) = X509Certificate::from_der(&revoked.certificate).expect("a certificate");
    let named = crl.iter_revoked_certificates().any(|one| one.raw_serial() == certificate.raw_serial());
    outcome.check(named, || format!("{at}: the CRL does not name a revoked certificate"));
}
