use crate::failure::Failure;

/// Makes Ctrl-C end the programs that this program runs, and not this program, which can then remove what they leave.
///
/// A terminal sends Ctrl-C to all of them. A second call in one process fails.
pub(crate) fn leave_to_children() -> Result<(), Failure> {
    ctrlc::set_handler(|| {}).map_err(Failure::Interrupt)
}
