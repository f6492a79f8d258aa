//! The settings of the terminal at the start of the program. If the program ends during a hidden answer, the settings
//! must be restored. Otherwise the terminal would not show what is typed afterwards.

#[cfg(unix)]
mod system {
    use std::io;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The settings of the terminal that this program reads from, if it reads from a terminal.
    #[derive(Debug)]
    pub(crate) struct Screen(Option<Termios>);

    impl Screen {
        /// Returns the current settings.
        pub(crate) fn as_found() -> Self {
            Self(tcgetattr(io::stdin()).ok())
        }

        /// Restores the settings. A terminal that was closed needs none.
        pub(crate) fn restore(&self) {
            if let Some(found) = &self.0 {
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, found);
            }
        }
    }
}

#[cfg(not(unix))]
mod system {
    /// Does nothing: Windows restores its console itself.
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
