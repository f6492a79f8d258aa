//! The keys that have no letter, as WebDriver names them.

/// To the next field or button.
pub const TAB: char = '\u{e004}';
/// Does what a button says.
pub const ENTER: char = '\u{e007}';
/// Closes a dialog.
pub const ESCAPE: char = '\u{e00c}';
/// Held with a letter.
pub const CONTROL: char = '\u{e009}';
/// Held with a letter or another key.
pub const ALT: char = '\u{e00a}';
/// Held with a letter.
pub const SHIFT: char = '\u{e008}';
/// Loads a page of the web anew.
pub const F5: char = '\u{e035}';
/// To what stands to the left of it.
pub const LEFT: char = '\u{e012}';
/// Removes what is chosen.
pub const DELETE: char = '\u{e017}';
/// Ticks a box.
pub const SPACE: char = ' ';
/// Takes the letter before the cursor away.
pub const BACKSPACE: char = '\u{e003}';
/// Behind the last letter.
pub const END: char = '\u{e010}';
/// To what stands to the right of it.
pub const RIGHT: char = '\u{e014}';
/// To the one before of several choices.
pub const UP: char = '\u{e013}';
/// To the next of several choices.
pub const DOWN: char = '\u{e015}';
