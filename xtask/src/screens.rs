//! Takes a picture of every screen in every language, theme and size, and shows the pictures on one page that opens
//! from disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::gallery::{self, Picture};
use crate::process;
use crate::setup;
use crate::ui;
use crate::workspace::root;

/// The pictures that the README shows, and their names in `docs/`. They are chosen here only.
const README: [(&str, &str); 3] = [
    ("start-ja-light-1040.png", "start.png"),
    ("choose-ja-light-1040.png", "choose.png"),
    ("move-acquire-ja-dark-1040.png", "change-pc.png"),
];

/// Takes and checks every screen in every language, theme and size, and writes the page `target/screens/index.html`.
pub(crate) fn screens() -> Result<(), Failure> {
    setup::system_packages_of_the_tests()?;
    ui::install_packages()?;
    let folder = root().join("target/screens");
    forget(&folder)?;
    let judged = process::run(ui::npm(&["run", "test:screens"]).env("INKAN_PICTURES", "all"));
    let page = lay_out(&folder)?;
    println!("\nThe gallery: {}", page.display());
    // A screen that failed its check is in the gallery too, but not in the README.
    judged?;
    let docs = root().join("docs");
    for (picture, name) in README {
        let from = folder.join(picture);
        fs::copy(&from, docs.join(name)).map_err(Failure::file(&from))?;
        println!("For the README: docs/{name}");
    }
    Ok(())
}

/// Removes the pictures of an earlier run, so that a screen that no longer exists is not in the gallery. Pictures of
/// the real window are kept.
fn forget(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    for picture in pictures(folder)? {
        let path = folder.join(picture.file());
        fs::remove_file(&path).map_err(Failure::file(&path))?;
    }
    Ok(())
}

fn lay_out(folder: &Path) -> Result<PathBuf, Failure> {
    let page = folder.join("index.html");
    fs::write(&page, gallery::page(&pictures(folder)?)).map_err(Failure::file(&page))?;
    Ok(page)
}

fn pictures(folder: &Path) -> Result<Vec<Picture>, Failure> {
    let entries = fs::read_dir(folder).map_err(Failure::file(folder))?;
    let names = entries.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok());
    let mut found: Vec<Picture> = names.filter_map(|name| Picture::of(&name)).collect();
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_each_of_its_pictures() {
        let readme = fs::read_to_string(root().join("README.md")).unwrap();
        for (picture, name) in README {
            assert!(Picture::of(picture).is_some(), "{picture}");
            assert!(readme.contains(&format!("(docs/{name})")), "{name}");
            assert!(root().join("docs").join(name).is_file(), "{name}");
        }
    }
}
