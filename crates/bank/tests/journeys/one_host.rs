//! Tests that one host cannot shut the bank: it takes all the connections that it can get, and sends no request.
//!
//! The host is an address of the loopback network other than 127.0.0.1, which Linux has without any set-up.
#![cfg(target_os = "linux")]

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use inkan_bank::ConnectionLimits;
use inkan_protocol::path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use url::Url;

use crate::test_bank::{HANAKO, TestBank};

/// More connections than a process may have files open by default.
const FLOOD: usize = 1_100;
/// The honest requests of the report that found this.
const HONEST: usize = 28;

/// Returns the socket address of one of the bank's addresses.
pub(crate) fn socket(address: &str) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, Url::parse(address).unwrap().port().unwrap()).into()
}

/// The first bytes of a TLS record: its type, the version, and a length of 16,384 bytes.
const RECORD: &[u8] = b"\x16\x03\x01\x40\x00\x01";
/// The beginning of a request.
const HEAD: &[u8] = b"GET /crl HTTP/1.1\r\nHost: localhost\r\nAccept: ";

/// Connects to the bank from that host, and sends the beginning of something.
async fn begin(from: Ipv4Addr, to: SocketAddr, bytes: &[u8]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    let mut stream = socket.connect(to).await.unwrap();
    // Fails if the bank has hung up already.
    stream.write_all(bytes).await.ok();
    stream
}

/// Waits until the bank hangs up; returns at once if it has done so.
async fn hung_up(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest).await {
        Ok(_) => {}
        Err(error) => assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}"),
    }
}

/// Returns how many of `streams` the bank has hung up on, once no more change.
async fn closed(streams: &mut [TcpStream]) -> usize {
    let mut count = 0;
    for stream in streams {
        let over = tokio::time::timeout(Duration::from_millis(5), hung_up(stream)).await;
        count += usize::from(over.is_ok());
    }
    count
}

#[tokio::test]
async fn the_connections_of_one_host_have_a_limit_and_others_are_served() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let said = bank.server.announcement();
    let limit = ConnectionLimits::default().per_address;
    let listeners = [(&said.portal, RECORD), (&said.certificate_login, RECORD), (said.plain.as_ref().unwrap(), HEAD)];
    for (number, (address, bytes)) in (1..).zip(listeners) {
        let host = Ipv4Addr::new(127, 0, 1, number);
        let mut flood = Vec::new();
        for _ in 0..FLOOD {
            flood.push(begin(host, socket(address), bytes).await);
        }
        // A new client connects anew for each request.
        for _ in 0..HONEST {
            bank.portal().get(path::BANK).await.ok();
            bank.certificate_login(&issued).get(path::TOP).await.refused("session_ended");
        }
        assert!(closed(&mut flood).await >= FLOOD - limit, "{address}");
    }
}

#[tokio::test]
async fn if_all_places_are_taken_a_new_client_gets_the_one_that_waited_longest() {
    let bank =
        TestBank::with_limits(ConnectionLimits { connections: 8, per_address: 4, ..ConnectionLimits::default() }).await;
    let portal = socket(&bank.server.announcement().portal);
    let mut flood = Vec::new();
    for host in 1..=4 {
        for _ in 0..4 {
            flood.push(begin(Ipv4Addr::new(127, 0, 1, host), portal, RECORD).await);
        }
    }
    bank.portal().get(path::BANK).await.ok();
    for stream in &mut flood[..8] {
        hung_up(stream).await;
    }
}
