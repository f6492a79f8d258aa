use zeroize::Zeroizing;

/// The keys and certificates of a file, decrypted.
#[derive(Default, Clone)]
pub(super) struct Archive {
    pub(super) keys: Vec<Key>,
    pub(super) certificates: Vec<Certificate>,
}

/// A private key of a file.
#[derive(Clone)]
pub(super) struct Key {
    /// The key in PKCS#8, as DER.
    pub(super) der: Zeroizing<Vec<u8>>,
    pub(super) label: Label,
}

/// A certificate of a file, which may not parse.
#[derive(Clone)]
pub(super) struct Certificate {
    pub(super) der: Vec<u8>,
    pub(super) label: Label,
}

/// The attributes of a bag.
#[derive(Default, Clone)]
pub(super) struct Label {
    pub(super) friendly_name: Option<String>,
    /// The `localKeyId`, which a key and its certificate have in common.
    pub(super) local_key_id: Option<Vec<u8>>,
}
