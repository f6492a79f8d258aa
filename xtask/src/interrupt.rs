use crate::failure::Failure;

/// Makes Ctrl-C end only the programs that this program runs. This program can then remove their files.
///
/// A terminal sends Ctrl-C to all of them. A second call of this function in one process fails.
pub(crate) fn leave_to_children() -> Result<(), Failure> {
    ctrlc::set_handler(|| {}).map_err(Failure::Interrupt)
}
