use crate::failure::Failure;

/// From now on Ctrl-C ends the programs that we run and not us, so that we can still take away what is theirs.
///
/// A terminal sends it to all of them. Called twice in one process it fails.
pub(crate) fn leave_to_children() -> Result<(), Failure> {
    ctrlc::set_handler(|| {}).map_err(Failure::Interrupt)
}
