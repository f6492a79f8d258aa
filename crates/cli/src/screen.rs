//! How the terminal was found. A program that is ended in the middle of a hidden answer must not leave the terminal so:
//! nothing that is typed afterwards would be seen.

#[cfg(unix)]
mod system {
    use std::io;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The settings of the terminal that this program reads from, if it reads from one.
    #[derive(Debug)]
    pub(crate) struct Screen(Option<Termios>);

    impl Screen {
        /// The settings now.
        pub(crate) fn as_found() -> Self {
            Self(tcgetattr(io::stdin()).ok())
        }

        /// Sets them again. A terminal that was closed needs none.
        pub(crate) fn restore(&self) {
            if let Some(found) = &self.0 {
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, found);
            }
        }
    }
}

#[cfg(not(unix))]
mod system {
    /// Windows sets its console back by itself.
    #[derive(Debug)]
    pub(crate) struct Screen;

    impl Screen {
        pub(crate) fn as_found() -> Self {
            Self
        }

        pub(crate) fn restore(&self) {}
    }
}

pub(crate) use system::Screen;
