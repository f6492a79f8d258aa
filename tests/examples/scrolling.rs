//! Measures how evenly a long list scrolls in the real window. `scrolling DATABASE` on a display scrolls the
//! certificates of an NSS database from end to end, a screenful each frame. It prints as JSON how long the frames took,
//! in milliseconds, and in how many of them the middle of the list was blank.

use inkan_journeys::{Pc, Window};
use serde_json::{Value, json};

/// The number of frames for each call. A driver would wait for far more.
const FRAMES: &str = "120";

/// A script that scrolls on for some frames. `state` has the length of each frame, whether its middle was blank, and
/// whether the end is reached.
const SCROLL: &str = r#"
    const [frames, done] = arguments;
    let scroller = document.querySelector("[data-test=certificate-list]");
    while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
    const box = scroller.getBoundingClientRect();
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const state = { gaps: [], blank: 0, end: false };
    let left = Number(frames);
    let before = null;
    requestAnimationFrame(function frame(now) {
        if (before !== null) {
            state.gaps.push(now - before);
            // Between two rows there is a gap. So the middle counts as blank only if there is no row a little higher
            // either.
            const row = [0, 16].some((up) => document.elementFromPoint(middle[0], middle[1] - up)?.closest("[data-test=certificate-row]"));
            if (!row) state.blank += 1;
        }
        before = now;
        state.end = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
        if (state.end || left-- === 0) return done(state);
        scroller.scrollTop += scroller.clientHeight;
        requestAnimationFrame(frame);
    });
"#;

#[tokio::main]
async fn main() {
    let database = std::env::args().nth(1).expect("DATABASE");
    let pc = Pc::new();
    // The app draws so without a driver.
    let plain = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    let store = format!("nss:{database}");
    let window = Window::on(&pc).under("INKAN_STORE", store).under(plain.0, plain.1).open().await;
    window.click("nav-certificates").await;
    window.find("certificate-row").await;
    let mut gaps: Vec<f64> = Vec::new();
    let mut blank = 0;
    loop {
        let state: Value = window.evaluate_later(SCROLL, FRAMES).await;
        gaps.extend(state["gaps"].as_array().into_iter().flatten().filter_map(Value::as_f64));
        blank += state["blank"].as_u64().unwrap_or(0);
        if state["end"] == json!(true) {
            break;
        }
    }
    window.close().await;
    gaps.sort_by(f64::total_cmp);
    let at = |share: f64| gaps.get(((gaps.len() - 1) as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    println!(
        "{}",
        json!({ "frames": gaps.len(), "median": at(0.5), "p99": at(0.99), "longest": at(1.0), "blank": blank })
    );
}
