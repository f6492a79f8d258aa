/// A kind of file that people hand over when they are asked for a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// No byte, or nothing but blanks.
    Empty,
    /// Zeros, as a copy or a download leaves that broke off.
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
    /// What a certificate is asked for with (PKCS#10, RFC 2986).
    CertificationRequest,
    /// A list of revoked certificates (RFC 5280).
    RevocationList,
    /// A Java key store: JKS, JCEKS or BKS.
    JavaKeyStore,
    /// The database of a browser or a system in which it keeps its keys.
    KeyDatabase,
    /// A key for SSH.
    SshKey,
    /// A key or a message of OpenPGP.
    OpenPgp,
    /// An archive, which may hold the file that is wanted.
    Archive,
    /// A page of a web site.
    WebPage,
    /// A document or a picture.
    Document,
    /// A mail, which may hold the file that is wanted.
    Mail,
    /// A shortcut to a file or a page.
    Shortcut,
    /// Something else, or one of these that is damaged.
    Unknown,
}

impl FileKind {
    /// Returns the name of the kind for words and logs: `certificate_collection`.
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
