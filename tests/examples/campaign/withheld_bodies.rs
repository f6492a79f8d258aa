//! Requests whose body comes late, at every route that changes something: between the headers and the body, the sender
//! loses the right to what is asked (RFC 9110 §10.1.1). Each request must be refused.

use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use inkan_protocol::Listener;
use serde_json::json;
use tokio::task::JoinSet;

use crate::administration::{branch, enrolment_code, log_in};
use crate::attacked_bank::AttackedBank;
use crate::report::Outcome;
use crate::samples::{Sample, Shows, changing};
use crate::subjects::{CONTRACT, OPERATOR, SUBJECT, Subjects, unlock};
use crate::visitor::{Line, PATIENCE, Request, Visitor};

/// The wrong passwords after which a password is locked at the bank `okmate`.
const UNTIL_LOCK: usize = 6;

/// The codes of a request whose sender has lost the right to it. A frozen contract ends its sessions and codes.
const REFUSED: [&str; 5] =
    ["session_ended", "contract_frozen", "login_password_locked", "login_failed", "enrolment_code_invalid"];

/// What happens between the headers and the bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    LoggedOut,
    Frozen,
    Locked,
}

/// A request whose headers the bank has.
struct Withheld {
    said: String,
    line: Line,
    body: Vec<u8>,
}

/// Has each event happen once, with a withheld body at every route.
pub(crate) async fn attack(bank: &AttackedBank, subjects: &Subjects) -> Outcome {
    let mut outcome = Outcome::default();
    for event in [Event::LoggedOut, Event::Frozen, Event::Locked] {
        let refused = match round(bank, subjects, event, &mut outcome).await {
            Ok(refused) => refused,
            Err(error) => {
                outcome.fault(format!("{event:?}: {error}"));
                0
            }
        };
        let separator = if outcome.tried.is_empty() { "" } else { ", " };
        let _ = write!(outcome.tried, "{separator}{event:?}: {refused} requests refused");
        branch(bank, &["contracts", "unfreeze", CONTRACT], "").expect("the branch unfreezes");
        for user in [OPERATOR, SUBJECT] {
            unlock(bank, user);
        }
    }
    outcome
}

async fn round(bank: &AttackedBank, subjects: &Subjects, event: Event, outcome: &mut Outcome) -> Result<usize, String> {
    let sessions = [subjects.session(bank, 0).await?, subjects.certificate_session(bank, 0).await?];
    let code = enrolment_code(bank, SUBJECT)?;
    if event == Event::Locked {
        try_wrong_passwords(bank, UNTIL_LOCK - 1).await?;
    }
    // All at once, since the bank waits for a body only for some seconds.
    let mut beginning = JoinSet::new();
    for (number, (endpoint, listener)) in changing().enumerate() {
        let sample = Sample::of(endpoint, listener, &fingerprint(subjects));
        if event == Event::LoggedOut && sample.shows != Shows::Session {
            continue;
        }
        let said = format!("{event:?}: {} {} at {listener:?}", sample.method, endpoint.path);
        let (visitor, socket, session) = match listener {
            Listener::CertificateLogin => {
                let holder = bank.visitor().with(Arc::clone(&subjects.identity));
                (holder, bank.site(number).certificate_login, &sessions[1])
            }
            Listener::Portal | Listener::Plain => (bank.visitor(), bank.site(number).portal, &sessions[0]),
        };
        let authorization = sample.authorization(session, &code);
        beginning.spawn(async move {
            let line = begin(&visitor, socket, &sample, authorization.as_deref()).await;
            (said, sample.body, line)
        });
    }
    let mut withheld = Vec::new();
    while let Some(Ok((said, body, line))) = beginning.join_next().await {
        match line {
            Ok(line) => withheld.push(Withheld { said, line, body }),
            Err(error) => outcome.fault(format!("{said}: {error}")),
        }
    }
    happen(bank, subjects, event, &sessions).await?;
    end(withheld, outcome).await
}

