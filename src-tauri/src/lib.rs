//! The desktop shell: a window, and commands that translate between it and the client. No rules live here.

mod bindings;
mod commands;
mod desktop;
mod dialog_owner;
mod file_dialog;
mod import_desk;

pub use bindings::{BindingsError, bindings_are_current, builder, write_bindings};
pub use desktop::{Desktop, StartError};

use std::sync::Arc;

use tauri::{Manager, RunEvent};

/// Opens the window and stays until it is closed. Whoever is logged in then is logged out (S1-15).
///
/// # Errors
/// [`StartError`] where the data directory, the store's name or the window cannot be had.
pub fn run() -> Result<(), StartError> {
    let desktop = Arc::new(Desktop::from_environment()?);
    let builder = builder();
    let app = tauri::Builder::default()
        .manage(Arc::clone(&desktop))
        .manage(Arc::new(import_desk::ImportDesk::default()))
        .on_window_event(import_desk::hear)
        .invoke_handler(builder.invoke_handler())
        .setup(|app| {
            dialog_owner::name(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(StartError::Window)?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<Arc<Desktop>>().leave();
        }
    });
    Ok(())
}
