use crate::Identity;

/// A key in a file, with a certificate for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pkcs12Entry {
    /// The `friendlyName` that the program which made the file gave the key.
    pub friendly_name: Option<String>,
    /// The key with its certificate and its chain.
    pub identity: Identity,
    /// The number of certificates in the file that cannot be read and are in no chain.
    pub unreadable: u32,
}
