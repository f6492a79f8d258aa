//! A simulated TPM for one test, with a token in it.
//!
//! swtpm is the TPM. It has room for three keys at a time, so a resource manager runs before it, as the kernel does for
//! a real TPM. That is tpm2-abrmd on its own D-Bus, which starts it at the first call. All of them communicate over
//! sockets in one temporary directory.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

use inkan_store::{PinQuestion, PinSource};
use secrecy::SecretString;
use tempfile::TempDir;

/// The label of the token.
pub(crate) const LABEL: &str = "Inkan contract";
/// The PIN of the token.
pub(crate) const PIN: &str = "4711";

/// The variable that tells a new process which part of the tests it runs.
const MARK: &str = "INKAN_STORE_TPM";
const RESOURCE_MANAGER: &str = "tabrmd:bus_type=session";

/// Runs `tests` for each of `parts`, in a process that has a new TPM. The module finds the TPM by environment
/// variables, which can be set safely only for a new process. This process ends the TPM, whatever happens to the other
/// process.
pub(crate) fn in_new_processes(parts: &[&str], tests: impl FnOnce(&str)) -> ExitCode {
    if let Ok(part) = std::env::var(MARK) {
        tests(&part);
        return ExitCode::SUCCESS;
    }
    let mut outcome = ExitCode::SUCCESS;
    for part in parts {
        let tpm = Tpm::start();
        tpm.make_token();
        let mut own = Command::new(std::env::current_exe().unwrap());
        let status = tpm.reached_by(&mut own).args(std::env::args_os().skip(1)).env(MARK, part).status().unwrap();
        if !status.success() {
            outcome = ExitCode::FAILURE;
        }
    }
    outcome
}

/// Returns the path of the module.
pub(crate) fn find_library() -> PathBuf {
    [
        "/usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so",
        "/usr/lib/aarch64-linux-gnu/pkcs11/libtpm2_pkcs11.so",
        "/usr/lib64/pkcs11/libtpm2_pkcs11.so",
        "/usr/lib/pkcs11/libtpm2_pkcs11.so",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|path| path.exists())
    .expect("libtpm2_pkcs11.so, of the package libtpm2-pkcs11-1")
}

/// A PIN source that gives this PIN, or cancels.
#[derive(Debug)]
pub(crate) struct Saying(pub(crate) Option<&'static str>);

impl PinSource for Saying {
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString> {
        assert_eq!(question.token, LABEL);
        self.0.map(SecretString::from)
    }
}

/// A TPM. All its processes end when the value is dropped.
struct Tpm {
    bus: Child,
    address: String,
    _simulator: Simulator,
    directory: TempDir,
}

impl Tpm {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let simulator = Simulator::start(directory.path());
        let (bus, address) = start_bus(directory.path(), &simulator.socket);
        let tpm = Self { bus, address, _simulator: simulator, directory };
        tpm.ask();
        tpm
    }

    /// Asks for a random number until an answer comes. The resource manager takes its name on the bus a moment before
    /// it can be called.
    fn ask(&self) {
        let answers = || {
            let mut tool = Command::new("tpm2_getrandom");
            let status = self.reached_by(&mut tool).arg("1").stdout(Stdio::null()).stderr(Stdio::null()).status();
            status.expect("tpm2_getrandom, of the package tpm2-tools").success()
        };
        assert!((0..200).any(|_| answers()), "the resource manager does not answer");
    }

    fn reached_by<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("TPM2_PKCS11_STORE", self.directory.path())
            .env("TPM2_PKCS11_TCTI", RESOURCE_MANAGER)
            .env("TPM2TOOLS_TCTI", RESOURCE_MANAGER)
            .env("TSS2_LOG", "all+NONE")
    }

    fn make_token(&self) {
        let token = ["addtoken", "--pid=1", &format!("--label={LABEL}"), "--sopin=0815", &format!("--userpin={PIN}")];
        for arguments in [["init"].as_slice(), &token] {
            let mut tool = Command::new("tpm2_ptool");
            let made = self.reached_by(&mut tool).args(arguments).arg("--path").arg(self.directory.path()).output();
            let made = made.expect("tpm2_ptool, of the package libtpm2-pkcs11-tools");
            assert!(made.status.success(), "tpm2_ptool: {}", String::from_utf8_lossy(&made.stderr));
        }
    }
}

impl Drop for Tpm {
    /// The resource manager ends with its bus.
    fn drop(&mut self) {
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

/// The TPM itself, which runs in the background.
struct Simulator {
    process: PathBuf,
    socket: PathBuf,
}

impl Simulator {
    /// Starts the TPM. It goes into the background only after its sockets exist, so no wait is needed.
    fn start(directory: &Path) -> Self {
        let (process, socket) = (directory.join("swtpm.pid"), directory.join("tpm"));
        let started = Command::new("swtpm")
            .args(["socket", "--tpm2", "--daemon", "--flags", "not-need-init,startup-clear"])
            .args(["--tpmstate", &format!("dir={}", directory.display())])
            .args(["--server", &format!("type=unixio,path={}", socket.display())])
            .args(["--ctrl", &format!("type=unixio,path={}.ctrl", socket.display())])
            .args(["--pid", &format!("file={}", process.display())])
            .status()
            .expect("swtpm, of the package swtpm");
        assert!(started.success());
        Self { process, socket }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if let Ok(process) = fs::read_to_string(&self.process) {
            let _ = Command::new("kill").arg(process.trim()).status();
        }
    }
}

/// Starts a D-Bus whose only service is the resource manager of the TPM behind `socket`.
fn start_bus(directory: &Path, socket: &Path) -> (Child, String) {
    let service = format!(
        "[D-BUS Service]\nName=com.intel.tss2.Tabrmd\nExec={} --session --allow-root --max-transients={} \
         --logger=stdout --tcti=swtpm:path={}\n",
        find_resource_manager().display(),
        // The module keeps every key loaded that it has once used.
        100,
        socket.display()
    );
    fs::write(directory.join("tpm.service"), service).unwrap();
    let configuration = directory.join("bus.conf");
    let text = format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
    "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={directory}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{directory}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        directory = directory.display()
    );
    fs::write(&configuration, text).unwrap();
    let mut bus = Command::new("dbus-daemon")
        .arg(format!("--config-file={}", configuration.display()))
        .args(["--nofork", "--print-address"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dbus-daemon, of the package dbus");
    let mut address = String::new();
    // It says its address when it can be called.
    BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
    (bus, address.trim().to_owned())
}

fn find_resource_manager() -> PathBuf {
    ["/usr/sbin/tpm2-abrmd", "/usr/bin/tpm2-abrmd"]
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
        .expect("tpm2-abrmd, of the package tpm2-abrmd")
}
