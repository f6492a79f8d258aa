use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use crate::chromium::chromium;
use crate::{Pc, run};

/// How long to wait for Chromium. It takes less time on a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The system browser of a PC, as `xdg-open` finds it: Chromium with the PC's certificates. Other programs open it.
/// This value receives the page that it then shows.
#[derive(Debug)]
pub struct Browser {
    directory: TempDir,
    shown: Receiver<String>,
}

impl Browser {
    /// Prepares a browser in which a person picks the certificate of that name.
    ///
    /// # Panics
    /// Panics if its files cannot be written.
    pub fn picking(pc: &Pc, certificate: &str) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let pipe = directory.path().join("shown");
        assert!(run("mkfifo", [pipe.display().to_string()]).status.success(), "a pipe");
        let filter = json!({ "SUBJECT": { "CN": certificate } });
        let command = chromium(pc, directory.path(), &filter);
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        let quoted: Vec<String> = words.map(|word| format!("'{}'", word.to_string_lossy())).collect();
        let script = format!(
            "#!/bin/sh\nexport HOME='{}'\nunset XDG_DATA_HOME XDG_CONFIG_HOME\n{{ echo \"$1\"; {} \"$1\"; }} >'{}' 2>&1\n",
            directory.path().join("home").display(),
            quoted.join(" "),
            pipe.display()
        );
        let program = directory.path().join("browser");
        fs::write(&program, script).expect("a script");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
        make_usual(directory.path(), &program);
        let (sender, shown) = channel();
        std::thread::spawn(move || {
            // Blocks until the browser opens its end, and then until it closes it.
            while let Ok(text) = fs::read_to_string(&pipe) {
                if sender.send(text).is_err() {
                    break;
                }
            }
        });
        Self { directory, shown }
    }

    /// Returns the variables under which a program finds the browser.
    pub fn environment(&self) -> [(&'static str, PathBuf); 4] {
        let below = |name: &str| self.directory.path().join(name);
        [
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_DATA_HOME", below("data")),
            // Without a display, `xdg-open` looks at this variable alone.
            ("BROWSER", below("browser")),
            // On a desktop, `xdg-open` would ask the desktop for the browser.
            ("XDG_CURRENT_DESKTOP", Path::new("").to_owned()),
        ]
    }

    /// Returns the address with which the browser was opened, and the page that it then showed.
    ///
    /// # Panics
    /// Panics if no program opens it.
    pub fn shown(&self) -> (String, String) {
        let text = self.shown.recv_timeout(PATIENCE).expect("the browser is opened");
        let (address, page) = text.split_once('\n').expect("an address");
        (address.to_owned(), page.to_owned())
    }
}

/// Makes the program the standard browser, as a person does in the settings.
fn make_usual(directory: &Path, program: &Path) {
    let [config, applications] = ["config", "data/applications"].map(|name| directory.join(name));
    for folder in [&config, &applications] {
        fs::create_dir_all(folder).expect("a directory");
    }
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Browser\nExec={} %u\nMimeType=x-scheme-handler/https;\n",
        program.display()
    );
    fs::write(applications.join("journey-browser.desktop"), entry).expect("an entry");
    let usual = "[Default Applications]\nx-scheme-handler/https=journey-browser.desktop\n";
    fs::write(config.join("mimeapps.list"), usual).expect("the standard browser");
}
