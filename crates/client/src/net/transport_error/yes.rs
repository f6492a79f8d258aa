/// Returns `yes` or `no`, by which the catalogues select a text.
pub(super) fn yes(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
