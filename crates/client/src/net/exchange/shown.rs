use inkan_store::CertificateId;
use serde::Serialize;
use time::OffsetDateTime;

/// A TLS connection.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TlsReport {
    /// `TLSv1.3` or `TLSv1.2`.
    pub protocol: String,
    /// The cipher suite's IANA name.
    pub cipher: String,
    /// The application protocol that the server chose, if any.
    pub alpn: Option<String>,
    /// Whether TLS 1.3 was tried first and left, because the key or the server can sign only in TLS 1.2.
    pub fallback: bool,
}

/// The server's certificates, and whether they are trusted for this address.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ServerReport {
    /// As sent: the server's own first.
    pub chain: Vec<ChainCertificate>,
    /// Whether a CA that counts here vouches for this server.
    pub trusted: bool,
    /// Why not.
    pub reason: Option<Distrust>,
}

/// One certificate of a chain.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ChainCertificate {
    /// RFC 4514.
    pub subject: String,
    /// RFC 4514.
    pub issuer: String,
    /// First moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_before: OffsetDateTime,
    /// Last moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub not_after: OffsetDateTime,
    /// SHA-256 of the DER in hex.
    pub fingerprint_sha256: String,
}

/// Why a server's certificate is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Distrust {
    /// It leads to no CA that counts here.
    UnknownCa,
    /// It is expired or not valid yet by this PC's clock.
    OutOfDate,
    /// It is for other names.
    WrongName,
    /// It names no host at all.
    NoName,
    /// It, or its CA, uses an algorithm that cannot be verified here.
    AlgorithmUnsupported,
    /// It, or its CA, uses an algorithm or a key that is too weak.
    AlgorithmWeak,
    /// It is wrong in another way: revoked, damaged, for another purpose.
    Unusable,
}

/// The server's request for a client certificate (RFC 8446 §4.3.2, RFC 5246 §7.4.4).
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RequestReport {
    /// Whether it asks.
    pub asked: bool,
    /// The CAs whose certificates it accepts, RFC 4514; empty if it names none and judges later.
    pub authorities: Vec<String>,
    /// The signature schemes it accepts, by their IANA names.
    pub schemes: Vec<String>,
    /// The certificates here that fit: of those CAs, valid, for logging in, and with a key of such a scheme.
    pub fitting: Vec<CertificateId>,
    /// Those that would fit, and in whose place a newer one here is used.
    pub superseded: Vec<CertificateId>,
}

/// An answer over HTTP.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AnswerReport {
    /// The status.
    pub status: u16,
    /// The page, where it is a known one about certificates.
    pub recognised: Option<Page>,
}

/// The pages by which servers turn certificates down after the handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// nginx 400 (496 inside): “No required SSL certificate was sent”.
    NginxNoCertificate,
    /// nginx 400 (495 inside): “The SSL certificate error”, whatever the error was.
    NginxCertificateError,
    /// Apache asks for the certificate only after the handshake, which browsers and this client do not do.
    ApachePostHandshake,
    /// IIS 403.7: no certificate.
    IisNoCertificate,
    /// IIS 403.13: revoked, or its status cannot be found out.
    IisRevoked,
    /// IIS 403.16: of a CA that it does not trust.
    IisUntrusted,
    /// IIS 403.17: expired or not valid yet.
    IisOutOfDate,
    /// A bank of this kind, with a problem document.
    InkanProblem,
}
