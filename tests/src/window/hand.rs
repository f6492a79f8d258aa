/// The device that a person uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A mouse. The person clicks a field and then types into it.
    Pointer,
    /// Only the keyboard. The tab key reaches everything, as WCAG 2.1.1 demands.
    Keyboard,
}
