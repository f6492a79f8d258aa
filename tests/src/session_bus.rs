use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use zbus::{Connection, connection};

/// A desktop's session bus of its own: nobody else's tray and notifications are on it. It ends with what it started.
#[derive(Debug)]
pub struct SessionBus {
    daemon: Child,
    address: String,
    directory: TempDir,
}

impl SessionBus {
    /// One without any service.
    ///
    /// # Panics
    /// Where dbus-daemon does not start.
    pub fn start() -> Self {
        Self::offering(&[])
    }

    /// One that starts each of these services by its command when it is first called. `{here}` in a command is the
    /// bus's own directory.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub(crate) fn offering(services: &[(&str, &str)]) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        for (name, command) in services {
            let command = command.replace("{here}", &directory.path().display().to_string());
            let text = format!("[D-BUS Service]\nName={name}\nExec={command}\n");
            fs::write(directory.path().join(format!("{name}.service")), text).expect("a service file");
        }
        let here = directory.path().display();
        let configuration = format!(
            "<busconfig><type>session</type><listen>unix:dir={here}</listen><auth>EXTERNAL</auth>\
             <servicedir>{here}</servicedir><policy context=\"default\"><allow send_destination=\"*\"/>\
             <allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>"
        );
        let file = directory.path().join("session.conf");
        fs::write(&file, configuration).expect("a configuration");
        let mut daemon = Command::new("dbus-daemon")
            .arg("--config-file")
            .arg(&file)
            .args(["--nofork", "--print-address"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon starts");
        let mut address = String::new();
        let output = daemon.stdout.take().expect("standard output is piped");
        BufReader::new(output).read_line(&mut address).expect("dbus-daemon prints its address");
        Self { daemon, address: address.trim().to_owned(), directory }
    }

    /// The variable by which a program finds it.
    pub fn environment(&self) -> (&'static str, &str) {
        ("DBUS_SESSION_BUS_ADDRESS", &self.address)
    }

    /// Its own files' place.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Somebody on it.
    ///
    /// # Panics
    /// Where the bus does not answer.
    pub(crate) async fn join(&self) -> Connection {
        connection::Builder::address(self.address.as_str()).build().await.expect("the bus answers")
    }
}

impl Drop for SessionBus {
    fn drop(&mut self) {
        // Who was on it ends when it is gone. Already gone is as good.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
