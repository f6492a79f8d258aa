use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use x11rb::COPY_DEPTH_FROM_PARENT;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window as Xid, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::x11::{centre, window_of};

/// How long to wait for an answer. Every program takes less time.
const PATIENCE: Duration = Duration::from_secs(60);

x11rb::atom_manager! {
    /// The names of the protocol's parts.
    Atoms: AtomsCookie {
        XdndAware,
        XdndSelection,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndLeave,
        XdndDrop,
        XdndFinished,
        XdndActionCopy,
        TARGETS,
        URI_LIST: b"text/uri-list",
    }
}

/// The window's answer to the program that drags.
#[derive(Debug, PartialEq)]
enum Answer {
    /// Whether the window would accept the files that are held over it.
    Status(bool),
    /// The window has received the dropped files.
    Finished,
}

/// Files that another program drags over a window, by XDND version 5, as file managers do.
#[derive(Debug)]
pub struct Drag {
    connection: Arc<RustConnection>,
    atoms: Atoms,
    source: Xid,
    target: Xid,
    /// The middle of the target, on the screen.
    place: (i16, i16),
    answers: Receiver<Answer>,
    giving: Option<JoinHandle<()>>,
}

impl Drag {
    /// Drags these files over the window of that process, and holds them there until the window would accept them.
    ///
    /// # Panics
    /// Panics without an X server, or if the window does not answer.
    pub fn over(process: u32, files: &[&Path]) -> Self {
        let (connection, screen) = RustConnection::connect(None).expect("an X server");
        let connection = Arc::new(connection);
        let root = connection.setup().roots[screen].root;
        let atoms = Atoms::new(&connection).expect("a request").reply().expect("atoms");
        let source = connection.generate_id().expect("an identifier");
        let hears = CreateWindowAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        let (class, depth) = (WindowClass::INPUT_OUTPUT, COPY_DEPTH_FROM_PARENT);
        connection.create_window(depth, source, root, 0, 0, 1, 1, 0, class, 0, &hears).expect("a window");
        connection.set_selection_owner(source, atoms.XdndSelection, x11rb::CURRENT_TIME).expect("a selection");
        connection.flush().expect("an X server");
        let target = window_of(&connection, process, |window| {
            let aware = connection.get_property(false, window, atoms.XdndAware, AtomEnum::ATOM, 0, 1);
            aware.is_ok_and(|cookie| cookie.reply().is_ok_and(|found| found.length > 0 || found.value_len > 0))
        });
        let (told, answers) = channel();
        let giving = std::thread::spawn({
            let (connection, uris) = (Arc::clone(&connection), uri_list(files));
            move || give(&connection, atoms, source, &uris, &told)
        });
        let place = centre(&connection, target);
        let drag = Self { connection, atoms, source, target, place, answers, giving: Some(giving) };
        drag.send(drag.atoms.XdndEnter, [5 << 24, drag.atoms.URI_LIST, 0, 0]);
        while drag.hold() != Answer::Status(true) {}
        drag
    }

    /// Drops the files, and waits until the window has received them.
    ///
    /// # Panics
    /// Panics if the window does not receive them.
    pub fn drop_here(self) {
        self.send(self.atoms.XdndDrop, [0, x11rb::CURRENT_TIME, 0, 0]);
        while self.answer() != Answer::Finished {}
    }

    /// Drags the files away again.
    pub fn take_away(self) {
        self.send(self.atoms.XdndLeave, [0; 4]);
    }

    /// Moves the pointer. At each move the window answers whether it would accept the files.
    fn hold(&self) -> Answer {
        let (x, y) = (u32::from(self.place.0.unsigned_abs()), u32::from(self.place.1.unsigned_abs()));
        self.send(self.atoms.XdndPosition, [0, x << 16 | y, x11rb::CURRENT_TIME, self.atoms.XdndActionCopy]);
        self.answer()
    }

    fn answer(&self) -> Answer {
        self.answers.recv_timeout(PATIENCE).expect("the window answers the one who drags")
    }

    fn send(&self, kind: u32, [a, b, c, d]: [u32; 4]) {
        let message = ClientMessageEvent::new(32, self.target, kind, [self.source, a, b, c, d]);
        self.connection.send_event(false, self.target, EventMask::NO_EVENT, message).expect("a message");
        self.connection.flush().expect("an X server");
    }
}

impl Drop for Drag {
    fn drop(&mut self) {
        // The thread ends when its window is gone.
        let _ = self.connection.destroy_window(self.source);
        let _ = self.connection.flush();
        if let Some(giving) = self.giving.take() {
            let _ = giving.join();
        }
    }
}

/// Gives the list of files to each program that asks for it, and passes on the window's answers, until the source
/// window is gone.
fn give(connection: &RustConnection, atoms: Atoms, source: Xid, uris: &[u8], told: &Sender<Answer>) {
    while let Ok(event) = connection.wait_for_event() {
        // The receiver may be gone with a test that failed.
        let _ = match event {
            Event::SelectionRequest(request) => {
                hand_over(connection, atoms, &request, uris);
                continue;
            }
            Event::ClientMessage(message) if message.type_ == atoms.XdndStatus => {
                told.send(Answer::Status(message.data.as_data32()[1] & 1 == 1))
            }
            Event::ClientMessage(message) if message.type_ == atoms.XdndFinished => told.send(Answer::Finished),
            Event::DestroyNotify(gone) if gone.window == source => return,
            _ => continue,
        };
    }
}

fn hand_over(connection: &RustConnection, atoms: Atoms, request: &SelectionRequestEvent, uris: &[u8]) {
    let (requestor, property) = (request.requestor, request.property);
    let written = if request.target == atoms.TARGETS {
        connection.change_property32(PropMode::REPLACE, requestor, property, AtomEnum::ATOM, &[atoms.URI_LIST])
    } else {
        connection.change_property8(PropMode::REPLACE, requestor, property, request.target, uris)
    };
    written.expect("a property").ignore_error();
    let notify = SelectionNotifyEvent {
        response_type: SELECTION_NOTIFY_EVENT,
        sequence: 0,
        time: request.time,
        requestor,
        selection: request.selection,
        target: request.target,
        property,
    };
    connection.send_event(false, requestor, EventMask::NO_EVENT, notify).expect("a message").ignore_error();
    connection.flush().expect("an X server");
}

/// Returns a list of URIs (RFC 2483 §5). The names in tests need no escape.
fn uri_list(files: &[&Path]) -> Vec<u8> {
    let absolute = files.iter().map(|file| file.canonicalize().expect("a file"));
    absolute.map(|file: PathBuf| format!("file://{}\r\n", file.display())).collect::<String>().into_bytes()
}
