use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, Window as Xid};
use x11rb::rust_connection::RustConnection;

use crate::patience::PATIENCE;

/// Returns the number of a name at the X server.
pub(crate) fn atom(connection: &RustConnection, name: &str) -> u32 {
    connection.intern_atom(false, name.as_bytes()).expect("a request").reply().expect("an atom").atom
}

/// Waits for a visible window of that process for which `fits` returns true, and returns it.
pub(crate) fn window_of(connection: &RustConnection, process: u32, fits: impl Fn(Xid) -> bool) -> Xid {
    let pid = atom(connection, "_NET_WM_PID");
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let mut candidates = Vec::new();
        for screen in &connection.setup().roots {
            let tree = connection.query_tree(screen.root).expect("a request").reply().expect("the windows");
            candidates.extend(tree.children);
        }
        // A window may disappear while it is asked.
        let found = candidates.into_iter().find(|window| {
            let owner = connection.get_property(false, *window, pid, AtomEnum::CARDINAL, 0, 1).ok();
            let owner = owner.and_then(|cookie| cookie.reply().ok());
            let shown = connection.get_window_attributes(*window).ok().and_then(|cookie| cookie.reply().ok());
            owner.and_then(|owner| owner.value32()?.next()) == Some(process)
                && shown.is_some_and(|shown| shown.map_state == MapState::VIEWABLE)
                && fits(*window)
        });
        if let Some(window) = found {
            return window;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("process {process} shows no such window")
}

/// Closes the window of that process as the button on its frame does (ICCCM 4.2.8.1).
///
/// # Panics
/// Panics without an X server, and if there is no such window.
pub(crate) fn close(process: u32) {
    let (connection, _) = RustConnection::connect(None).expect("an X server");
    let [protocols, delete] = ["WM_PROTOCOLS", "WM_DELETE_WINDOW"].map(|name| atom(&connection, name));
    let window = window_of(&connection, process, |window| {
        let known = connection.get_property(false, window, protocols, AtomEnum::ATOM, 0, 32);
        let known = known.ok().and_then(|cookie| cookie.reply().ok());
        known.is_some_and(|known| known.value32().is_some_and(|mut known| known.any(|one| one == delete)))
    });
    let message = ClientMessageEvent::new(32, window, protocols, [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
    connection.send_event(false, window, EventMask::NO_EVENT, message).expect("a message").check().expect("a window");
}

/// Returns the middle of a window, on the screen.
pub(crate) fn centre(connection: &RustConnection, window: Xid) -> (i16, i16) {
    let size = connection.get_geometry(window).expect("a request").reply().expect("a size");
    let root = connection.setup().roots[0].root;
    let middle = |length: u16| i16::try_from(length / 2).expect("a window on a screen");
    let place = connection.translate_coordinates(window, root, middle(size.width), middle(size.height));
    let place = place.expect("a request").reply().expect("a place");
    (place.dst_x, place.dst_y)
}
