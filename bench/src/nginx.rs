use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::bank::Bank;
use crate::certificates;
use crate::fault::Fault;

/// The longest text of one word of nginx's configuration, with room to spare.
const WORD: usize = 3_000;

/// nginx with a server certificate of the bank's CA. It ends when the value is dropped.
pub(crate) struct Nginx {
    process: Child,
    port: u16,
    _directory: TempDir,
}

impl Nginx {
    /// Starts nginx, which answers each request by `length` bytes from memory. With `demanding`, it demands a client
    /// certificate of the bank's CA, and verifies it.
    ///
    /// As the bank does, nginx speaks TLS 1.3 without resumption, has a key on P-256 and works on each core.
    pub(crate) fn beside(bank: &Bank, demanding: bool, length: usize) -> Result<Self, Fault> {
        let directory = tempfile::tempdir()?;
        let [certificate, key] = certificates::server(bank.data(), directory.path())?;
        let verify = match demanding {
            true => format!("ssl_verify_client on; ssl_client_certificate {};", bank.ca()?.display()),
            false => String::new(),
        };
        let words: Vec<String> =
            "x".repeat(length).as_bytes().chunks(WORD).map(|part| "x".repeat(part.len())).collect();
        let sets: String = words.iter().enumerate().map(|(at, word)| format!("set $p{at} {word}; ")).collect();
        let all: String = (0..words.len()).map(|at| format!("$p{at}")).collect();
        let lines = format!(
            "ssl_certificate {}; ssl_certificate_key {}; ssl_protocols TLSv1.3; ssl_session_cache off; \
             ssl_session_tickets off; {verify} keepalive_requests 100000000; \
             location / {{ default_type application/json; {sets} return 200 \"{all}\"; }}",
            certificate.display(),
            key.display()
        );
        let socket = TcpListener::bind("127.0.0.1:0")?;
        socket.set_nonblocking(true)?;
        let port = socket.local_addr()?.port();
        let file = directory.path().join("nginx.conf");
        std::fs::write(&file, configuration(directory.path(), port, &lines))?;
        let mut command = Command::new("nginx");
        command.arg("-p").arg(directory.path()).arg("-e").arg(directory.path().join("error.log")).arg("-c").arg(&file);
        // nginx takes over a socket that listens already, so no other process can take the port before.
        command.env("NGINX", "0;").env("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/bin");
        command.stdin(Stdio::from(OwnedFd::from(socket))).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self { process: command.spawn()?, port, _directory: directory })
    }

    /// Returns nginx's address.
    pub(crate) fn address(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// Returns nginx's process, which is above those that work.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }
}

fn configuration(directory: &Path, port: u16, lines: &str) -> String {
    let here = directory.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {here}/{kind}; "))
        .concat();
    format!(
        "daemon off; user root; worker_processes auto; worker_rlimit_nofile 20000; pid {here}/pid; \
         error_log {here}/error.log crit;\nevents {{ worker_connections 9000; }}\n\
         http {{ access_log off; {temporary}\nserver {{ listen 127.0.0.1:{port} ssl; {lines} }} }}\n"
    )
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // nginx leaves the processes that work behind if it is killed by SIGKILL.
        if let Some(number) = rustix::process::Pid::from_raw(self.process.id().cast_signed()) {
            rustix::process::kill_process(number, rustix::process::Signal::TERM).ok();
        }
        let _ = self.process.wait();
    }
}
