//! The commands that the window may call. Each command translates its arguments and calls one journey.

pub(crate) mod acquisition;
pub(crate) mod banks;
pub(crate) mod certificates;
pub(crate) mod change_pc;
pub(crate) mod doctor;
pub(crate) mod idle;
pub(crate) mod import;
pub(crate) mod navigation;
pub(crate) mod own_sessions;
pub(crate) mod people;
pub(crate) mod pin;
pub(crate) mod proxy;
pub(crate) mod remembered;
pub(crate) mod reminders;
pub(crate) mod renewal;
pub(crate) mod report;
pub(crate) mod restart;
pub(crate) mod revocation;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod sites;
pub(crate) mod token;
pub(crate) mod tokens;

use std::sync::Arc;

use crate::desktop::Desktop;

/// The shared state as commands receive it.
pub(crate) type Shared<'a> = tauri::State<'a, Arc<Desktop>>;
