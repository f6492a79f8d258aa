use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::answer::{list, text};
use crate::failure::Failure;
use crate::process;
use crate::workspace::{self, root};

/// The demo bank on free ports of this machine. It ends when the value is dropped.
pub(crate) struct DemoBank {
    child: Child,
    log: PathBuf,
    /// The bank's standard output. It stays open, because a closed pipe would make the bank fail when it prints its
    /// next line.
    _output: BufReader<ChildStdout>,
    /// The address of the portal.
    pub(crate) portal: String,
    /// The address of the certificate login.
    pub(crate) certificate_login: String,
    /// The file of the bank's CA certificate.
    pub(crate) ca: PathBuf,
    /// The sample users.
    pub(crate) people: Vec<SamplePerson>,
}

/// A user of the profile's demo. The profile contains the passwords, which protect nothing.
pub(crate) struct SamplePerson {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) login_password: String,
    /// The confirmation password; none if the user must still register one (S1-7).
    pub(crate) confirmation_password: Option<String>,
}

impl DemoBank {
    /// Starts the bank with its data and its log in `folder`, and waits until it listens.
    pub(crate) fn start(folder: &Path) -> Result<Self, Failure> {
        let log = folder.join("bank.log");
        let mut command = Command::new(workspace::program("inkan-bank")?);
        command
            .current_dir(root())
            .args(["serve", "--profile", "profiles/okmate.toml", "--demo"])
            .args(["--portal", "127.0.0.1:0", "--certificate-login", "127.0.0.1:0"])
            .arg("--data")
            .arg(folder.join("bank"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).map_err(Failure::file(&log))?);
        let mut child = command.spawn().map_err(|cause| process::not_started(&command, cause))?;
        match read_announcement(&mut child) {
            Ok((output, announcement)) => {
                let read = (|| {
                    Ok((
                        text(&announcement, "/portal")?.to_owned(),
                        text(&announcement, "/certificate_login")?.to_owned(),
                        root().join(text(&announcement, "/ca")?),
                        list(&announcement, "/demo/users")?.iter().map(person).collect::<Result<_, _>>()?,
                    ))
                })();
                let stop = |failure| stopped(&mut child, failure);
                let (portal, certificate_login, ca, people) = read.map_err(stop)?;
                Ok(Self { child, log, _output: output, portal, certificate_login, ca, people })
            }
            Err(failure) => {
                eprint!("{}", std::fs::read_to_string(&log).unwrap_or_default());
                Err(stopped(&mut child, failure))
            }
        }
    }

    /// Returns one of the sample users.
    pub(crate) fn person(&self, id: &str) -> Result<&SamplePerson, Failure> {
        self.people.iter().find(|person| person.id == id).ok_or_else(|| Failure::Answer {
            from: "inkan-bank".into(),
            answer: format!("no {id} among its sample people"),
        })
    }

    /// Returns the text of the bank's log.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for DemoBank {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

fn stopped(child: &mut Child, failure: Failure) -> Failure {
    end(child);
    failure
}

fn end(child: &mut Child) {
    // A bank that has ended by itself need not be killed.
    let _ = child.kill();
    let _ = child.wait();
}

fn read_announcement(child: &mut Child) -> Result<(BufReader<ChildStdout>, Value), Failure> {
    let said = |answer: &str| Failure::Answer { from: "inkan-bank".into(), answer: answer.trim().to_owned() };
    let mut output = BufReader::new(child.stdout.take().ok_or_else(|| said("nothing"))?);
    let mut line = String::new();
    output.read_line(&mut line).map_err(|cause| Failure::Pipe { program: "inkan-bank".into(), cause })?;
    let announcement = serde_json::from_str(&line).map_err(|_| said(&line))?;
    Ok((output, announcement))
}

fn person(user: &Value) -> Result<SamplePerson, Failure> {
    Ok(SamplePerson {
        id: text(user, "/id")?.to_owned(),
        name: text(user, "/name")?.to_owned(),
        role: text(user, "/role")?.to_owned(),
        login_password: text(user, "/login_password")?.to_owned(),
        confirmation_password: text(user, "/confirmation_password").ok().map(str::to_owned),
    })
}
