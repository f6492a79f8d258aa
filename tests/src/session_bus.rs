use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use zbus::{Connection, connection};

/// A session bus for one test. No tray and no notifications of another session are on it. It ends the programs that it
/// has started.
#[derive(Debug)]
pub struct SessionBus {
    daemon: Child,
    address: String,
    directory: TempDir,
}

impl SessionBus {
    /// Starts a bus without any service.
    ///
    /// # Panics
    /// Panics if dbus-daemon does not start.
    pub fn start() -> Self {
        Self::offering(&[])
    }

    /// Starts a bus with services. The bus starts each service by its command when it is first called. `{here}` in a
    /// command means the bus's own directory.
    ///
    /// # Panics
    /// Panics as [`Self::start`] does.
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

    /// Returns the variable by which a program finds the bus.
    pub fn environment(&self) -> (&'static str, &str) {
        ("DBUS_SESSION_BUS_ADDRESS", &self.address)
    }

    /// Returns the directory of the bus's own files.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Returns a connection to the bus.
    ///
    /// # Panics
    /// Panics if the bus does not answer.
    pub(crate) async fn join(&self) -> Connection {
        connection::Builder::address(self.address.as_str()).build().await.expect("the bus answers")
    }
}

impl Drop for SessionBus {
    fn drop(&mut self) {
        // The programs on the bus end when it is gone. A process that has ended already is as good.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
