use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::run;

/// The Japanese locale for programs that are started with it. It is made for this test program, not for the system.
const NAME: &str = "ja_JP.UTF-8";

/// Returns the variables by which a program runs in a Japanese locale.
///
/// # Panics
/// Panics if localedef does not make the locale.
pub fn japanese_locale() -> [(&'static str, String); 3] {
    static DIRECTORY: OnceLock<TempDir> = OnceLock::new();
    let directory = DIRECTORY.get_or_init(|| {
        let directory = TempDir::new().expect("a temporary directory");
        let place = directory.path().join(NAME);
        let made =
            run("localedef", ["-i".as_ref(), "ja_JP".as_ref(), "-f".as_ref(), "UTF-8".as_ref(), place.as_os_str()]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        directory
    });
    let path: &Path = directory.path();
    [("LOCPATH", path.display().to_string()), ("LANG", NAME.to_owned()), ("LC_ALL", NAME.to_owned())]
}
