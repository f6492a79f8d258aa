//! The keychain of macOS.
//!
//! The modules here need no Mac and are tested on every system. Those that call the Security framework are in
//! [`security`].

mod emsa_pss;
mod external_representation;
mod intermediate;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod openssl;
#[cfg(target_os = "macos")]
mod security;
mod status;

#[cfg(target_os = "macos")]
pub(crate) use security::open;
