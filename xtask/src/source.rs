use std::path::{Path, PathBuf};

/// The folders that contain only files written by tools.
const GENERATED: &[&str] = &["node_modules", "dist", "target", "gen"];

/// Returns the files of a folder and its subfolders that people write. Files that tools write and hidden files are left
/// out.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            match entry.file_type() {
                _ if name.starts_with('.') || GENERATED.contains(&name.as_ref()) => {}
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_make_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["src/a.rs", "node_modules/b.js", ".hidden/c", "src/deep/d.ts", "dist/e.html"] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let found: Vec<_> = files(folder.path())
            .iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        assert_eq!(found, ["src/a.rs", "src/deep/d.ts"]);
        assert!(files(&folder.path().join("none")).is_empty());
    }
}
