use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_protocol::Code;
use time::OffsetDateTime;

use super::event::{Actor, AuditAction, Event};
use super::record::record;
use super::refusal_counts::RefusalCounts;
use super::source_address::source_address;
use crate::database::Change;
use crate::database::users::User;

/// Collects who makes a request and what it asks for, so that a refusal can be audited.
///
/// It is an extension of the request, to which each layer adds what it finds.
#[derive(Debug, Clone)]
pub(crate) struct AuditContext {
    seen: Arc<Mutex<Seen>>,
    counts: Arc<RefusalCounts>,
}

#[derive(Debug)]
struct Seen {
    actor: Actor,
    contract: Option<String>,
    act: AuditAction,
    recorded: bool,
}

impl AuditContext {
    /// Returns the context of a request by `method` to `path`, which is the template of the request's path. `counts`
    /// decides whether a refusal is recorded by itself.
    pub(crate) fn new(counts: &Arc<RefusalCounts>, method: &str, path: &str) -> Self {
        let act = AuditAction::Request { method: method.to_owned(), path: path.to_owned() };
        let seen = Seen { actor: Actor::Unknown, contract: None, act, recorded: false };
        Self { seen: Arc::new(Mutex::new(seen)), counts: Arc::clone(counts) }
    }

    /// Sets what the request is for.
    pub(crate) fn tries(&self, act: AuditAction) {
        self.seen().act = act;
    }

    /// Sets the certificate of the request's connection. Method and path of the request are kept.
    pub(crate) fn shows_certificate(&self, fingerprint: &str) {
        let act = &mut self.seen().act;
        if let AuditAction::Request { method, path } = act {
            let (method, path) = (mem::take(method), mem::take(path));
            *act = AuditAction::CertificateShown { fingerprint: fingerprint.to_owned(), method, path };
        }
    }

    /// Sets the ID that the request claims to come from. Nothing has proved it yet.
    pub(crate) fn claims(&self, user: &str) {
        self.seen().actor = Actor::claimed(user);
    }

    /// Sets the user who has proved to be the sender of the request.
    pub(crate) fn knows(&self, user: &User) {
        let mut seen = self.seen();
        seen.actor = Actor::User(user.key.clone());
        seen.contract = Some(user.contract.clone());
    }

    /// Records that the request was refused with `code`, or counts the refusal.
    pub(crate) async fn record_refusal(
        &self,
        change: &mut Change,
        now: OffsetDateTime,
        code: Code,
    ) -> Result<(), sqlx::Error> {
        if self.records(code) { record(change, now, self.refused(code)).await } else { Ok(()) }
    }

    /// Returns whether the refusal with `code` is recorded by itself, and counts it otherwise. A caller asks once.
    pub(crate) fn records(&self, code: Code) -> bool {
        self.counts.records(source_address(), &self.seen().actor, code)
    }

    /// Returns the event that the request was refused with `code`.
    pub(crate) fn refused(&self, code: Code) -> Event {
        let seen = self.seen();
        let event = Event::refused(seen.actor.clone(), seen.act.clone(), code);
        match &seen.contract {
            Some(contract) => event.in_contract(contract),
            None => event,
        }
    }

    /// Marks the refusal as recorded.
    pub(crate) fn recorded(&self) {
        self.seen().recorded = true;
    }

    /// Returns whether the refusal is recorded.
    pub(crate) fn is_recorded(&self) -> bool {
        self.seen().recorded
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
