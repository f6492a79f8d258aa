/// Does nothing: the web view is part of the system and chooses its own graphics.
pub fn choose_renderer() {}

/// Does nothing: the web views of other systems work with every input method.
pub(crate) fn choose_input_module() {}
