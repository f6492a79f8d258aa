use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use inkan_client::protocol::{Code, Who};
use specta_typescript::Typescript;
use tauri_specta::{Builder, collect_commands};
use thiserror::Error;

use crate::commands;

/// The reason why the bindings could not be written or compared.
#[derive(Debug, Error)]
pub enum BindingsError {
    /// A type cannot be expressed in TypeScript.
    #[error(transparent)]
    Export(#[from] specta_typescript::Error),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// Returns the commands that the window may call, with their types.
pub fn builder() -> Builder<tauri::Wry> {
    let who: BTreeMap<&'static str, Who> = Code::ALL.iter().map(|code| (code.name(), code.who())).collect();
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::settings::appearance,
            commands::settings::settings,
            commands::settings::set_language,
            commands::settings::set_text_size,
            commands::settings::set_theme,
            commands::proxy::proxy,
            commands::proxy::set_proxy,
            commands::proxy::watch_proxy_questions,
            commands::proxy::answer_proxy_question,
            commands::remembered::remembered,
            commands::remembered::forget,
            commands::remembered::remember_again,
            commands::remembered::stores,
            commands::remembered::set_store,
            commands::report::report,
            commands::report::save_report,
            commands::banks::banks,
            commands::banks::add_bank,
            commands::banks::ca_certificates,
            commands::banks::remove_bank,
            commands::banks::open_in_browser,
            commands::sites::sites,
            commands::sites::add_site,
            commands::sites::remove_site,
            commands::sites::visit_site,
            commands::sites::check_site,
            commands::doctor::check_up,
            commands::doctor::wrong_clock,
            commands::certificates::certificates,
            commands::acquisition::acquire,
            commands::acquisition::stop_enrolment,
            commands::acquisition::interrupted_acquisitions,
            commands::acquisition::usual_entrance,
            commands::certificates::delete_certificate,
            commands::certificates::delete_certificates,
            commands::certificates::delete_chosen_certificates,
            commands::certificates::save_certificate,
            commands::certificates::clean_up,
            commands::certificates::unreadable_certificates,
            commands::certificates::certificate_details,
            commands::import::watch_drops,
            commands::import::choose_import_files,
            commands::import::open_import_file,
            commands::import::import_file,
            commands::import::put_import_file_away,
            commands::renewal::renew,
            commands::renewal::interrupted_renewals,
            commands::session::log_in_with_certificate,
            commands::session::log_in_with_id,
            commands::session::give_up_login,
            commands::session::change_passwords,
            commands::session::current_session,
            commands::session::top,
            commands::session::notice,
            commands::session::log_out,
            commands::own_sessions::own_sessions,
            commands::own_sessions::end_session,
            commands::own_sessions::end_other_sessions,
            commands::session::clock_at_login,
            commands::change_pc::guide,
            commands::change_pc::begin_guide,
            commands::change_pc::say_done,
            commands::change_pc::end_guide,
            commands::change_pc::check_new_pc,
            commands::change_pc::revoke_own,
            commands::change_pc::paper,
            commands::change_pc::save_paper,
            commands::change_pc::open_paper,
            commands::change_pc::print_page,
            commands::pin::ask_pins,
            commands::pin::answer_pin,
            commands::people::people,
            commands::people::person,
            commands::people::user_settings,
            commands::people::edit_user,
            commands::people::unlock_user,
            commands::people::leaves_nobody,
            commands::people::change_certificate,
            commands::people::freeze,
            commands::tokens::tokens,
            commands::tokens::revoke_tokens,
            commands::tokens::unlock_token,
            commands::tokens::resync_token,
            commands::token::own_token,
            commands::token::activate_token,
            commands::token::skip_token,
            commands::navigation::subscribe,
            commands::idle::stay_logged_in,
            commands::reminders::reminders,
            commands::reminders::set_reminders,
            commands::revocation::ask_revocation,
            commands::revocation::set_asks_revocation,
            commands::restart::restart,
        ])
        .constant("problemWho", who)
}

/// Writes the bindings.
///
/// # Errors
/// [`BindingsError`].
pub fn write_bindings(file: &Path) -> Result<(), BindingsError> {
    Ok(builder().export(typescript(), file)?)
}

/// Returns whether `file` holds what [`write_bindings`] would write.
///
/// # Errors
/// [`BindingsError`].
pub fn bindings_are_current(file: &Path) -> Result<bool, BindingsError> {
    let fresh = file.with_extension("fresh.ts");
    write_bindings(&fresh)?;
    let same = std::fs::read(&fresh).and_then(|fresh| Ok(fresh == std::fs::read(file)?));
    std::fs::remove_file(&fresh)?;
    Ok(same?)
}

fn typescript() -> Typescript {
    Typescript::default().header("// Written by `cargo run -p inkan-app --bin export-bindings`.\n")
}
