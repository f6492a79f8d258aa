use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

/// The last CRL that this instance served, with its number.
#[derive(Debug, Default)]
pub(crate) struct CrlCache(Mutex<Option<(i64, Bytes)>>);

impl CrlCache {
    /// Returns the CRL of that number, if it is the last one.
    pub(crate) fn of(&self, number: i64) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(known, _)| *known == number).map(|(_, der)| der.clone())
    }

    /// Keeps a CRL in place of the last one, and returns it.
    pub(crate) fn keep(&self, number: i64, der: Vec<u8>) -> Bytes {
        let der = Bytes::from(der);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((number, der.clone()));
        der
    }
}
