//! The keys without a letter, by their WebDriver names.

/// Moves to the next field or button.
pub const TAB: char = '\u{e004}';
/// Activates a button.
pub const ENTER: char = '\u{e007}';
/// Closes a dialog.
pub const ESCAPE: char = '\u{e00c}';
/// Held with a letter.
pub const CONTROL: char = '\u{e009}';
/// Held with a letter or another key.
pub const ALT: char = '\u{e00a}';
/// Held with a letter.
pub const SHIFT: char = '\u{e008}';
/// Reloads a page in a browser.
pub const F5: char = '\u{e035}';
/// Moves to the left.
pub const LEFT: char = '\u{e012}';
/// Removes the selection.
pub const DELETE: char = '\u{e017}';
/// Ticks a box.
pub const SPACE: char = ' ';
/// Removes the letter before the cursor.
pub const BACKSPACE: char = '\u{e003}';
/// Moves behind the last letter.
pub const END: char = '\u{e010}';
/// Moves to the right.
pub const RIGHT: char = '\u{e014}';
/// Moves to the previous choice.
pub const UP: char = '\u{e013}';
/// Moves to the next choice.
pub const DOWN: char = '\u{e015}';
