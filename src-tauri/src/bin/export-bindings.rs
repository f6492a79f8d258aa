//! Writes `ui/src/ipc/bindings.ts` from the commands in Rust. With `--check`, only reports whether the file is current.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
    let check = std::env::args().nth(1).as_deref() == Some("--check");
    let done =
        if check { inkan_app::bindings_are_current(&file) } else { inkan_app::write_bindings(&file).map(|()| true) };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!(
                "ui/src/ipc/bindings.ts is not what the commands say: run `cargo run -p inkan-app --bin export-bindings`"
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
