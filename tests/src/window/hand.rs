/// What a person works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A mouse: fields are clicked and then typed into.
    Pointer,
    /// The keyboard alone: the tab key reaches everything, as WCAG 2.1.1 demands.
    Keyboard,
}
