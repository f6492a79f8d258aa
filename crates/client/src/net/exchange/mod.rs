//! Makes one connection to a server, to see what the server asks for and what it answers.

pub(crate) mod answer;
mod connect;
pub(crate) mod observer;
pub(crate) mod scheme;
pub(crate) mod server;
pub(crate) mod shown;
mod target;

pub use shown::{AnswerReport, ChainCertificate, Distrust, Page, RequestReport, ServerReport, TlsReport};

pub(crate) use answer::{Answer, Body, is_html, recognise, refresh};
pub(crate) use connect::{End, Exchange, Plan, Time, is_about_time, unix_time};
pub(crate) use observer::Observer;
pub(crate) use server::{issuer, known_interceptor, names};
pub(crate) use target::Target;
