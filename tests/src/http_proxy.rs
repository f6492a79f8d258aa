use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::process::listening_port;

/// How long to wait for the proxy. It starts in less time on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A real proxy (tinyproxy) that demands [`Self::USER`] and [`Self::PASSWORD`]. It is killed when the value is dropped.
#[derive(Debug)]
pub struct HttpProxy {
    process: Child,
    port: u16,
    directory: TempDir,
}

impl HttpProxy {
    /// The user name that the proxy demands.
    pub const USER: &str = "keiri-taro";
    /// The password that the proxy demands.
    pub const PASSWORD: &str = "Toorinuke-7731";

    /// Starts the proxy, and waits until it listens.
    ///
    /// # Panics
    /// Panics if the proxy does not start.
    #[allow(clippy::new_without_default, reason = "a proxy is started with effort, not by default")]
    pub fn start() -> Self {
        Self::configured(&format!("BasicAuth {} {}\n", Self::USER, Self::PASSWORD))
    }

    /// Starts a proxy that demands no login.
    ///
    /// # Panics
    /// Panics if the proxy does not start.
    pub fn for_everybody() -> Self {
        Self::configured("")
    }

    fn configured(lines: &str) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let until = Instant::now() + PATIENCE;
        loop {
            // The proxy ends if another process takes the port in between. Then the next port is tried.
            let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
            let mut process = serve(directory.path(), port, lines);
            while process.try_wait().expect("the state of tinyproxy").is_none() {
                if listening_port(process.id()) == Some(port) {
                    return Self { process, port, directory };
                }
                assert!(Instant::now() < until, "tinyproxy listens: {}", log(directory.path()));
                std::thread::sleep(Duration::from_millis(20));
            }
            assert!(Instant::now() < until, "tinyproxy starts: {}", log(directory.path()));
        }
    }

    /// Returns the proxy's host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Returns the proxy's port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns how often a client asked for a connection to the server at that address, allowed or not.
    pub fn asked_for(&self, address: &str) -> usize {
        let socket = address.trim_start_matches("https://").trim_end_matches('/');
        self.log().lines().filter(|line| line.contains(&format!("CONNECT {socket} "))).count()
    }

    /// Returns how often the proxy has opened a connection.
    pub fn opened(&self) -> usize {
        self.log().lines().filter(|line| line.contains("Established connection to host")).count()
    }

    fn log(&self) -> String {
        log(self.directory.path())
    }
}

impl Drop for HttpProxy {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts tinyproxy on that port, with `lines` added to its configuration.
fn serve(directory: &Path, port: u16, lines: &str) -> Child {
    let configuration = format!(
        "Port {port}\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\nLogFile \"{}\"\nLogLevel Connect\n{lines}",
        directory.join("log").display()
    );
    let file = directory.join("tinyproxy.conf");
    fs::write(&file, configuration).expect("the configuration is written");
    Command::new("tinyproxy")
        .args(["-d", "-c"])
        .arg(&file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("tinyproxy starts")
}

fn log(directory: &Path) -> String {
    fs::read_to_string(directory.join("log")).unwrap_or_default()
}
