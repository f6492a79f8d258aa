//! Allows only one window for each data directory. With two windows, each would show only a part of the user's work.
//!
//! The instance with the lock shows the window. Every other instance forwards its arguments to that instance and ends.
//! The toolkit's plugin distinguishes instances only by application, except on Linux. So a window on other data would
//! get the links of this one.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};
use std::{fmt, fs};

use inkan_client::{Home, Lock};
use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{GenericFilePath, ListenerOptions, Name};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::{StartError, foreground};

/// The file that the running instance locks as long as it runs.
const LOCK: &str = "window.lock";
/// The file with the address at which the running instance listens. Only this user can write the file, so no other user
/// can replace it.
const ADDRESS: &str = "window.address.json";
/// How long a start waits for the running instance. A window needs less time to log out at the bank and end, or to open
/// and listen.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a start waits for one answer of the running instance. A live instance needs less time.
const ANSWER: Duration = Duration::from_secs(5);
/// The pause before a start tries the running instance again.
const PAUSE: Duration = Duration::from_millis(50);
/// The greatest size of forwarded arguments, in bytes. The longest argument is a link.
const MOST_BYTES: u64 = 64 * 1024;

/// The result of a start.
#[derive(Debug)]
pub(crate) enum Start {
    /// This instance has the lock.
    First(Instance),
    /// Another instance has the lock, and has received the arguments.
    Forwarded,
}

/// The instance that holds the lock of its data directory.
pub(crate) struct Instance {
    listener: LocalSocketListener,
    lock: InstanceLock,
}

/// The lock of the data directory, with the socket for other instances. Both are released when this value is dropped.
#[derive(Debug)]
pub(crate) struct InstanceLock {
    _lock: Lock,
    /// The directory of the socket, which belongs to this user alone. On Unix the socket is a file in it.
    directory: Option<TempDir>,
}

/// The content of the address file.
#[derive(Debug, Serialize, Deserialize)]
struct Address {
    directory: PathBuf,
}

/// The arguments that one instance forwards to the other. They are sent as a line of JSON. The answer is a line, too.
#[derive(Debug, Serialize, Deserialize)]
struct Forwarded {
    arguments: Vec<String>,
}

impl Start {
    /// Takes the lock of the data directory, or forwards the arguments to the instance that holds it.
    ///
    /// # Errors
    /// [`StartError`] if the data directory cannot be used, or if the running instance does not answer.
    pub(crate) fn on(home: &Home, arguments: &[String]) -> Result<Self, StartError> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(lock) = home.lock(LOCK)? {
                return Ok(Self::First(Instance::listening(home, lock)?));
            }
            match hand_over(home, arguments) {
                Ok(()) => return Ok(Self::Forwarded),
                Err(error) if Instant::now() > end => return Err(StartError::Instance(error)),
                // The other instance is starting or ending.
                Err(error) => tracing::debug!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the running instance does not answer yet"
                ),
            }
            thread::sleep(PAUSE);
        }
    }
}

impl Instance {
    fn listening(home: &Home, lock: Lock) -> Result<Self, StartError> {
        tidy(home);
        let directory = tempfile::Builder::new().prefix("inkan-").tempdir().map_err(StartError::Instance)?;
        let listener = name(directory.path()).and_then(|name| ListenerOptions::new().name(name).create_sync());
        let listener = listener.map_err(StartError::Instance)?;
        home.write(ADDRESS, &Address { directory: directory.path().to_owned() })?;
        Ok(Self { listener, lock: InstanceLock { _lock: lock, directory: Some(directory) } })
    }

