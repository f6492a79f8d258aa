use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the PC to the bank.
    ToBank,
    /// From the bank to the PC.
    FromBank,
}

/// A line to a bank that counts what passes, and breaks at the byte that it was told.
#[derive(Debug)]
pub struct CuttingRelay {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    upstream: String,
    /// What may still pass, each way; none for all.
    left: [Option<usize>; 2],
    /// What has passed since that was set.
    passed: [usize; 2],
}

impl CuttingRelay {
    /// To that address, whole for now. It ends with the process of the test.
    ///
    /// # Panics
    /// Where there is no free port.
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

    /// From now on to that address.
    pub fn turn_to(&self, address: &str) {
        lock(&self.state).upstream = socket(address);
    }

    /// From now on everything passes.
    pub fn mend(&self) {
        let mut state = lock(&self.state);
        (state.left, state.passed) = ([None; 2], [0; 2]);
    }

    /// From now on so many bytes pass that way, whatever the connection; with the next one it breaks.
    pub fn cut(&self, way: Way, after: usize) {
        self.mend();
        lock(&self.state).left[way as usize] = Some(after);
    }

    /// How many bytes have passed each way since the last [`Self::mend`] or [`Self::cut`].
    pub fn passed(&self, way: Way) -> usize {
        lock(&self.state).passed[way as usize]
    }

    /// Its address by the name of this machine.
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
    for (way, from, to) in [(Way::ToBank, client, server), (Way::FromBank, server, client)] {
        let (from, to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
        let state = Arc::clone(state);
        thread::spawn(move || carry(way, from, to, &state));
    }
}

fn carry(way: Way, mut from: TcpStream, mut to: TcpStream, state: &Mutex<State>) {
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut part) {
        let allowed = {
            let mut state = lock(state);
            let left = &mut state.left[way as usize];
            let allowed = left.map_or(length, |left| left.min(length));
            *left = left.map(|left| left - allowed);
            state.passed[way as usize] += allowed;
            allowed
        };
        if to.write_all(&part[..allowed]).is_err() {
            break;
        }
        if allowed < length {
            // Both ends, both ways: a line that is cut says no goodbye to either.
            let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
            return;
        }
    }
    // The other end may have hung up already.
    let _ = to.shutdown(Shutdown::Write);
}
