//! Mutated requests, made from the bank's own OpenAPI document.

mod contract;
mod judgement;
mod mutant;
mod values;

use std::fmt::Display;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use contract::Contract;
use inkan_protocol::Listener;
use mutant::Mutant;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::task::JoinSet;

use crate::administration::branch;
use crate::attacked_bank::AttackedBank;
use crate::report::Outcome;
use crate::subjects::{CONTRACT, OPERATOR, SUBJECT, Subjects, unlock};
use crate::visitor::{Answer, PATIENCE, Request};

/// The requests that are under way at a time.
const AT_A_TIME: usize = 4;
/// The time after which the administrator logs in again: a request may have locked, frozen or ended something.
const ANEW: Duration = Duration::from_secs(5);

/// The sessions that requests show, at the portal and at the certificate login.
type Sessions = Arc<Mutex<[String; 2]>>;

/// Sends mutated requests until the time is over.
pub(crate) async fn attack(bank: &AttackedBank, subjects: &Subjects, until: Instant) -> Outcome {
    let mut outcome = Outcome::default();
    let document = bank.visitor().ask(bank.site(0).portal, &Request::get("/openapi.json")).await;
    let contract = match document.map_err(|error| error.to_string()).and_then(|answer| Contract::read(answer.json())) {
        Ok(contract) => Arc::new(contract),
        Err(error) => {
            outcome.fault(format!("the OpenAPI document: {error}"));
            return outcome;
        }
    };
    let seed: u64 = rand::rng().random();
    let sessions = Sessions::default();
    let mut senders = JoinSet::new();
    for number in 0..AT_A_TIME {
        let sender = Sender {
            random: StdRng::seed_from_u64(seed.wrapping_add(number as u64)),
            contract: Arc::clone(&contract),
            sessions: Arc::clone(&sessions),
            visitor: bank.visitor().from(Ipv4Addr::new(127, 0, 4, number as u8 + 1)),
            identity: Arc::clone(&subjects.identity),
            site: bank.site(number),
        };
        senders.spawn(sender.go_on(until));
    }
    while Instant::now() < until {
        renew(bank, subjects, &sessions, &mut outcome).await;
        tokio::time::sleep_until((Instant::now() + ANEW).min(until).into()).await;
    }
    let (mut sent, mut refused) = (0, 0);
    while let Some(Ok((other, all, some))) = senders.join_next().await {
        outcome.take(other);
        (sent, refused) = (sent + all, refused + some);
    }
    recover(bank);
    outcome.tried = format!("{sent} requests to {} operations, {refused} refused; seed {seed}", contract.operations());
    outcome
}

/// Takes back what requests have done to the administrator.
fn recover(bank: &AttackedBank) {
    branch(bank, &["contracts", "unfreeze", CONTRACT], "").expect("the branch unfreezes");
    for user in [OPERATOR, SUBJECT] {
        unlock(bank, user);
    }
}

async fn renew(bank: &AttackedBank, subjects: &Subjects, sessions: &Sessions, outcome: &mut Outcome) {
    recover(bank);
    for (place, session) in
        [subjects.session(bank, 0).await, subjects.certificate_session(bank, 0).await].into_iter().enumerate()
    {
        match session {
            Ok(session) => sessions.lock().unwrap_or_else(PoisonError::into_inner)[place] = session,
            // A request froze the contract or locked the password between the two steps.
            Err(error) if error.contains("locked") || error.contains("frozen") => {}
            Err(error) => outcome.fault(format!("the administrator cannot log in: {error}")),
        }
    }
}

struct Sender {
    random: StdRng,
    contract: Arc<Contract>,
    sessions: Sessions,
    visitor: crate::visitor::Visitor,
    identity: Arc<crate::visitor::Identity>,
    site: crate::attacked_bank::Site,
}

impl Sender {
    async fn go_on(mut self, until: Instant) -> (Outcome, usize, usize) {
        let (mut outcome, mut sent, mut refused) = (Outcome::default(), 0, 0);
        while Instant::now() < until {
            let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let mutant = Mutant::make(&mut self.random, &self.contract, &sessions);
            sent += 1;
            let fault = |what: &dyn Display| format!("{}: {what}", mutant.name);
            match tokio::time::timeout(PATIENCE, self.send(&mutant)).await {
                Err(_) => outcome.fault(fault(&"no answer")),
                // A bank may hang up on what is not HTTP.
                Ok(Err(_)) if mutant.breaks_http => {}
                Ok(Err(error)) => outcome.fault(fault(&error)),
                Ok(Ok(answer)) => {
                    refused += usize::from(answer.status >= 400);
                    if let Err(wrong) = self.contract.judge(&mutant, &answer) {
                        outcome.fault(fault(&wrong));
                    }
                }
            }
        }
        (outcome, sent, refused)
    }

    async fn send(&self, mutant: &Mutant) -> std::io::Result<Answer> {
        let mut line = match mutant.listener {
            Listener::Portal => self.visitor.line(self.site.portal).await?,
            Listener::CertificateLogin => {
                self.visitor.with(Arc::clone(&self.identity)).line(self.site.certificate_login).await?
            }
            Listener::Plain => self.visitor.plain_line(self.site.plain).await?,
        };
        // The bank may answer and hang up before it has read everything.
        let _ = line.send(&mutant.bytes).await;
        line.answer().await
    }
}
