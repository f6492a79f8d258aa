//! Measures how long a program takes from its start until its window is shown, and until the window has content, both
//! by what the X server reports and shows.
//!
//! `first_paint ROUNDS PROGRAM [ARGUMENT…]` on a display without other windows prints the medians as JSON, in seconds:
//! `{"mapped":0.1,"painted":0.3}`. The first start, which fills the caches, is not counted.

use std::collections::HashSet;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat, MapState, Window};
use x11rb::rust_connection::RustConnection;

/// The number of colours from which a window counts as one with text. A background has one colour. Letters have many,
/// since their edges are smoothed.
const COLOURS_OF_TEXT: usize = 16;
/// The smallest side of a window that counts. A smaller window is a helper window that a program does not show to
/// users.
const LEAST_SIDE: u16 = 200;
/// How long to wait for a program. Only a broken program takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().and_then(|rounds| rounds.parse().ok()).expect("ROUNDS");
    let program = arguments.next().expect("PROGRAM");
    let arguments: Vec<String> = arguments.collect();
    let (display, screen) = x11rb::connect(None).expect("a display");
    let root = display.setup().roots[screen].root;
    let mut seen = [Vec::new(), Vec::new()];
    for round in 0..=rounds {
        let begun = Instant::now();
        let mut process = Command::new(&program)
            .args(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let window = until(begun, &mut process, || largest_window(&display, root));
        let mapped = begun.elapsed();
        until(begun, &mut process, || has_text(&display, window).then_some(()));
        let painted = begun.elapsed();
        process.kill().expect("the program is killed");
        process.wait().expect("the program ends");
        until(Instant::now(), &mut process, || largest_window(&display, root).is_none().then_some(()));
        if round > 0 {
            seen[0].push(mapped);
            seen[1].push(painted);
        }
    }
    let [mapped, painted] = seen.map(median);
    println!(r#"{{"mapped":{mapped:.3},"painted":{painted:.3}}}"#);
}

/// Calls `look` again and again, as often as the X server answers.
fn until<T>(begun: Instant, process: &mut Child, mut look: impl FnMut() -> Option<T>) -> T {
    loop {
        if let Some(found) = look() {
            return found;
        }
        if begun.elapsed() > PATIENCE {
            // A process that has ended already is as good.
            let _ = process.kill();
            panic!("not seen within {PATIENCE:?}");
        }
    }
}

fn largest_window(display: &RustConnection, root: Window) -> Option<Window> {
    let children = display.query_tree(root).ok()?.reply().ok()?.children;
    children.into_iter().find(|window| is_shown(display, *window).unwrap_or(false))
}

/// Returns whether the window is shown. A window may disappear during this check.
fn is_shown(display: &RustConnection, window: Window) -> Result<bool, ReplyError> {
    let state = display.get_window_attributes(window)?.reply()?.map_state;
    let size = display.get_geometry(window)?.reply()?;
    Ok(state == MapState::VIEWABLE && size.width.min(size.height) >= LEAST_SIDE)
}

fn has_text(display: &RustConnection, window: Window) -> bool {
    let colours = || -> Result<usize, ReplyError> {
        let size = display.get_geometry(window)?.reply()?;
        let image = display.get_image(ImageFormat::Z_PIXMAP, window, 0, 0, size.width, size.height, !0)?.reply()?;
        let pixels = image.data.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        Ok(pixels.collect::<HashSet<_>>().len())
    };
    colours().is_ok_and(|colours| colours >= COLOURS_OF_TEXT)
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}
