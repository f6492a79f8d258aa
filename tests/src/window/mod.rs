mod acting;
mod driven;
mod ending;
mod hand;
pub mod key;
mod opening;
mod reloading;
mod seeing;

pub use driven::Window;
pub use hand::Hand;
pub use opening::Opening;
