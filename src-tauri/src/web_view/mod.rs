//! Changes what the system's web view does besides showing the page.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::watch;
#[cfg(target_os = "linux")]
pub(crate) use linux::watch;