    /// Receives the arguments of other instances as long as the program runs.
    ///
    /// # Errors
    /// [`io::Error`] if the system cannot start a thread.
    pub(crate) fn listen(self, receive: impl Fn(Vec<String>) + Send + Sync + 'static) -> io::Result<InstanceLock> {
        let receive = Arc::new(receive);
        let Self { listener, lock } = self;
        thread::Builder::new().name("instance".to_owned()).spawn(move || {
            for other in listener.incoming() {
                let receive = Arc::clone(&receive);
                // Each connection has its own thread, so that a silent instance does not delay the others.
                let taken = other.and_then(|other| {
                    thread::Builder::new().spawn(move || {
                        if let Err(error) = take_over(other, &*receive) {
                            tracing::warn!(
                                error = &error as &(dyn std::error::Error + 'static),
                                "the request of another instance cannot be read"
                            );
                        }
                    })
                });
                if let Err(error) = taken {
                    tracing::warn!(
                        error = &error as &(dyn std::error::Error + 'static),
                        "a connection of another instance cannot be accepted"
                    );
                }
            }
        })?;
        Ok(lock)
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Instance").field("lock", &self.lock).finish_non_exhaustive()
    }
}

impl InstanceLock {
    /// Stops listening. An instance that starts from now on waits until this one ends, and then takes the lock.
    pub(crate) fn retire(&mut self) {
        self.directory = None;
    }
}

/// Removes the socket of an instance that was killed. Only that socket and its directory are removed, whatever the
/// address file says.
fn tidy(home: &Home) {
    if let Ok(Some(Address { directory })) = home.read(ADDRESS) {
        // The files may already be gone.
        let _ = fs::remove_file(socket(&directory)).and_then(|()| fs::remove_dir(&directory));
    }
}

fn hand_over(home: &Home, arguments: &[String]) -> io::Result<()> {
    let address = home.read::<Address>(ADDRESS).map_err(|error| error.source)?;
    let Address { directory } = address.ok_or(io::ErrorKind::NotFound)?;
    let forwarded = Forwarded { arguments: arguments.to_owned() };
    let (sender, answered) = mpsc::channel();
    foreground::give_away();
    thread::Builder::new().spawn(move || {
        // The answer may come too late. Then no receiver is left.
        let _ = sender.send(speak(&directory, &forwarded));
    })?;
    answered.recv_timeout(ANSWER).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

fn speak(directory: &Path, forwarded: &Forwarded) -> io::Result<()> {
    let mut one = LocalSocketStream::connect(name(directory)?)?;
    let mut line = serde_json::to_string(forwarded)?;
    line.push('\n');
    one.write_all(line.as_bytes())?;
    let mut answer = String::new();
    BufReader::new(one).read_line(&mut answer)?;
    if answer.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

fn take_over(other: LocalSocketStream, receive: &dyn Fn(Vec<String>)) -> io::Result<()> {
    let mut reader = BufReader::new(other.take(MOST_BYTES));
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let Forwarded { arguments } = serde_json::from_str(&line)?;
    receive(arguments);
    reader.into_inner().into_inner().write_all(b"done\n")
}

fn name(directory: &Path) -> io::Result<Name<'static>> {
    socket(directory).to_fs_name::<GenericFilePath>().map(Name::into_owned)
}

#[cfg(unix)]
fn socket(directory: &Path) -> PathBuf {
    directory.join("window")
}

/// Returns the path of the pipe. Windows separates pipes from files, so the pipe only takes the name of the directory,
/// which cannot be guessed.
#[cfg(windows)]
fn socket(directory: &Path) -> PathBuf {
    Path::new(r"\\.\pipe").join(directory.file_name().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (TempDir, Home) {
        let directory = TempDir::new().unwrap();
        let home = Home::at(directory.path().join("home"));
        (directory, home)
    }

    fn first(home: &Home) -> Instance {
        match Start::on(home, &[]).unwrap() {
            Start::First(instance) => instance,
            Start::Forwarded => panic!("another instance has the lock"),
        }
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn a_second_start_hands_its_arguments_to_the_first() {
        let (_directory, home) = home();
        let (sender, received) = mpsc::channel();
        let lock = first(&home).listen(move |arguments| sender.send(arguments).unwrap()).unwrap();
        for arguments in [words(&[]), words(&["inkan://add?bank=https://bank.example", "印鑑"])] {
            assert!(matches!(Start::on(&home, &arguments).unwrap(), Start::Forwarded));
            assert_eq!(received.recv().unwrap(), arguments);
        }
        drop(lock);
    }

    #[test]
    fn other_data_has_its_own() {
        let (_one, here) = home();
        let (_other, there) = home();
        let claims = [&here, &there]
            .map(|home| first(home).listen(|_| panic!("no instance should forward its arguments")).unwrap());
        drop(claims);
    }

    #[test]
    fn who_starts_while_the_first_ends_becomes_the_first() {
        let (_directory, home) = home();
        let mut lock = first(&home).listen(|_| panic!("a retired instance should receive no arguments")).unwrap();
        lock.retire();
        let next = thread::spawn(move || matches!(Start::on(&home, &[]).unwrap(), Start::First(_)));
        drop(lock);
        assert!(next.join().unwrap());
    }

    #[test]
    fn what_one_that_was_killed_left_is_tidied() {
        let (_directory, home) = home();
        let instance = first(&home);
        let directory = instance.lock.directory.as_ref().unwrap().path().to_owned();
        // As after a kill, only what the system itself releases is released.
        let Instance { listener, lock: InstanceLock { _lock: lock, directory: left } } = instance;
        std::mem::forget(listener);
        std::mem::forget(left);
        drop(lock);
        assert!(directory.exists());
        drop(first(&home));
        assert!(!directory.exists());
    }

    #[test]
    fn an_address_file_leads_to_the_removal_of_nothing_else() {
        let (directory, home) = home();
        let precious = directory.path().join("precious");
        fs::create_dir_all(precious.join("window")).unwrap();
        home.write(ADDRESS, &Address { directory: precious.clone() }).unwrap();
        drop(first(&home));
        assert!(precious.join("window").exists());
    }
}
