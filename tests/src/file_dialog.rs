use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt as _, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState, Window as Xid,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::patience::PATIENCE;
use crate::x11::{atom, window_of};

const RETURN: u32 = 0xff0d;
const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;
/// How long to wait before the path is typed into a dialog again.
const BREATH: Duration = Duration::from_secs(2);

/// Types a path into the system's file dialog of that process, and presses the enter key, as a person without a mouse
/// does. `/` opens the dialog's text field. The dialog ignores keys until the field is open, so the path is typed again
/// if necessary.
///
/// # Panics
/// Panics without an X server, and if no dialog appears or the dialog stays.
pub fn choose_by_keys(process: u32, file: &Path) {
    let (connection, screen) = RustConnection::connect(None).expect("an X server");
    let root = connection.setup().roots[screen].root;
    let [kind, dialog] = ["_NET_WM_WINDOW_TYPE", "_NET_WM_WINDOW_TYPE_DIALOG"].map(|name| atom(&connection, name));
    let dialog = window_of(&connection, process, |window| {
        let of = connection.get_property(false, window, kind, AtomEnum::ATOM, 0, 1);
        let of = of.ok().and_then(|cookie| cookie.reply().ok());
        of.is_some_and(|of| of.value32().and_then(|mut kinds| kinds.next()) == Some(dialog))
    });
    let hand = Keyboard { keys: keys(&connection), connection, root, dialog };
    hand.types(&[(None, u32::from('/'))]);
    let all = (Some(CONTROL), u32::from('a'));
    let path = file.display().to_string();
    let line: Vec<_> = path.chars().map(|letter| (None, u32::from(letter))).collect();
    let strokes = [&[all], line.as_slice(), &[(None, RETURN)]].concat();
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        hand.types(&strokes);
        let again = Instant::now() + BREATH;
        while Instant::now() < again {
            if !hand.sees_dialog() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    panic!("the file dialog stays")
}

/// The keyboard of the X server, for one dialog.
struct Keyboard {
    connection: RustConnection,
    root: Xid,
    dialog: Xid,
    /// The key of each symbol, and whether it needs shift.
    keys: HashMap<u32, (u8, bool)>,
}

impl Keyboard {
    fn sees_dialog(&self) -> bool {
        let shown = self.connection.get_window_attributes(self.dialog).expect("a request").reply();
        shown.is_ok_and(|shown| shown.map_state == MapState::VIEWABLE)
    }

    /// Types strokes, each with a key that is held meanwhile. Without a window manager, windows of other tests may take
    /// the focus. So the X server serves no other client until all strokes are typed.
    fn types(&self, strokes: &[(Option<u32>, u32)]) {
        self.connection.grab_server().expect("the server");
        if self.sees_dialog() {
            let focus = self.connection.set_input_focus(InputFocus::PARENT, self.dialog, x11rb::CURRENT_TIME);
            focus.expect("the focus");
            for (held, symbol) in strokes {
                let (code, shifted) = self.key(*symbol);
                let held = held.or(shifted.then_some(SHIFT)).map(|held| self.key(held).0);
                held.iter().for_each(|held| self.moves(KEY_PRESS_EVENT, *held));
                self.moves(KEY_PRESS_EVENT, code);
                self.moves(KEY_RELEASE_EVENT, code);
                held.iter().for_each(|held| self.moves(KEY_RELEASE_EVENT, *held));
            }
        }
        self.connection.ungrab_server().expect("the server");
        self.connection.flush().expect("an X server");
    }

    fn key(&self, symbol: u32) -> (u8, bool) {
        self.keys.get(&symbol).copied().unwrap_or_else(|| panic!("no key types {symbol:#x}"))
    }

    fn moves(&self, kind: u8, code: u8) {
        self.connection.xtest_fake_input(kind, code, 0, self.root, 0, 0, 0).expect("a key");
    }
}

pub(crate) fn keys(connection: &RustConnection) -> HashMap<u32, (u8, bool)> {
    let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
    let mapping = connection.get_keyboard_mapping(first, last - first + 1).expect("a request").reply().expect("keys");
    let width = usize::from(mapping.keysyms_per_keycode);
    let mut keys = HashMap::new();
    for (code, symbols) in (first..=last).zip(mapping.keysyms.chunks(width)) {
        for (level, symbol) in symbols.iter().take(2).enumerate() {
            keys.entry(*symbol).or_insert((code, level == 1));
        }
    }
    keys
}