/// Sends the bodies, and returns how many requests were refused.
async fn end(withheld: Vec<Withheld>, outcome: &mut Outcome) -> Result<usize, String> {
    let (mut refused, mut late) = (0, 0);
    for Withheld { said, mut line, body } in withheld {
        let ended = async {
            line.send(&body).await?;
            line.answer().await
        };
        match tokio::time::timeout(PATIENCE, ended).await {
            Ok(Ok(answer)) if REFUSED.contains(&answer.code().as_str()) => refused += 1,
            // On a slow machine, the event takes longer than the bank waits for a body.
            Ok(Ok(answer)) if answer.status == 408 => late += 1,
            Ok(Ok(answer)) => outcome.fault(format!("{said}: {} {}", answer.status, answer.code())),
            Ok(Err(error)) => outcome.fault(format!("{said}: {error}")),
            Err(_) => outcome.fault(format!("{said}: no answer")),
        }
    }
    if refused == 0 { Err(format!("all {late} bodies came too late")) } else { Ok(refused) }
}

/// Sends the headers, and returns the connection when the bank has asked for the body.
async fn begin(
    visitor: &Visitor,
    socket: SocketAddr,
    sample: &Sample,
    authorization: Option<&str>,
) -> Result<Line, String> {
    let request = Request {
        method: sample.method,
        path: &sample.path,
        authorization,
        content_type: Some(sample.content_type),
        body: sample.body.clone(),
    };
    let beginning = async {
        let mut line = visitor.line(socket).await?;
        line.send(request.head("Expect: 100-continue\r\n").as_bytes()).await?;
        let answer = line.answer().await?;
        Ok((line, answer))
    };
    match tokio::time::timeout(PATIENCE, beginning).await {
        Ok(Ok((line, answer))) if answer.status == 100 => Ok(line),
        Ok(Ok((_, answer))) => Err(format!("{} {} before the body", answer.status, answer.code())),
        Ok(Err(error)) => Err(std::io::Error::to_string(&error)),
        Err(_) => Err("the bank does not ask for the body".to_owned()),
    }
}

/// Tries a wrong password for each of the users so many times.
async fn try_wrong_passwords(bank: &AttackedBank, times: usize) -> Result<(), String> {
    let (visitor, site) = (bank.visitor(), bank.site(1));
    for _ in 0..times {
        for user in [OPERATOR, SUBJECT] {
            log_in(&visitor, site, user, "Chigau9mono").await.map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// Has the event happen, at another process than the one that has the first request, if there are two.
async fn happen(bank: &AttackedBank, subjects: &Subjects, event: Event, sessions: &[String; 2]) -> Result<(), String> {
    let (visitor, site) = (bank.visitor(), bank.site(1));
    match event {
        Event::LoggedOut => {
            let holder = visitor.with(Arc::clone(&subjects.identity));
            for (visitor, socket, session) in
                [(visitor, site.portal, &sessions[0]), (holder, site.certificate_login, &sessions[1])]
            {
                let request = Request { method: "DELETE", ..Request::get("/v1/sessions/current") }.by(session);
                let ended = visitor.ask(socket, &request).await.map_err(|error| error.to_string())?;
                if !ended.is_success() {
                    return Err(format!("the log-out: {} {}", ended.status, ended.code()));
                }
            }
        }
        Event::Frozen => {
            branch(bank, &["contracts", "freeze", CONTRACT], "")?;
        }
        Event::Locked => {
            try_wrong_passwords(bank, 1).await?;
            let locked = json!({ "user": OPERATOR, "login_password": crate::subjects::LOGIN });
            let answer = visitor.ask(site.portal, &Request::post("/v1/sessions", &locked)).await;
            if !answer.as_ref().is_ok_and(|answer| answer.code() == "login_password_locked") {
                return Err(format!("the password is not locked: {answer:?}"));
            }
        }
    }
    Ok(())
}

/// Returns the SHA-256 of the administrator's certificate in hex.
fn fingerprint(subjects: &Subjects) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, &subjects.identity.certificate);
    data_encoding::HEXLOWER.encode(digest.as_ref())
}
