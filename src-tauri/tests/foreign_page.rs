//! If a page from outside were ever shown in the window in spite of its guard, it could not call any command: not by
//! the function that the toolkit puts into every page, not by the toolkit's protocol, and not by its message handler.
//!
//! This test opens a real window without the guard, and lets a foreign page try. It is a separate program because a
//! window needs the main thread.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

use inkan_app::Desktop;
use tauri::{WebviewUrl, WebviewWindowBuilder};

const BINDINGS: &str = include_str!("../../ui/src/ipc/bindings.ts");

/// A page that tries every command in each way, and sends the results to its server.
const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><script>
const commands = COMMANDS;
const internals = window.__TAURI_INTERNALS__;
const said = (promise) => promise.then((answer) => "REACHED " + JSON.stringify(answer), (error) => "refused: " + error);
async function attempt() {
  const tries = { internals: typeof internals?.invoke };
  for (const command of commands) {
    tries[`invoke ${command}`] = await said(internals.invoke(command, {}));
    tries[`protocol ${command}`] = await said(
      fetch(`ipc://localhost/${command}`, { method: "POST", body: "{}" }).then(async (answer) => {
        if (!answer.ok) throw new Error(await answer.text());
        return answer.text();
      }),
    );
  }
  // The message handler answers through callbacks only.
  for (const command of commands) {
    const told = new Promise((resolve, reject) => {
      const callback = internals.transformCallback(resolve, true);
      const error = internals.transformCallback(reject, true);
      internals.postMessage
        ? internals.postMessage({ cmd: command, callback, error, payload: {}, options: {} })
        : reject("no message handler");
    });
    tries[`message ${command}`] = await said(told);
  }
  return tries;
}
attempt().catch((error) => ({ failed: String(error) }))
  .then((tries) => fetch("/result", { method: "POST", body: JSON.stringify(tries) }));
</script>"#;

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        return Err("the window needs a display: run under xvfb-run, or by `cargo xtask test`".into());
    }
    let commands = commands();
    assert!(commands.len() > 10, "the bindings are read wrongly: {commands:?}");
    let page = PAGE.replace("COMMANDS", &serde_json::to_string(&commands)?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/", listener.local_addr()?).parse()?;
    let (sender, results) = mpsc::channel();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            if let Ok(Some(result)) = serve(client, &page) {
                let _ = sender.send(result);
            }
        }
    });

    let home = tempfile::tempdir()?;
    let builder = inkan_app::builder();
    let app = tauri::Builder::default()
        .manage(Arc::new(Desktop::in_directory(home.path())))
        .invoke_handler(builder.invoke_handler())
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::External(address)).incognito(true).build()?;
            Ok(())
        })
        .build(inkan_app::context())?;
    let handle = app.handle().clone();
    let judge = thread::spawn(move || {
        let judged = results.recv().map_err(|error| error.to_string()).and_then(|result| judge(&commands, &result));
        handle.exit(0);
        judged
    });
    app.run_return(|_, _| {});
    let judged = judge.join().map_err(|_| "the judge fell")?;
    println!("test result: {}", if judged.is_ok() { OK } else { FAILED });
    Ok(judged?)
}

const OK: &str = "ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
const FAILED: &str = "FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";

fn commands() -> Vec<&'static str> {
    let calls = BINDINGS.split("__TAURI_INVOKE(\"").skip(1);
    calls.filter_map(|call| call.split('"').next()).collect()
}

/// Asserts that every attempt was refused by the rule that a foreign page may do nothing, and not for another reason.
fn judge(commands: &[&str], result: &str) -> Result<(), String> {
    let tries: serde_json::Value = serde_json::from_str(result).map_err(|error| error.to_string())?;
    let said = |attempt: String| tries[&attempt].as_str().unwrap_or_default().to_owned();
    if said("internals".to_owned()) != "function" {
        return Err("the page had nothing to try with".to_owned());
    }
    for command in commands {
        let by_invoke = said(format!("invoke {command}"));
        if !by_invoke.starts_with("refused: ") || !by_invoke.contains("not allowed") {
            return Err(format!("{command}: {by_invoke}"));
        }
        for way in ["protocol", "message"] {
            let answer = said(format!("{way} {command}"));
            if !answer.starts_with("refused: ") {
                return Err(format!("{command} by {way}: {answer}"));
            }
        }
    }
    Ok(())
}

/// Sends the page, or receives the results that the page sends.
fn serve(mut client: TcpStream, page: &str) -> std::io::Result<Option<String>> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let answer = if first.starts_with("POST") { "" } else { page };
    write!(
        client,
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{answer}",
        answer.len()
    )?;
    Ok(first.starts_with("POST").then(|| String::from_utf8_lossy(&body).into_owned()))
}
