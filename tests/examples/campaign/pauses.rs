//! A database that does not answer for some seconds, and a process of the bank that stands still while the other one
//! must serve.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::administration::log_in;
use crate::attacked_bank::AttackedBank;
use crate::honest_clients::HonestClients;
use crate::report::Outcome;
use crate::visitor::Request;

/// The length of a pause.
const PAUSE: Duration = Duration::from_secs(4);
/// The logins that come during a pause.
const LOGINS: usize = 20;
/// The longest time from the end of a pause until the bank is ready.
const READY: Duration = Duration::from_secs(30);

/// Pauses the database and the processes of the bank in turn, at least once each.
pub(crate) async fn attack(bank: &mut AttackedBank, honest: &HonestClients, until: Instant) -> Outcome {
    let (mut outcome, mut pauses, mut answers) = (Outcome::default(), 0, [0; 2]);
    loop {
        honest.outage(true);
        bank.database_server().pause();
        let mut logins = logins(bank);
        tokio::time::sleep(PAUSE).await;
        bank.database_server().go_on();
        while let Some(Ok(answered)) = logins.join_next().await {
            match answered {
                Ok(200) => answers[0] += 1,
                Ok(503) => answers[1] += 1,
                Ok(status) => outcome.fault(format!("a login while the database is paused: {status}")),
                Err(error) => outcome.fault(format!("a login while the database is paused: {error}")),
            }
        }
        for number in 0..bank.instances() {
            ready(bank, number, &mut outcome).await;
        }
        still(bank, pauses, &mut outcome).await;
        honest.outage(false);
        pauses += 1;
        if Instant::now() >= until {
            break;
        }
    }
    outcome.tried = format!(
        "{pauses} pauses of the database of {} s, and of each process; {} logins done after the pause, {} told that the \
         bank is unavailable",
        PAUSE.as_secs(),
        answers[0],
        answers[1]
    );
    outcome
}

fn logins(bank: &AttackedBank) -> JoinSet<Result<u16, String>> {
    let mut logins = JoinSet::new();
    let password = bank.secret("ichirodt", "login_password").to_owned();
    for number in 0..LOGINS {
        let (visitor, site, password) = (bank.visitor(), bank.site(number), password.clone());
        logins.spawn(async move {
            let (answer, _) = log_in(&visitor, site, "ichirodt", &password).await.map_err(|error| error.to_string())?;
            Ok(answer.status)
        });
    }
    logins
}

/// Waits until the process with that number is ready.
pub(crate) async fn ready(bank: &AttackedBank, number: usize, outcome: &mut Outcome) {
    let (began, visitor, site) = (Instant::now(), bank.visitor(), bank.site(number));
    loop {
        let said = match visitor.ask(site.portal, &Request::get("/ready")).await {
            Ok(answer) if answer.is_success() => return,
            Ok(answer) => format!("{} {}", answer.status, answer.code()),
            Err(error) => error.to_string(),
        };
        if began.elapsed() > READY {
            return outcome.fault(format!("not ready {} s after the disturbance: {said}", READY.as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Stops one process without ending it, and checks that the other one serves.
async fn still(bank: &AttackedBank, number: usize, outcome: &mut Outcome) {
    bank.pause(number, true);
    let (visitor, site) = (bank.visitor(), bank.site(number + 1));
    let password = bank.secret("ichirodt", "login_password");
    match log_in(&visitor, site, "ichirodt", password).await {
        Ok((answer, _)) => outcome.check(answer.is_success() || answer.is_busy(), || {
            format!("a login at the other process: {} {}", answer.status, answer.code())
        }),
        Err(error) => outcome.fault(format!("a login at the other process: {error}")),
    }
    bank.pause(number, false);
    ready(bank, number, outcome).await;
}
