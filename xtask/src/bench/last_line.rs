use serde_json::Value;

/// What a program said last, as JSON. What its session starts beside it, such as the registry of assistive technology, says
/// something before.
pub(super) fn last_line(said: &str) -> Option<Value> {
    serde_json::from_str(said.lines().last()?).ok()
}
