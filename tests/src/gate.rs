use std::fmt;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::Direction;
use crate::patience::PATIENCE;

/// A relay to a bank that can stop all bytes at a given moment, without breaking the connection.
#[derive(Debug)]
pub struct Gate {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    upstream: String,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The direction to shut, and the condition for it.
    watched: Option<(Direction, Box<dyn Fn() -> bool + Send>)>,
    /// Whether the gate holds bytes back.
    shut: bool,
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("State").field("shut", &self.shut).finish_non_exhaustive()
    }
}

impl Gate {
    /// Starts an open gate to that address. It ends with the process of the test.
    ///
    /// # Panics
    /// Panics if there is no free port.
    pub fn to(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let upstream = address.trim_start_matches("https://").trim_end_matches('/').to_owned();
        let shared = Arc::new(Shared { upstream, state: Mutex::default(), changed: Condvar::new() });
        let of_line = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if let Ok(server) = TcpStream::connect(&of_line.upstream) {
                    join(&client, &server, &of_line);
                }
            }
        });
        Self { port, shared }
    }

    /// Returns the gate's address, with the host name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }

    /// Returns the gate's host and port.
    pub fn socket(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Holds back the bytes of that direction from the moment when the condition holds, until [`Self::open`].
    pub fn shut_when(&self, direction: Direction, condition: impl Fn() -> bool + Send + 'static) {
        self.shared.lock().watched = Some((direction, Box::new(condition)));
    }

    /// Waits until the gate holds bytes back.
    ///
    /// # Panics
    /// Panics if no bytes come.
    pub fn holds(&self) {
        let state = self.shared.lock();
        let (state, _) = self
            .shared
            .changed
            .wait_timeout_while(state, PATIENCE, |state| !state.shut)
            .unwrap_or_else(PoisonError::into_inner);
        assert!(state.shut, "nothing comes to the gate");
    }

    /// Lets all bytes pass from now on, and sends the held bytes.
    pub fn open(&self) {
        *self.shared.lock() = State::default();
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass(&self, direction: Direction) {
        let mut state = self.lock();
        while state.watched.as_ref().is_some_and(|(shut, when)| *shut == direction && when()) {
            // Two threads that wait here would wake each other without an end.
            if !state.shut {
                state.shut = true;
                self.changed.notify_all();
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn join(client: &TcpStream, server: &TcpStream, shared: &Arc<Shared>) {
    for (direction, from, to) in [(Direction::ToBank, client, server), (Direction::FromBank, server, client)] {
        let (from, to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
        let shared = Arc::clone(shared);
        thread::spawn(move || carry(direction, from, to, &shared));
    }
}

fn carry(direction: Direction, mut from: TcpStream, mut to: TcpStream, shared: &Shared) {
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut part) {
        shared.pass(direction);
        if to.write_all(&part[..length]).is_err() {
            break;
        }
    }
    // The other end may have closed the connection already.
    let _ = to.shutdown(std::net::Shutdown::Write);
}
