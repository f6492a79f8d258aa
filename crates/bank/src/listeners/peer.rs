use std::fmt;
use std::net::IpAddr;

use inkan_protocol::Connection;
use rustls::{ProtocolVersion, ServerConnection};

use crate::authority::common_name::common_name;
use crate::keys::digest::sha256_hex;

/// The address from which a client came: of the connection, or as a load balancer gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Source(pub(crate) IpAddr);

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The peer of a connection, as the handshake proved it.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// The client's certificate; none on the portal.
    pub(crate) certificate: Option<PresentedCertificate>,
    /// The channel binding `tls-exporter` (RFC 9266); none with TLS 1.2, whose `tls-unique` rustls does not tell.
    channel_binding: Option<[u8; 32]>,
    protocol: String,
    cipher: String,
}

/// A certificate whose key the peer holds.
#[derive(Debug, Clone)]
pub(crate) struct PresentedCertificate {
    /// SHA-256 of the DER in hex.
    pub(crate) fingerprint: String,
    /// The subject's common name.
    pub(crate) common_name: String,
}

impl Peer {
    /// Returns the connection for the answer to a login.
    pub(crate) fn connection(&self) -> Connection {
        Connection {
            protocol: self.protocol.clone(),
            cipher: self.cipher.clone(),
            certificate: self.certificate.as_ref().map(|certificate| certificate.common_name.clone()),
        }
    }

    /// Returns the fingerprint of the certificate, if there is one.
    pub(crate) fn fingerprint(&self) -> Option<&str> {
        self.certificate.as_ref().map(|certificate| certificate.fingerprint.as_str())
    }

    /// Returns the channel binding of the connection, if it has one.
    pub(crate) fn channel_binding(&self) -> Option<&[u8]> {
        self.channel_binding.as_ref().map(<[u8; 32]>::as_slice)
    }

    /// Returns the peer of a connection whose handshake is done.
    pub(super) fn of(connection: &ServerConnection) -> Self {
        let certificate = connection.peer_certificates().and_then(|chain| chain.first()).map(|der| {
            let common_name = common_name(der).unwrap_or_default();
            PresentedCertificate { fingerprint: sha256_hex(der), common_name }
        });
        let channel_binding = channel_binding(connection);
        Self { certificate, channel_binding, protocol: protocol(connection), cipher: cipher(connection) }
    }
}

fn channel_binding(connection: &ServerConnection) -> Option<[u8; 32]> {
    if connection.protocol_version() != Some(ProtocolVersion::TLSv1_3) {
        return None;
    }
    connection.export_keying_material([0; 32], b"EXPORTER-Channel-Binding", None).ok()
}

fn protocol(connection: &ServerConnection) -> String {
    match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLSv1.3".to_owned(),
        Some(ProtocolVersion::TLSv1_2) => "TLSv1.2".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Returns the IANA name of the cipher suite, which rustls spells differently for TLS 1.3.
fn cipher(connection: &ServerConnection) -> String {
    let name = connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str()).unwrap_or_default();
    name.strip_prefix("TLS13_").map_or_else(|| name.to_owned(), |rest| format!("TLS_{rest}"))
}
