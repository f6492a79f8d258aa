use std::process::{Command, Stdio};

use super::last_line::last_line;
use super::many::Many;
use super::table::{Row, Table};
use crate::failure::Failure;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The longest time of a frame, in milliseconds, that a user does not see as a pause.
const FRAME_BOUND: f64 = 100.0;

/// Scrolls through a large store in the real window, on a display of its own.
pub(super) fn measure(table: &mut Table, many: &Many) -> Result<(), Failure> {
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-app"]))?;
    process::run(&mut cargo(&["build", "--release", "-p", "inkan-journeys", "--example", "scrolling"]))?;
    let target = target_directory()?;
    let mut command = Command::new("xvfb-run");
    command
        .args(["-a", "-s", "-screen 0 1280x1024x24", "dbus-run-session", "--"])
        .arg(target.join("release/examples/scrolling"))
        .arg(&many.database)
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null());
    let output = process::collect(&mut command, b"")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let found: Option<[f64; 5]> = last_line(&said).and_then(|found| {
        let numbers = ["frames", "median", "p99", "longest", "blank"].map(|name| found[name].as_f64());
        Some([numbers[0]?, numbers[1]?, numbers[2]?, numbers[3]?, numbers[4]?])
    });
    let Some([frames, median, p99, longest, blank]) = found else {
        return Err(Failure::Answer { from: process::shown(&command), answer: said });
    };
    println!(
        "{frames} frames, median {median:.0} ms, 99 of 100 within {p99:.0} ms, {blank} of them blank in the middle"
    );
    let what = format!("longest frame while {} certificates scroll, a screenful each frame", many.certificates);
    table.add(Row { name: "scrolling", what, unit: "ms", ours: longest, peer: None, most: FRAME_BOUND });
    Ok(())
}
