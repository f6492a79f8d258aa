use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::bank::DemoBank;
use crate::failure::Failure;
use crate::inkan::Inkan;
use crate::interrupt;
use crate::process;
use crate::workspace;

/// Opens the window on a new demo bank, with its data in a separate folder below `target`, and waits until the window
/// is closed.
pub(crate) fn open(target: &Path) -> Result<(), Failure> {
    interrupt::leave_to_children()?;
    let folder = tempfile::Builder::new().prefix("demo-").tempdir_in(target).map_err(Failure::file(target))?;
    let home = folder.path().join("home");
    let store = folder.path().join("nssdb");
    for new in [&home, &store] {
        std::fs::create_dir(new).map_err(Failure::file(new))?;
    }
    let bank = DemoBank::start(folder.path())?;
    let ca = bank.ca.to_string_lossy();
    Inkan::new(&home, &store)?.ask(&["bank", "add", &bank.portal, "--ca", &ca], None)?.done("Bank added")?;

    println!("\nThe demo bank listens at {}. Its sample people:\n", bank.portal);
    // The name is last, because its characters are wider than the columns count.
    println!("  {:<10} {:<14} {:<15} {:<32} name", "ID", "role", "login password", "confirmation password");
    for person in &bank.people {
        let confirmation = person.confirmation_password.as_deref().unwrap_or("(registered at the first login)");
        println!(
            "  {:<10} {:<14} {:<15} {confirmation:<32} {}",
            person.id, person.role, person.login_password, person.name
        );
    }
    println!("\nThe window opens. When it closes, the bank ends and its data is removed.");
    let ended = process::run(
        Command::new(workspace::program("inkan-app")?)
            .env("INKAN_HOME", &home)
            .env("INKAN_STORE", format!("nss:{}", store.display())),
    );
    match ended {
        Err(Failure::Ended { status, .. }) if interrupted(status) => Ok(()),
        ended => ended,
    }
}

/// Returns whether Ctrl-C ended the program. Closing the window by Ctrl-C is not a failure.
#[cfg(unix)]
fn interrupted(status: ExitStatus) -> bool {
    const SIGINT: i32 = 2;
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(SIGINT)
}

/// Returns false. On other systems, no exit status shows that Ctrl-C ended a program.
#[cfg(not(unix))]
fn interrupted(_: ExitStatus) -> bool {
    false
}
