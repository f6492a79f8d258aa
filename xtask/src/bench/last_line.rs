use serde_json::Value;

/// Returns the last line of a program's output, as JSON. Other programs of its session, such as the registry of
/// assistive technology, print lines before it.
pub(super) fn last_line(said: &str) -> Option<Value> {
    serde_json::from_str(said.lines().last()?).ok()
}
