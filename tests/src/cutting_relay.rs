use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The direction in which bytes pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the PC to the bank.
    ToBank,
    /// From the bank to the PC.
    FromBank,
}

/// A relay to a bank that counts the bytes that pass, and breaks the connection at a given byte.
#[derive(Debug)]
pub struct CuttingRelay {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    upstream: String,
    /// How many bytes may still pass in each direction; none if there is no limit.
    left: [Option<usize>; 2],
    /// How many bytes have passed since the limit was set.
    passed: [usize; 2],
}

impl CuttingRelay {
    /// Starts a relay to that address, without a limit. It ends with the process of the test.
    ///
    /// # Panics
    /// Panics if there is no free port.
    pub fn to(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(State { upstream: socket(address), left: [None; 2], passed: [0; 2] }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let upstream = lock(&shared).upstream.clone();
                if let Ok(server) = TcpStream::connect(upstream) {
                    join(&client, &server, &shared);
                }
            }
        });
        Self { port, state }
    }

    /// Relays new connections to `address` from now on.
    pub fn turn_to(&self, address: &str) {
        lock(&self.state).upstream = socket(address);
    }

    /// Removes the limit.
    pub fn mend(&self) {
        let mut state = lock(&self.state);
        (state.left, state.passed) = ([None; 2], [0; 2]);
    }

    /// From now on, lets `after` bytes pass in that direction, over all connections together. The next byte breaks the
    /// connection.
    pub fn cut(&self, direction: Direction, after: usize) {
        self.mend();
        lock(&self.state).left[direction as usize] = Some(after);
    }

    /// Returns how many bytes have passed in that direction since the last [`Self::mend`] or [`Self::cut`].
    pub fn passed(&self, direction: Direction) -> usize {
        lock(&self.state).passed[direction as usize]
    }

    /// Returns the relay's address by the name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn socket(address: &str) -> String {
    address.trim_start_matches("https://").trim_end_matches('/').to_owned()
}

fn join(client: &TcpStream, server: &TcpStream, state: &Arc<Mutex<State>>) {
    for (direction, from, to) in [(Direction::ToBank, client, server), (Direction::FromBank, server, client)] {
        let (from, to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
        let state = Arc::clone(state);
        thread::spawn(move || carry(direction, from, to, &state));
    }
}

fn carry(direction: Direction, mut from: TcpStream, mut to: TcpStream, state: &Mutex<State>) {
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut part) {
        let allowed = {
            let mut state = lock(state);
            let left = &mut state.left[direction as usize];
            let allowed = left.map_or(length, |left| left.min(length));
            *left = left.map(|left| left - allowed);
            state.passed[direction as usize] += allowed;
            allowed
        };
        if to.write_all(&part[..allowed]).is_err() {
            break;
        }
        if allowed < length {
            // Both ends, in both directions: a cut line sends no close to either end.
            let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
            return;
        }
    }
    // The other end may have closed the connection already.
    let _ = to.shutdown(Shutdown::Write);
}
