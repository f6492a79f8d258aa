use std::env;

use gtk::prelude::{GtkSettingsExt, IMContextExt, IMMulticontextExt};

use super::installed;

/// GTK's name for its module of the X Input Method.
const XIM: &str = "xim";
/// GTK's name for its built-in module, which handles keys and compose sequences.
const SIMPLE: &str = "gtk-im-context-simple";
/// The variable by which a user chooses GTK's input module.
pub(crate) const MODULE: &str = "GTK_IM_MODULE";

/// The input method that the session asks for, read from the environment before GTK has started.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// The names in `GTK_IM_MODULE`.
    modules: Vec<String>,
    /// The input method that `XMODIFIERS` names.
    server: Option<String>,
    /// Whether GTK connects to an X server. XIM exists only there.
    x11: bool,
    /// The names of the modules that GTK finds.
    installed: Vec<String>,
}

impl Wanted {
    /// Reads the environment of this process.
    pub(crate) fn from_environment() -> Self {
        let text = |name| env::var(name).unwrap_or_default();
        let backends = text("GDK_BACKEND");
        let x11 = match backends.split(',').next().unwrap_or_default() {
            "" | "*" => text("WAYLAND_DISPLAY").is_empty(),
            first => first == "x11",
        };
        let modules = text(MODULE).split(':').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Self { modules, server: server(&text("XMODIFIERS")), x11, installed: installed::modules() }
    }

    /// Returns whether the user's input method reaches the app only by XIM, or the user has chosen XIM.
    pub(crate) fn needs_xim(&self) -> bool {
        self.x11
            && match self.named() {
                Some(module) => module == XIM,
                None => self.server.is_some() && self.module_of_server().is_none(),
            }
    }

    /// Returns the module that replaces XIM: the module of the session's own input method, or else the built-in one.
    pub(crate) fn in_place_of_xim(&self) -> &str {
        self.module_of_server().unwrap_or(SIMPLE)
    }

    /// Returns the module that GTK uses from `GTK_IM_MODULE`: the first one that it knows.
    fn named(&self) -> Option<&str> {
        self.modules.iter().map(String::as_str).find(|name| *name == SIMPLE || self.has(name))
    }

    /// Returns the GTK module of the input method that `XMODIFIERS` names, if it is installed.
    fn module_of_server(&self) -> Option<&str> {
        let server = self.server.as_deref()?;
        // Both generations of fcitx have the name `fcitx` in `XMODIFIERS`.
        let names = if server.starts_with("fcitx") { vec!["fcitx5", "fcitx"] } else { vec![server] };
        let has = |name: &&String| names.contains(&name.as_str());
        self.installed.iter().find(has).map(String::as_str).filter(|name| *name != XIM)
    }

    fn has(&self, module: &str) -> bool {
        self.installed.iter().any(|installed| installed == module)
    }
}

/// Makes GTK use another input module if it would choose XIM by itself. GTK does so with any locale of China, Japan,
/// Korea or Thailand. Must be called after GTK has started, when its settings are those of the desktop.
pub(crate) fn prefer_painting_module() {
    let context = gtk::IMMulticontext::new();
    // GTK decides when the context is first used.
    context.reset();
    if context.context_id().is_none_or(|module| module != XIM) {
        return;
    }
    if let Some(settings) = gtk::Settings::default() {
        settings.set_gtk_im_module(Some(Wanted::from_environment().in_place_of_xim()));
    }
}

/// Reads the input method from the value of `XMODIFIERS`, such as `@im=ibus`.
fn server(modifiers: &str) -> Option<String> {
    let name = modifiers.split('@').find_map(|one| one.strip_prefix("im="))?.to_lowercase();
    (!matches!(name.as_str(), "" | "none" | "local")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(modules: &[&str], modifiers: &str, installed: &[&str]) -> Wanted {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Wanted { modules: owned(modules), server: server(modifiers), x11: true, installed: owned(installed) }
    }

    #[test]
    fn a_session_without_an_input_method_needs_no_xim() {
        for modifiers in ["", "@im=", "@im=none", "@im=local", "nonsense"] {
            let session = wanted(&[], modifiers, &["xim"]);
            assert!(!session.needs_xim(), "{modifiers}");
            assert_eq!(session.in_place_of_xim(), SIMPLE);
        }
    }

    #[test]
    fn an_input_method_with_a_module_of_its_own_is_reached_by_that() {
        for (modifiers, module) in
            [("@im=ibus", "ibus"), ("@im=fcitx", "fcitx5"), ("@im=fcitx5", "fcitx5"), ("@im=uim@x=y", "uim")]
        {
            let session = wanted(&[], modifiers, &["xim", "ibus", "fcitx5", "uim"]);
            assert!(!session.needs_xim(), "{modifiers}");
            assert_eq!(session.in_place_of_xim(), module);
        }
    }

    #[test]
    fn an_input_method_without_a_module_needs_xim() {
        assert!(wanted(&[], "@im=uim", &["xim", "ibus"]).needs_xim());
        assert!(wanted(&["missing"], "@im=kinput2", &["xim"]).needs_xim());
    }

    #[test]
    fn xim_is_kept_where_the_person_has_chosen_it_and_only_there() {
        assert!(wanted(&["xim"], "", &["xim", "ibus"]).needs_xim());
        assert!(wanted(&["missing", "xim"], "@im=ibus", &["xim", "ibus"]).needs_xim());
        assert!(!wanted(&["ibus", "xim"], "@im=uim", &["xim", "ibus"]).needs_xim());
        assert!(!wanted(&[SIMPLE], "@im=uim", &["xim"]).needs_xim());
        let wayland = Wanted { x11: false, ..wanted(&["xim"], "@im=uim", &["xim"]) };
        assert!(!wayland.needs_xim());
    }
}
