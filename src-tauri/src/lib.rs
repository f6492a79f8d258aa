//! The desktop shell: a window, and commands that translate between the window and the client. It contains no rules.

mod bindings;
mod commands;
mod desktop;
mod dialog_owner;
mod file_dialog;
mod foreground;
#[cfg(target_os = "linux")]
mod input_method;
mod instance;
mod navigation;
mod notification;
mod pending_import;
mod pin_prompt;
mod prompt_channel;
mod proxy_prompt;
mod reminder_thread;
mod renderer;
mod shutdown;
mod tray;
mod web_view;
mod window;
mod window_state;
mod words;

pub use bindings::{BindingsError, bindings_are_current, builder, write_bindings};
pub use desktop::{Desktop, StartError, system_language};
pub use renderer::choose_renderer;

use std::sync::Arc;

use inkan_client::RecentEvents;
use tauri::Manager;

use crate::instance::{Instance, Start};
use crate::navigation::NavigationQueue;
use crate::reminder_thread::ReminderThread;
use crate::shutdown::ShutdownGuard;
use crate::window_state::WindowStateStore;

/// Returns what the build knows of the app: its configuration, its capabilities and the built UI.
pub fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// Opens the window and runs until it is closed. Then an open session is logged out (S1-15). If a window is already
/// open on the same data, that window comes to the front and gets the arguments instead. `events` are the events of
/// this run.
///
/// # Errors
/// [`StartError`] if the data directory, the name of the store or the window cannot be used.
pub fn run(events: RecentEvents) -> Result<(), StartError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let desktop = Arc::new(Desktop::from_environment(events)?);
    match Start::on(desktop.home(), &arguments)? {
        Start::First(instance) => open(desktop, instance, arguments),
        Start::Forwarded => Ok(()),
    }
}

fn open(desktop: Arc<Desktop>, instance: Instance, arguments: Vec<String>) -> Result<(), StartError> {
    let builder = builder();
    let app = tauri::Builder::default()
        .manage(WindowStateStore::of(desktop.home().clone()))
        .manage(desktop)
        .manage(NavigationQueue::default())
        .manage(Arc::new(pending_import::PendingImport::default()))
        .on_window_event(pending_import::hear)
        .on_window_event(|window, event| window.state::<WindowStateStore>().hear(window, event))
        .invoke_handler(builder.invoke_handler())
        .setup(move |app| {
            renderer::choose_input_module();
            let window = window::open(app.handle())?;
            app.state::<WindowStateStore>().restore(&window);
            dialog_owner::name(app.handle());
            let handle = app.handle().clone();
            let lock = instance.listen(move |arguments| navigation::follow(&handle, &arguments))?;
            app.manage(ShutdownGuard::of(lock));
            shutdown::when_told(app.handle());
            navigation::follow(app.handle(), &arguments);
            app.manage(ReminderThread::of(app.handle()));
            tray::show(app.handle());
            Ok(())
        })
        .build(context())
        .map_err(StartError::Window)?;
    app.run(shutdown::handle);
    Ok(())
}
