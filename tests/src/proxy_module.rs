use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{run, workspace};

/// A PKCS#11 module between `inkan` and a real module. It is compiled from `modules/proxy.c`.
#[derive(Debug)]
pub struct ProxyModule {
    directory: TempDir,
}

/// The difference between a proxy module and the real module.
#[derive(Debug, Clone, Copy)]
pub enum Twist {
    /// The process is killed (SIGKILL) after that many objects have been destroyed.
    DieAfterDestroying(u32),
    /// The process is killed (SIGKILL) after it has changed the token that many times.
    DieAfterChanging(u32),
    /// Signing returns that `CK_RV`.
    SigningGives(u32),
}

impl ProxyModule {
    /// Builds a module in front of the real one, under the same file name.
    ///
    /// # Panics
    /// Panics if the module cannot be compiled.
    pub fn before(real: &Path, twist: Twist) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let proxy = Self { directory };
        let twist = match twist {
            Twist::DieAfterDestroying(objects) => format!("-DDIE_AFTER={objects}"),
            Twist::DieAfterChanging(times) => format!("-DDIE_CHANGING={times}"),
            Twist::SigningGives(value) => format!("-DSIGNING_GIVES={value}"),
        };
        let file = proxy.directory().join(real.file_name().expect("a file"));
        let source = workspace().join("tests/modules/proxy.c");
        let [file, source] = [file, source].map(|path| path.display().to_string());
        let real = format!("-DREAL=\"{}\"", real.display());
        let made = run("cc", ["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", &twist, &real, "-o", &file, &source]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        proxy
    }

    /// Returns the directory of the module, for `LD_LIBRARY_PATH`.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }
}

/// Returns the path of NSS's softoken.
pub fn softoken() -> PathBuf {
    let triplet = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    installed(&[&triplet, &format!("{triplet}/nss"), "/usr/lib64", "/usr/lib"], "libsoftokn3.so")
}

/// Returns the path of SoftHSM.
pub fn softhsm() -> PathBuf {
    installed(&["/usr/lib/softhsm", "/usr/lib64/pkcs11", "/usr/lib/pkcs11"], "libsofthsm2.so")
}

fn installed(directories: &[&str], name: &str) -> PathBuf {
    let mut files = directories.iter().map(|directory| Path::new(directory).join(name));
    files.find(|file| file.exists()).unwrap_or_else(|| panic!("{name} is not installed"))
}
