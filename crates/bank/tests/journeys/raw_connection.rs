//! A connection to the bank below any HTTP client.

use std::sync::Arc;

use rustls::SupportedProtocolVersion;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Url;

use crate::test_bank::{Issued, TestBank};

/// One connection over HTTP/1.1 and TLS, whose bytes a test sends as they are.
pub(crate) struct RawConnection(BufReader<TlsStream<TcpStream>>);

impl RawConnection {
    /// Connects to one of the bank's addresses, with a certificate or without.
    pub(crate) async fn open(bank: &TestBank, address: &str, issued: Option<&Issued>) -> Self {
        Self::open_by(rustls::ALL_VERSIONS, bank, address, issued).await
    }

    /// Connects as [`RawConnection::open`] does, by one of these versions of TLS.
    pub(crate) async fn open_by(
        versions: &[&'static SupportedProtocolVersion],
        bank: &TestBank,
        address: &str,
        issued: Option<&Issued>,
    ) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", Url::parse(address).unwrap().port().unwrap())).await.unwrap();
        let connector = TlsConnector::from(Arc::new(bank.tls(versions, issued)));
        Self(BufReader::new(connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.unwrap()))
    }

    /// Returns the channel binding `tls-exporter` of the connection (RFC 9266).
    pub(crate) fn channel_binding(&self) -> [u8; 32] {
        let connection = self.0.get_ref().get_ref().1;
        connection.export_keying_material([0; 32], b"EXPORTER-Channel-Binding", None).unwrap()
    }

    /// Sends `text`.
    pub(crate) async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// Returns the status and the body of the next answer.
    pub(crate) async fn answer(&mut self) -> (u16, String) {
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).await.unwrap(), 0, "the bank hung up");
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().unwrap();
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.unwrap();
        (status, String::from_utf8(body).unwrap())
    }
}
