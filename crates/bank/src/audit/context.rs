use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_protocol::Code;

use super::event::{Actor, AuditAction, Event};
use crate::database::users::User;

/// What has come to light of one request: who makes it and what it is, in case it is refused.
///
/// Goes along with the request; whoever learns something notes it here.
#[derive(Debug, Clone)]
pub(crate) struct AuditContext(Arc<Mutex<Seen>>);

#[derive(Debug)]
struct Seen {
    actor: Actor,
    contract: Option<String>,
    act: AuditAction,
    recorded: bool,
}

impl AuditContext {
    /// Of a request to that path's template.
    pub(crate) fn new(method: &str, path: &str) -> Self {
        let act = AuditAction::Request { method: method.to_owned(), path: path.to_owned() };
        Self(Arc::new(Mutex::new(Seen { actor: Actor::Unknown, contract: None, act, recorded: false })))
    }

    /// What the request is for.
    pub(crate) fn tries(&self, act: AuditAction) {
        self.seen().act = act;
    }

    /// Notes the certificate that the request's connection showed. Method and path of the request are kept.
    pub(crate) fn shows_certificate(&self, fingerprint: &str) {
        let act = &mut self.seen().act;
        if let AuditAction::Request { method, path } = act {
            let (method, path) = (mem::take(method), mem::take(path));
            *act = AuditAction::CertificateShown { fingerprint: fingerprint.to_owned(), method, path };
        }
    }

    /// Who the request is said to come from.
    pub(crate) fn claims(&self, user: &str) {
        self.seen().actor = Actor::claimed(user);
    }

    /// Who the request was proved to come from.
    pub(crate) fn knows(&self, user: &User) {
        let mut seen = self.seen();
        seen.actor = Actor::User(user.key.clone());
        seen.contract = Some(user.contract.clone());
    }

    /// That the request is refused so.
    pub(crate) fn refused(&self, code: Code) -> Event {
        let seen = self.seen();
        let event = Event::refused(seen.actor.clone(), seen.act.clone(), code);
        match &seen.contract {
            Some(contract) => event.in_contract(contract),
            None => event,
        }
    }

    /// Notes that the refusal is in the log.
    pub(crate) fn recorded(&self) {
        self.seen().recorded = true;
    }

    /// Whether the refusal is in the log.
    pub(crate) fn is_recorded(&self) -> bool {
        self.seen().recorded
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
