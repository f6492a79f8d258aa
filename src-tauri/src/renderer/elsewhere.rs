/// Nothing to choose: the web view is the system's own, and knows its graphics.
pub fn choose_renderer() {}

/// Other systems' web views go with every input method.
pub(crate) fn choose_input_module() {}
