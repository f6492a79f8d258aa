use std::cell::OnceCell;

use inkan_store::Contents;

use crate::{Error, Inkan};

/// The contents of the store during one command. The store is read when the contents are first needed, and only once: a
/// card with thousands of certificates is slow.
pub(crate) struct Listing<'a> {
    inkan: &'a Inkan,
    contents: OnceCell<Contents>,
}

impl<'a> Listing<'a> {
    /// Returns a listing that has not read the store yet.
    pub(crate) fn of(inkan: &'a Inkan) -> Self {
        Self { inkan, contents: OnceCell::new() }
    }

    /// Returns the contents of the store.
    ///
    /// # Errors
    /// [`Error::Store`] if the store cannot be opened or read.
    pub(crate) fn contents(&self) -> Result<&Contents, Error> {
        if let Some(contents) = self.contents.get() {
            return Ok(contents);
        }
        let read = self.inkan.store()?.contents()?;
        Ok(self.contents.get_or_init(|| read))
    }
}
