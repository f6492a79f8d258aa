use crate::Identity;

/// A key in a file, with a certificate for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pkcs12Entry {
    /// The `friendlyName`, given by the program that made the file.
    pub friendly_name: Option<String>,
    /// Key, certificate and chain.
    pub identity: Identity,
    /// The number of certificates in the file that cannot be read and are in no chain.
    pub unreadable: u32,
}
