//! Which of GTK's input modules serves the text fields: one of them does not go with one of WebKit's renderers.

mod installed;
mod linux;

pub(crate) use linux::{MODULE, Wanted, prefer_painting_module};
