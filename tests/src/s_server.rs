use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Issued;

/// `openssl s_server` on a free port of this machine. It is killed when the value is dropped.
#[derive(Debug)]
pub struct SServer {
    process: Child,
    port: u16,
}

impl SServer {
    /// Starts a server with the certificate of `own`, and waits until it listens. The files of `-WWW` and `-HTTP` are
    /// relative to the folder of the certificate.
    ///
    /// # Panics
    /// Panics if the server does not start.
    pub fn start<S: AsRef<OsStr>>(own: &Issued, arguments: impl IntoIterator<Item = S>) -> Self {
        let mut process = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-cert"])
            .arg(&own.certificate)
            .arg("-key")
            .arg(&own.key)
            .args(arguments)
            .current_dir(own.certificate.parent().unwrap_or(Path::new(".")))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl starts");
        let mut output = BufReader::new(process.stdout.take().expect("standard output is piped"));
        let port = loop {
            let mut line = String::new();
            assert_ne!(output.read_line(&mut line).expect("openssl prints lines"), 0, "s_server does not listen");
            if let Some(socket) = line.strip_prefix("ACCEPT ") {
                let port = socket.trim().rsplit(':').next().expect("a port");
                break port.parse().expect("a number");
            }
        };
        // Later output must not fill the pipe.
        std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
        Self { process, port }
    }

    /// Returns the server's address, with the host name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }
}

impl Drop for SServer {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
