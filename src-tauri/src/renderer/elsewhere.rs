/// Nothing to choose: the web view is the system's own, and knows its graphics.
pub fn choose_renderer() {}
