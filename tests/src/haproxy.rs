use std::fs;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::Issued;

/// HAProxy on a free port of this machine, which demands a client certificate. It is killed when the value is dropped.
#[derive(Debug)]
pub struct HaProxy {
    process: Child,
    port: u16,
    _directory: TempDir,
}

impl HaProxy {
    /// Starts HAProxy. It accepts certificates of `authorities`, and checks them by a CRL.
    ///
    /// # Panics
    /// Panics if HAProxy does not start.
    pub fn demanding(own: &Issued, authorities: &Path, crl: &Path) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let identity = directory.path().join("identity.pem");
        let parts = [&own.certificate, &own.key].map(|file| fs::read_to_string(file).expect("a PEM file"));
        fs::write(&identity, parts.concat()).expect("the identity is written");
        // haproxy inherits a socket that listens already: no other process can take the port in between, and no test
        // has to wait.
        let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = socket.local_addr().expect("an address").port();
        let configuration = format!(
            "defaults\n mode http\n timeout client 20s\n timeout server 20s\n timeout connect 5s\nfrontend f\n \
             bind fd@0 ssl crt {} ca-file {} verify required crl-file {}\n http-request return status 200\n",
            identity.display(),
            authorities.display(),
            crl.display()
        );
        let file = directory.path().join("haproxy.cfg");
        fs::write(&file, configuration).expect("the configuration is written");
        let process = Command::new("haproxy")
            .arg("-db")
            .arg("-f")
            .arg(&file)
            .env("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/bin")
            .stdin(Stdio::from(OwnedFd::from(socket)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("haproxy starts");
        Self { process, port, _directory: directory }
    }

    /// Returns HAProxy's address, with the host name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }
}

impl Drop for HaProxy {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
