use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the names of the input modules that GTK finds on this system, from the list that GTK itself reads.
pub(super) fn modules() -> Vec<String> {
    let list = env::var_os("GTK_IM_MODULE_FILE").map(PathBuf::from).or_else(list_beside_gtk);
    list.and_then(|list| fs::read_to_string(list).ok()).map(|text| names(&text)).unwrap_or_default()
}

/// Returns the path of the list that is installed beside the GTK library of this process. Each distribution has another
/// directory for it.
fn list_beside_gtk() -> Option<PathBuf> {
    let maps = fs::read_to_string("/proc/self/maps").ok()?;
    let library = maps.lines().filter_map(|line| line.find('/').map(|at| Path::new(&line[at..])));
    let named = |path: &&Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libgtk-3.so"));
    let directory = library.filter(named).find_map(Path::parent)?;
    Some(directory.join("gtk-3.0/3.0.0/immodules.cache"))
}

/// Reads the names from the list. The list has a line with the path of the library for each module, and a line for each
/// name.
fn names(list: &str) -> Vec<String> {
    let quoted = |line: &str| line.strip_prefix('"')?.split('"').next().map(str::to_owned);
    list.lines().filter_map(quoted).filter(|first| !first.starts_with('/')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_read_and_not_the_libraries() {
        let list = "# a comment\n\n\"/usr/lib/im-fcitx5.so\" \n\
                    \"fcitx\" \"Fcitx5\" \"fcitx5\" \"/usr/locale\" \"ja:ko:zh:*\" \n\
                    \"fcitx5\" \"Fcitx5\" \"fcitx5\" \"/usr/locale\" \"ja:ko:zh:*\" \n\n\
                    \"/usr/lib/im-xim.so\" \n\"xim\" \"X Input Method\" \"gtk30\" \"/usr/share/locale\" \"ko:ja:th:zh\" \n";
        assert_eq!(names(list), ["fcitx", "fcitx5", "xim"]);
    }
}
