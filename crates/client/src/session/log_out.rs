use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use inkan_protocol::{Code, Secret, path};

use crate::Error;
use crate::diagnostics::Safe;
use crate::net::http_client::Connection;

/// A handle that ends a session at its bank once, from the first thread that asks for it (S1-15).
#[derive(Debug, Clone)]
pub struct LogOut(Arc<Mutex<Option<Open>>>);

/// A session that the client has not ended yet.
#[derive(Debug)]
struct Open {
    connection: Arc<Connection>,
    token: Secret,
}

impl LogOut {
    pub(crate) fn of(connection: Arc<Connection>, token: Secret) -> Self {
        Self(Arc::new(Mutex::new(Some(Open { connection, token }))))
    }

    /// Ends the session. If another thread is ending it, waits for that thread. It is a success if the session has
    /// ended already, for example because its certificate was revoked.
    ///
    /// # Errors
    /// The errors of every request of a session. The bank then ends the session by its idle time.
    pub fn log_out(&self) -> Result<(), Error> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Open { connection, token }) = open.take() else { return Ok(()) };
        match connection.delete(path::CURRENT_SESSION, &token) {
            Err(Error::Bank(problem)) if is_over(problem.code) => Ok(()),
            other => other,
        }
    }

    /// Forgets the session, which the bank has ended.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Ends the session if it is still open. Does so on a thread of its own, since an asynchronous task that drops a
    /// session must not block in the HTTP client.
    pub(crate) fn on_drop(&self) {
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
            return;
        }
        let log_out = self.clone();
        let ended = thread::spawn(move || log_out.log_out()).join().unwrap_or(Err(Error::Fault));
        if let Err(error) = ended {
            tracing::warn!(
                cause = Safe::cause(&error).value(),
                "the logout failed: the session stays open until its idle time is over"
            );
        }
    }
}

/// Returns whether a bank answers with `code` if a session has ended.
pub(crate) fn is_over(code: Code) -> bool {
    matches!(code, Code::SessionEnded | Code::CertificateRevoked | Code::CertificateSuperseded | Code::ContractFrozen)
}
