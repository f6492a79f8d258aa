//! Chooses how the system's web view draws its pictures.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::choose_input_module;
#[cfg(not(target_os = "linux"))]
pub use elsewhere::choose_renderer;
#[cfg(target_os = "linux")]
pub(crate) use linux::choose_input_module;
#[cfg(target_os = "linux")]
pub use linux::choose_renderer;
