/// A kind of file that users select when they are asked for a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// An empty file, or a file that contains only blanks.
    Empty,
    /// A file of zeros, as an interrupted copy or download leaves it.
    Zeros,
    /// PKCS#12 (RFC 7292): a certificate with its key, `.p12` or `.pfx`.
    Pkcs12,
    /// X.509 certificates without a key, in DER or PEM: `.cer`, `.crt`, `.pem`.
    Certificate,
    /// A collection of certificates without a key: PKCS#7 (RFC 5652), `.p7b`, or Windows' `.sst`.
    CertificateCollection,
    /// A private key without its certificate: PKCS#8, PKCS#1, SEC1 or PVK.
    PrivateKey,
    /// A private key and a certificate in PEM, one after the other.
    KeyAndCertificate,
    /// A public key alone.
    PublicKey,
    /// A certification request (PKCS#10, RFC 2986).
    CertificationRequest,
    /// A list of revoked certificates (RFC 5280).
    RevocationList,
    /// A Java key store: JKS, JCEKS or BKS.
    JavaKeyStore,
    /// The database in which a browser or a system keeps its keys.
    KeyDatabase,
    /// A key for SSH.
    SshKey,
    /// A key or a message of OpenPGP.
    OpenPgp,
    /// An archive, which may contain the expected file.
    Archive,
    /// A page of a web site.
    WebPage,
    /// A document or a picture.
    Document,
    /// A mail, which may contain the expected file.
    Mail,
    /// A shortcut to a file or a page.
    Shortcut,
    /// Any other file, or a damaged file of one of these kinds.
    Unknown,
}

impl FileKind {
    /// Returns the name of the kind in texts and logs, such as `certificate_collection`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Zeros => "zeros",
            Self::Pkcs12 => "pkcs12",
            Self::Certificate => "certificate",
            Self::CertificateCollection => "certificate_collection",
            Self::PrivateKey => "private_key",
            Self::KeyAndCertificate => "key_and_certificate",
            Self::PublicKey => "public_key",
            Self::CertificationRequest => "certification_request",
            Self::RevocationList => "revocation_list",
            Self::JavaKeyStore => "java_key_store",
            Self::KeyDatabase => "key_database",
            Self::SshKey => "ssh_key",
            Self::OpenPgp => "open_pgp",
            Self::Archive => "archive",
            Self::WebPage => "web_page",
            Self::Document => "document",
            Self::Mail => "mail",
            Self::Shortcut => "shortcut",
            Self::Unknown => "unknown",
        }
    }
}
