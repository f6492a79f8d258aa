//! Chooses GTK's input module for the text fields, because one of the modules (XIM) does not work with one of WebKit's
//! renderers.

mod installed;
mod linux;

pub(crate) use linux::{MODULE, Wanted, prefer_painting_module};
