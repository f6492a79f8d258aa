use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Longer than it takes to start on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A real proxy (tinyproxy) that lets nobody through without this user name and password. Killed when dropped.
#[derive(Debug)]
pub struct HttpProxy {
    process: Child,
    port: u16,
    directory: TempDir,
}

impl HttpProxy {
    /// Who may pass.
    pub const USER: &str = "keiri-taro";
    /// Their password.
    pub const PASSWORD: &str = "Toorinuke-7731";

    /// Starts it and waits until it listens.
    ///
    /// # Panics
    /// Where it does not come up.
    #[allow(clippy::new_without_default, reason = "a proxy is started with effort, not by default")]
    pub fn start() -> Self {
        Self::configured(&format!("BasicAuth {} {}\n", Self::USER, Self::PASSWORD))
    }

    /// As [`Self::start`], one that lets everybody through.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn for_everybody() -> Self {
        Self::configured("")
    }

    fn configured(lines: &str) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let log = directory.path().join("log");
        let configuration = format!(
            "Port {port}\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\nLogFile \"{}\"\nLogLevel Connect\n\
             {lines}",
            log.display()
        );
        let file = directory.path().join("tinyproxy.conf");
        fs::write(&file, configuration).expect("the configuration is written");
        let process = Command::new("tinyproxy")
            .args(["-d", "-c"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("tinyproxy starts");
        let proxy = Self { process, port, directory };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "tinyproxy listens: {}", proxy.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        proxy
    }

    /// Host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How often it was asked for a way to the server at that address, let through or not.
    pub fn asked_for(&self, address: &str) -> usize {
        let socket = address.trim_start_matches("https://").trim_end_matches('/');
        self.log().lines().filter(|line| line.contains(&format!("CONNECT {socket} "))).count()
    }

    /// How often it has opened a way.
    pub fn opened(&self) -> usize {
        self.log().lines().filter(|line| line.contains("Established connection to host")).count()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.directory.path().join("log")).unwrap_or_default()
    }
}

impl Drop for HttpProxy {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
