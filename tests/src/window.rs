//! placeholder
/// x
pub struct Window;
