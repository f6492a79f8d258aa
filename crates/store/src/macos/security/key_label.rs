/// The beginning of the labels of this program's keys. A keychain has keys of many programs, and a key of another
/// program is never called an orphan.
const OURS: &str = "Inkan: ";

/// Returns the label of a key of this program.
pub(super) fn key_label(name: &str) -> String {
    format!("{OURS}{name}")
}

/// Returns whether a key with that label is one of this program.
pub(super) fn is_ours(label: &str) -> bool {
    label.starts_with(OURS)
}
