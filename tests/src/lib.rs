//! Provides what the journeys share: a demo bank, a PC with its own data and store, and the window.
//!
//! Every part is real. It runs as its own process from the same build, on free ports and in temporary directories that
//! are removed when the part is dropped. Every failure in this crate is a panic, since only tests use it.

mod authority;
mod bank;
mod browser;
mod chromium;
mod clock;
mod cutting_relay;
mod driver;
mod drop;
mod file_dialog;
mod gate;
mod haproxy;
mod http_proxy;
mod japanese_locale;
mod native_desktop;
mod nginx;
mod notifications;
mod openssl;
mod outside;
mod patience;
mod pc;
mod plain_site;
mod process;
mod program;
mod proxy_module;
mod raw_server;
mod relay;
mod s_server;
mod session_bus;
mod terminal;
mod token_pc;
mod tray;
mod window;
mod x11;

pub use authority::{Authority, EXPIRED, Issued, VALID, Wanted};
pub use bank::{Bank, logins_in, revocations_in};
pub use browser::Browser;
pub use chromium::chromium_shows;
pub use clock::{Clock, clock_ahead};
pub use cutting_relay::{CuttingRelay, Way};
pub use drop::Drag;
pub use file_dialog::choose_by_keys;
pub use gate::Gate;
pub use haproxy::HaProxy;
pub use http_proxy::HttpProxy;
pub use japanese_locale::japanese_locale;
pub use native_desktop::{Area, NativeDesktop, NativeWindow};
pub use nginx::{ClientCertificates, Nginx};
pub use notifications::{Announced, Notifications};
pub use openssl::{EnrolledByHand, enrol_by_hand, enrolment_code, revoke_by_hand};
pub use outside::Outside;
pub use pc::{Outcome, Pc};
pub use plain_site::PlainSite;
pub use process::{children, core_file_limits, process_name};
pub use program::{output_of, program, run, workspace};
pub use proxy_module::{ProxyModule, Twist, softhsm, softoken};
pub use raw_server::{Behaviour, RawServer};
pub use relay::Relay;
pub use s_server::SServer;
pub use session_bus::SessionBus;
pub use terminal::Terminal;
pub use token_pc::TokenPc;
pub use tray::{Tray, TrayItem};
pub use window::{Hand, Opening, Window, key};
