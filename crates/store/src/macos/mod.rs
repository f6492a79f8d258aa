//! The keychain of macOS.
//!
//! What needs no Mac stands here and is tested everywhere; what calls the Security framework is in [`security`].

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
