//! The PROXY protocol of load balancers, versions 1 and 2: who connected to the balancer.

use std::io;
use std::net::IpAddr;

use ppp::{HeaderResult, v1, v2};
use tokio::io::{AsyncRead, AsyncReadExt};

/// The first bytes of a header of version 2.
const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
/// The bytes of a header of version 2 before its addresses. The last two are the length of the rest.
const FIXED: usize = 16;
/// The longest header of version 1, in bytes.
const LONGEST_LINE: usize = 107;
/// The longest header of version 2, in bytes. Its extensions are not used.
const LONGEST: usize = 2048;

/// Reads the header, and not a byte more. Returns the client's address; `None` if the balancer itself connected, such
/// as for a health check.
///
/// # Errors
/// Errors of the stream, and `InvalidData` if the stream does not begin with a header.
pub(crate) async fn read_source(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<IpAddr>> {
    let mut header = vec![0; SIGNATURE.len()];
    stream.read_exact(&mut header).await?;
    if header == SIGNATURE {
        header.resize(FIXED, 0);
        stream.read_exact(&mut header[SIGNATURE.len()..]).await?;
        let rest = usize::from(u16::from_be_bytes([header[FIXED - 2], header[FIXED - 1]]));
        if FIXED + rest > LONGEST {
            return Err(invalid());
        }
        header.resize(FIXED + rest, 0);
        stream.read_exact(&mut header[FIXED..]).await?;
    } else {
        while !header.ends_with(b"\r\n") {
            if header.len() == LONGEST_LINE {
                return Err(invalid());
            }
            header.push(stream.read_u8().await?);
        }
    }
    source(&header)
}

fn source(header: &[u8]) -> io::Result<Option<IpAddr>> {
    match HeaderResult::parse(header) {
        HeaderResult::V1(Ok(header)) => Ok(match header.addresses {
            v1::Addresses::Tcp4(addresses) => Some(addresses.source_address.into()),
            v1::Addresses::Tcp6(addresses) => Some(addresses.source_address.into()),
            v1::Addresses::Unknown => None,
        }),
        HeaderResult::V2(Ok(header)) if header.command == v2::Command::Local => Ok(None),
        HeaderResult::V2(Ok(header)) => Ok(match header.addresses {
            v2::Addresses::IPv4(addresses) => Some(addresses.source_address.into()),
            v2::Addresses::IPv6(addresses) => Some(addresses.source_address.into()),
            v2::Addresses::Unspecified | v2::Addresses::Unix(_) => None,
        }),
        HeaderResult::V1(Err(_)) | HeaderResult::V2(Err(_)) => Err(invalid()),
    }
}

fn invalid() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the connection does not begin with a header of the PROXY protocol")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the source of these bytes, and what is left of the bytes after the header.
    async fn read(bytes: &[u8]) -> io::Result<(Option<IpAddr>, Vec<u8>)> {
        let mut stream = bytes;
        let source = read_source(&mut stream).await?;
        Ok((source, stream.to_vec()))
    }

    /// Returns a header of version 2 with this command, family and addresses.
    fn binary(command: u8, family: u8, addresses: &[u8]) -> Vec<u8> {
        let length = u16::try_from(addresses.len()).unwrap().to_be_bytes();
        [SIGNATURE, &[0x20 | command, family][..], &length, addresses].concat()
    }

    #[tokio::test]
    async fn both_versions_give_the_address_and_leave_the_rest() {
        let (v4, v6) =
            ([192, 0, 2, 7, 192, 0, 2, 1, 0, 80, 1, 187], [&[0x20; 16][..], &[0; 16], &[0, 80, 1, 187]].concat());
        let tls = [&v4[..], &[0x20, 0, 3, 0, 0, 0]].concat();
        for (header, source) in [
            (b"PROXY TCP4 192.0.2.7 192.0.2.1 80 443\r\n".to_vec(), Some("192.0.2.7")),
            (b"PROXY TCP6 2001:db8::7 2001:db8::1 80 443\r\n".to_vec(), Some("2001:db8::7")),
            (b"PROXY UNKNOWN\r\n".to_vec(), None),
            (binary(1, 0x11, &v4), Some("192.0.2.7")),
            (binary(1, 0x11, &tls), Some("192.0.2.7")),
            (binary(1, 0x21, &v6), Some("2020:2020:2020:2020:2020:2020:2020:2020")),
            (binary(0, 0, &[]), None),
        ] {
            let (found, rest) = read(&[&header[..], b"\x16\x03\x01"].concat()).await.unwrap();
            assert_eq!(found, source.map(|text| text.parse().unwrap()), "{header:?}");
            assert_eq!(rest, b"\x16\x03\x01", "{header:?}");
        }
    }

    #[tokio::test]
    async fn anything_else_is_refused() {
        for bytes in [
            &b"GET /v1/bank HTTP/1.1\r\nHost: bank\r\n\r\n"[..],
            b"PROXY TCP4 192.0.2.7\r\n",
            b"PROXY TCP4 here there 80 443\r\n",
            &[b"PROXY ", &[b'a'; 200][..]].concat(),
            &binary(1, 0x11, &[192, 0, 2, 7]),
            &binary(1, 0x11, &[0; LONGEST]),
            b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\x00",
            b"PROXY",
            b"",
        ] {
            assert!(read(bytes).await.is_err(), "{bytes:?}");
        }
    }
}
