//! Tests a bank behind HAProxy, which gives the clients' addresses by the PROXY protocol.
#![cfg(target_os = "linux")]

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use inkan_bank::ConnectionLimits;
use inkan_protocol::path;
use rustls::pki_types::ServerName;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;

use crate::one_host::socket;
use crate::test_bank::TestBank;

/// HAProxy before the bank's portal. It is killed when the value is dropped.
struct Balancer {
    process: Child,
    address: SocketAddr,
    _directory: TempDir,
}

impl Balancer {
    /// Starts HAProxy, which forwards to `to` with the server option `header`.
    fn before(to: SocketAddr, header: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        // HAProxy inherits a socket that listens already, so that no test has to wait for it.
        let listening = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listening.local_addr().unwrap();
        let file = directory.path().join("haproxy.cfg");
        let configuration = format!(
            "defaults\n mode tcp\n timeout client 20s\n timeout server 20s\n timeout connect 5s\n\
             listen bank\n bind fd@0\n server bank {to} {header}\n"
        );
        std::fs::write(&file, configuration).unwrap();
        let process = Command::new("haproxy")
            .arg("-db")
            .arg("-f")
            .arg(&file)
            .env("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/bin")
            .stdin(Stdio::from(OwnedFd::from(listening)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("haproxy starts");
        Self { process, address, _directory: directory }
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        // Fails if the process has ended already.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Connects from that host through TLS and sends a request. Returns the open connection and the first bytes of the
/// answer, or the error of a connection that was refused.
async fn ask(bank: &TestBank, from: Ipv4Addr, to: SocketAddr) -> std::io::Result<(impl Sized + use<>, Vec<u8>)> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((from, 0).into())?;
    let stream: TcpStream = socket.connect(to).await?;
    let connector = TlsConnector::from(Arc::new(bank.tls(rustls::ALL_VERSIONS, None)));
    let mut stream = connector.connect(ServerName::try_from("localhost").unwrap(), stream).await?;
    stream.write_all(format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path::BANK).as_bytes()).await?;
    let mut start = vec![0; 12];
    stream.read_exact(&mut start).await?;
    Ok((stream, start))
}

#[tokio::test]
async fn the_limit_of_an_address_is_that_of_the_client_behind_the_balancer() {
    let balancers = vec!["127.0.0.1/32".parse().unwrap()];
    let bank =
        TestBank::with_limits(ConnectionLimits { per_address: 1, balancers, ..ConnectionLimits::default() }).await;
    let portal = socket(&bank.server.announcement().portal);
    for (version, header) in ["send-proxy", "send-proxy-v2"].into_iter().enumerate() {
        let balancer = Balancer::before(portal, header);
        let client = |number| Ipv4Addr::new(127, 0, 2 + u8::try_from(version).unwrap(), number);
        let (_first, start) = ask(&bank, client(1), balancer.address).await.unwrap();
        assert_eq!(start, b"HTTP/1.1 200", "{header}");
        let (_second, start) = ask(&bank, client(2), balancer.address).await.unwrap();
        assert_eq!(start, b"HTTP/1.1 200", "{header}");
        assert!(
            ask(&bank, client(1), balancer.address).await.is_err(),
            "{header}: one connection of this client is open"
        );
    }
}

#[tokio::test]
async fn who_is_not_a_balancer_names_no_address() {
    let balancers = vec!["127.0.0.1/32".parse().unwrap()];
    let bank = TestBank::with_limits(ConnectionLimits { balancers, ..ConnectionLimits::default() }).await;
    let portal = socket(&bank.server.announcement().portal);
    // A client that names an address by itself speaks no TLS.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::new(127, 0, 2, 9), 0).into()).unwrap();
    let mut stream = socket.connect(portal).await.unwrap();
    stream.write_all(b"PROXY TCP4 192.0.2.7 192.0.2.1 80 443\r\n").await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    assert!(answer.first().is_none_or(|kind| *kind == 21), "a TLS alert or nothing: {answer:?}");
    assert!(ask(&bank, Ipv4Addr::new(127, 0, 2, 9), portal).await.is_ok(), "a client without a balancer");
    assert!(ask(&bank, Ipv4Addr::LOCALHOST, portal).await.is_err(), "a balancer whose connection has no header");
}
