/// How the names of our keys begin. A keychain holds keys of many programs; none of theirs is ever called an orphan.
const OURS: &str = "Inkan: ";

/// The name of a key of ours.
pub(super) fn key_label(name: &str) -> String {
    format!("{OURS}{name}")
}

/// Returns whether a key of that name is ours.
pub(super) fn is_ours(label: &str) -> bool {
    label.starts_with(OURS)
}
