//! Installs the system packages that each command needs, on Debian and its relatives.

use std::process::Command;

use crate::failure::Failure;
use crate::process;

/// The packages to build and run the bank, the client and the command line.
pub(crate) const TERMINAL: &[&str] = &["build-essential", "libnss3", "libnss3-tools", "pkg-config"];

/// The packages to build and open the window, in addition to [`TERMINAL`].
pub(crate) const WINDOW: &[&str] =
    &["fonts-noto-cjk", "libayatana-appindicator3-dev", "librsvg2-dev", "libwebkit2gtk-4.1-dev"];

/// The packages to run every test, in addition to [`TERMINAL`] and [`WINDOW`].
pub(crate) const TESTS: &[&str] = &[
    "chromium",
    "curl",
    "dbus",
    "dbus-x11",
    // Shows the notifications.
    "dunst",
    // Input methods, with their modules for GTK.
    "fcitx5",
    "fcitx5-anthy",
    "fcitx5-frontend-gtk3",
    "gnutls-bin",
    // Reports by its own alerts what is wrong with a client certificate.
    "haproxy",
    "ibus",
    "ibus-gtk3",
    "imagemagick",
    // For a PC whose clock is wrong, and a bank whose clock is set.
    "libfaketime",
    // For strongSwan's keys and TLS on elliptic curves.
    "libstrongswan-standard-plugins",
    // A simulated TPM, the resource manager before it, and the module that makes a token of it.
    "libtpm2-pkcs11-1",
    "libtpm2-pkcs11-tools",
    "libtss2-tcti-swtpm0",
    "libtss2-tcti-tabrmd0",
    // For programs in a Japanese locale.
    "locales",
    "nginx-light",
    "oathtool",
    "openssl",
    "postgresql",
    "softhsm2",
    // Locks the files of an NSS database, and damages them.
    "sqlite3",
    "strongswan-pki",
    "swtpm",
    // The program alone: the other package also starts it as a service.
    "tinyproxy-bin",
    "tpm2-abrmd",
    "tpm2-tools",
    "uim",
    "uim-gtk3-immodule",
    "uim-xim",
    "webkit2gtk-driver",
    // xvfb-run calls it, and xvfb only recommends it.
    "xauth",
    // Opens the browser that the person has chosen.
    "xdg-utils",
    "xvfb",
];

/// The packages to compare the bank and the window with other programs, in addition to [`TERMINAL`] and [`WINDOW`].
pub(crate) const BENCH: &[&str] =
    &["curl", "dbus", "nginx-light", "openssl", "postgresql", "webkit2gtk-driver", "xauth", "xca", "xvfb"];

/// The packages to attack the bank, in addition to [`TERMINAL`]: a clock that is set, and the database of two instances.
pub(crate) const CAMPAIGN: &[&str] = &["libfaketime", "postgresql"];

/// The packages to build for Windows and run the result, in addition to Debian's Rust: the linker, the C compiler, and
/// Wine without its graphics.
pub(crate) const WINDOWS: &[&str] = &["g++-mingw-w64-x86-64", "gcc-mingw-w64-x86-64", "openssl", "wine", "wine64"];

/// The packages to check for macOS, in addition to Debian's Rust. The C compiler is a Python package.
pub(crate) const MACOS: &[&str] = &["python3", "python3-venv"];

/// Installs the packages of `wanted` that are missing.
///
/// # Errors
/// [`Failure::PackagesMissing`] if this process may not install packages, or if apt-get cannot.
pub(crate) fn install(wanted: &[&'static str]) -> Result<(), Failure> {
    if !process::succeeds("dpkg-query", &["--version"]) {
        println!("This system has no dpkg. Install these packages, named as in Debian 12: {}", wanted.join(" "));
        return Ok(());
    }
    let known = process::collect(Command::new("dpkg-query").args(["-W", "-f", QUERY]).args(wanted), b"")?;
    let missing = missing(wanted, &String::from_utf8_lossy(&known.stdout));
    if missing.is_empty() {
        println!("System packages: all {} are installed.", wanted.len());
        return Ok(());
    }
    println!("System packages to install: {}", missing.join(" "));
    let by_hand = || Failure::PackagesMissing {
        packages: missing.clone(),
        command: format!("sudo apt-get install -y --no-install-recommends {}", missing.join(" ")),
    };
    let as_root = rights().ok_or_else(by_hand)?;
    // An unreachable source does not matter if the others have the packages.
    if let Err(failure) = process::run(apt_get(as_root).arg("update")) {
        println!("{failure}");
    }
    let mut install = apt_get(as_root);
    install.args(["install", "-y", "--no-install-recommends"]).args(&missing);
    process::run(&mut install).map_err(|failure| {
        println!("{failure}");
        by_hand()
    })
}

/// The option that makes apt-get wait up to 600 seconds, if the system is updating itself.
const WAIT: &str = "-oDPkg::Lock::Timeout=600";

const QUERY: &str = "${Package} ${db:Status-Status}\n";

fn missing(wanted: &[&'static str], known: &str) -> Vec<&'static str> {
    let installed: Vec<&str> = known.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    wanted.iter().copied().filter(|package| !installed.contains(package)).collect()
}

/// Returns the words before a command that make root run it; none if the user would be asked for a password.
fn rights() -> Option<&'static [&'static str]> {
    let user = process::collect(Command::new("id").arg("-u"), b"").ok()?;
    if user.stdout.trim_ascii() == b"0" {
        Some(&[])
    } else {
        process::succeeds("sudo", &["-n", "true"]).then_some(&["sudo", "-n"])
    }
}

fn apt_get(as_root: &[&str]) -> Command {
    let words = [as_root, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", WAIT]].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_installed_counts_as_there() {
        let known = "curl installed\nxvfb config-files\nlibnss3 installed\n";
        assert_eq!(missing(&["curl", "libnss3", "xvfb", "dbus"], known), ["xvfb", "dbus"]);
    }

    #[test]
    fn root_needs_no_sudo() {
        assert_eq!(
            process::shown(apt_get(&[]).arg("update")),
            "env DEBIAN_FRONTEND=noninteractive apt-get -q -oDPkg::Lock::Timeout=600 update"
        );
        assert!(process::shown(&apt_get(&["sudo", "-n"])).starts_with("sudo -n env "));
    }
}
