//! The login, and the actions of a user in the session that follows.

pub(crate) mod administration;
pub(crate) mod entrance;
pub(crate) mod log_out;
pub(crate) mod login;
pub(crate) mod open_session;
pub(crate) mod token;
pub(crate) mod users;

#[cfg(test)]
mod tests {
    mod choosing;
}
