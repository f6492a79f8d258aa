//! No page from outside gets into the window: not by an address, a link, a form, a frame or a new window.

use inkan_journeys::{Outside, Pc, Window};
use serde_json::json;

/// Each way in which a page can leave for another page. The server and the page that stays show the result.
const WAYS: [(&str, &str); 7] = [
    ("the address", "location.href = outside"),
    ("replacing", "location.replace(outside)"),
    (
        "a link",
        "const a = document.createElement('a'); a.href = outside; document.body.append(a); a.click(); a.remove()",
    ),
    (
        "a link to a new window",
        "const a = document.createElement('a'); a.href = outside; a.target = '_blank'; document.body.append(a); \
         a.click(); a.remove()",
    ),
    ("a new window", "window.open(outside)"),
    (
        "a form",
        "const form = document.createElement('form'); form.action = outside; document.body.append(form); form.submit(); \
         form.remove()",
    ),
    (
        "a frame",
        "const frame = document.createElement('iframe'); frame.src = outside; document.body.append(frame); \
         document.body.dataset.framed = 'yes'",
    ),
];

#[tokio::test]
async fn no_page_from_outside_is_shown_and_no_server_is_asked() {
    let outside = Outside::with("<h1 data-test=\"outside\">outside</h1>");
    let pc = Pc::new();
    let window = Window::open(&pc).await;
    let before = window.evaluate("return location.href").await;
    for (way, act) in WAYS {
        window.evaluate(&format!("const outside = {}; {act}; return null", json!(outside.address()))).await;
        // The engine answers this after the act, and so after any navigation that the act began.
        window.find("bank-address").await;
        assert_eq!(window.evaluate("return location.href").await, before, "{way}");
    }
    // The driver itself is refused too.
    let refused = window.send_to(&outside.address()).await;
    assert_eq!(window.evaluate("return location.href").await, before, "{refused:?}");
    window.find("bank-address").await;
    assert_eq!(window.count("[data-test=outside]").await, 0);

    // Nothing that a page loads comes from outside either.
    let loads = "const [outside, done] = arguments; const image = new Image();
        image.onload = () => done('shown'); image.onerror = () => done('refused'); image.src = outside;";
    assert_eq!(window.evaluate_later(loads, &outside.address()).await, json!("refused"));
    let fetches = "const [outside, done] = arguments;
        fetch(outside).then(() => done('answered'), () => done('refused'));";
    assert_eq!(window.evaluate_later(fetches, &outside.address()).await, json!("refused"));
    assert_eq!(outside.asked(), [] as [String; 0]);
    window.close().await;
}
