use zeroize::Zeroizing;

/// Everything in a file that matters here, decrypted.
#[derive(Default, Clone)]
pub(super) struct Archive {
    pub(super) keys: Vec<Key>,
    pub(super) certificates: Vec<Certificate>,
}

/// A private key that was in a file.
#[derive(Clone)]
pub(super) struct Key {
    /// PKCS#8.
    pub(super) der: Zeroizing<Vec<u8>>,
    pub(super) label: Label,
}

/// A certificate that was in a file; perhaps none that parses.
#[derive(Clone)]
pub(super) struct Certificate {
    pub(super) der: Vec<u8>,
    pub(super) label: Label,
}

/// What a bag says of itself.
#[derive(Default, Clone)]
pub(super) struct Label {
    pub(super) friendly_name: Option<String>,
    /// The same on a key and on its certificate.
    pub(super) local_key_id: Option<Vec<u8>>,
}
