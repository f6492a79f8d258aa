use std::fs;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::{Issued, run};

/// nginx on a free port of this machine, without the rights of root. It is killed when the value is dropped.
#[derive(Debug)]
pub struct Nginx {
    process: Child,
    port: u16,
    directory: TempDir,
}

/// How nginx asks for client certificates.
#[derive(Debug, Clone)]
pub struct ClientCertificates<'a> {
    /// The value of `ssl_client_certificate`: the CAs, in PEM.
    pub authorities: &'a Path,
    /// The value of `ssl_crl`.
    pub crl: Option<&'a Path>,
    /// The value of `ssl_protocols`.
    pub protocols: &'a str,
}

impl Nginx {
    /// Starts nginx so that it demands a client certificate, and answers `welcome` if it accepts the certificate.
    pub fn demanding(own: &Issued, clients: &ClientCertificates<'_>) -> Self {
        let crl = clients.crl.map(|file| format!("ssl_crl {};", file.display())).unwrap_or_default();
        let lines = format!(
            "ssl_protocols {}; ssl_verify_client on; ssl_client_certificate {}; {crl} \
             location / {{ return 200 \"welcome $ssl_client_s_dn\"; }}",
            clients.protocols,
            clients.authorities.display()
        );
        Self::serving(own, &lines)
    }

    /// Starts nginx with TLS. `lines` is added to its configuration.
    pub fn serving(own: &Issued, lines: &str) -> Self {
        let (certificate, key) = (own.certificate.display(), own.key.display());
        let identity = format!("ssl_certificate {certificate}; ssl_certificate_key {key};");
        let lines = format!("{identity} ssl_session_cache off; ssl_session_tickets off; {lines}");
        Self::start(" ssl", &lines)
    }

    /// Starts nginx with HTTP, without TLS.
    pub fn plain() -> Self {
        Self::start("", "location / { return 200 plain; }")
    }

    /// Starts nginx. It inherits a socket that listens already, as it does from an older nginx that it replaces. So no
    /// other process can take the port in between, and no test has to wait.
    fn start(listening: &str, lines: &str) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
        socket.set_nonblocking(true).expect("a socket");
        let port = socket.local_addr().expect("an address").port();
        let here = directory.path().display();
        // A worker of another user could not enter a directory of root's. If the test is not run by root, the line is
        // only a warning.
        let user = "user root;";
        let configuration = format!(
            "daemon off; {user} worker_processes 1; pid {here}/pid; error_log {here}/error.log info;\n\
             events {{ worker_connections 64; }}\n\
             http {{ access_log off; client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;\n\
             fastcgi_temp_path {here}/fastcgi; uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;\n\
             server {{ listen 127.0.0.1:{port}{listening}; {lines} }} }}\n"
        );
        let file = directory.path().join("nginx.conf");
        fs::write(&file, configuration).expect("the configuration is written");
        let process = Command::new("nginx")
            .arg("-p")
            .arg(directory.path())
            .arg("-e")
            .arg(directory.path().join("error.log"))
            .arg("-c")
            .arg(&file)
            .env("NGINX", "0;")
            .env("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/bin")
            .stdin(Stdio::from(OwnedFd::from(socket)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx starts");
        Self { process, port, directory }
    }

    /// Returns nginx's address, with the host name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }

    /// Returns nginx's log, for the message of a test that fails.
    pub fn log(&self) -> String {
        fs::read_to_string(self.directory.path().join("error.log")).unwrap_or_default()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // nginx leaves its worker behind if it is killed by SIGKILL.
        run("kill", ["-TERM", &self.process.id().to_string()]);
        let _ = self.process.wait();
    }
}
