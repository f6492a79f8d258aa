use inkan_store::CertificateId;
use serde::Serialize;
use time::OffsetDateTime;

/// The parameters of a TLS connection.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TlsReport {
    /// The TLS version: `TLSv1.3` or `TLSv1.2`.
    pub protocol: String,
    /// The cipher suite's IANA name.
    pub cipher: String,
    /// The application protocol that the server chose, if any.
    pub alpn: Option<String>,
    /// Whether TLS 1.3 was tried first and given up, because the key or the server can sign only in TLS 1.2.
    pub fallback: bool,
}

/// The server's certificates, and whether they are trusted for this address.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ServerReport {
    /// The certificates as sent. The server's own comes first.
    pub chain: Vec<ChainCertificate>,
    /// Whether a trusted CA vouches for this server.
    pub trusted: bool,
    /// Why the server is not trusted; none if it is.
    pub reason: Option<Distrust>,
}

/// One certificate of a chain.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ChainCertificate {
    /// The subject, as RFC 4514 writes it.
    pub subject: String,
    /// The issuer, as RFC 4514 writes it.
    pub issuer: String,
    /// The first moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_before: OffsetDateTime,
    /// The last moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_after: OffsetDateTime,
    /// The SHA-256 digest of the DER, in hex.
    pub fingerprint_sha256: String,
}

/// Why a server's certificate is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Distrust {
    /// The certificate leads to no trusted CA.
    UnknownCa,
    /// The certificate has expired or is not valid yet, by this PC's clock.
    OutOfDate,
    /// The certificate is for other names.
    WrongName,
    /// The certificate names no host.
    NoName,
    /// The certificate or its CA uses an algorithm that Inkan cannot verify.
    AlgorithmUnsupported,
    /// The certificate or its CA uses an algorithm or a key that is too weak.
    AlgorithmWeak,
    /// The certificate has another fault: it is revoked, damaged or for another purpose.
    Unusable,
}

/// The server's request for a client certificate (RFC 8446 §4.3.2, RFC 5246 §7.4.4).
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RequestReport {
    /// Whether the server asks for a certificate.
    pub asked: bool,
    /// The names of the CAs whose certificates the server accepts, as RFC 4514 writes them. The list is empty if the
    /// server names none, and judges a certificate later.
    pub authorities: Vec<String>,
    /// The signature schemes that the server accepts, by their IANA names.
    pub schemes: Vec<String>,
    /// The certificates in the store that fit: of those CAs, valid, for logging in, and with a key for such a scheme.
    pub fitting: Vec<CertificateId>,
    /// The certificates in the store that would fit, but are superseded by a newer certificate in the store.
    pub superseded: Vec<CertificateId>,
}

/// An HTTP answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AnswerReport {
    /// The HTTP status.
    pub status: u16,
    /// The page about certificates, if the answer is a known one.
    pub recognised: Option<Page>,
}

/// The pages by which servers refuse a certificate after the handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// nginx 400, internally 496: “No required SSL certificate was sent”.
    NginxNoCertificate,
    /// nginx 400, internally 495: “The SSL certificate error”, for any error of the certificate.
    NginxCertificateError,
    /// Apache 403: the server asks for the certificate only after the handshake, which browsers and this client do not
    /// support.
    ApachePostHandshake,
    /// IIS 403.7: no certificate was sent.
    IisNoCertificate,
    /// IIS 403.13: the certificate is revoked, or its status cannot be found out.
    IisRevoked,
    /// IIS 403.16: the server does not trust the certificate's CA.
    IisUntrusted,
    /// IIS 403.17: the certificate has expired or is not valid yet.
    IisOutOfDate,
    /// A problem document of a bank.
    InkanProblem,
}
