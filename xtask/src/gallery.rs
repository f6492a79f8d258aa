use std::fmt::Write;

/// A picture that the checks of the screens make. Its file name is `start-ja-light-1040.png`, with `-200` if the text
/// is twice as large.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Picture {
    screen: String,
    language: String,
    theme: String,
    /// Width of the window, and the size of the text if it is not the usual one.
    size: String,
}

/// The width of a new window.
const USUAL: &str = "1040";

impl Picture {
    /// Returns the picture in a file; none if the name is not that of a picture.
    pub(crate) fn of(file: &str) -> Option<Self> {
        let stem = file.strip_suffix(".png")?;
        ["ja", "en"].iter().find_map(|language| {
            let (screen, look) = stem.split_once(&format!("-{language}-"))?;
            let (theme, size) = look.split_once('-')?;
            let known = ["light", "dark"].contains(&theme) && ["800", "1040", "800-200", "1040-200"].contains(&size);
            known.then(|| Self {
                screen: screen.to_owned(),
                language: (*language).to_owned(),
                theme: theme.to_owned(),
                size: size.to_owned(),
            })
        })
    }

    /// Returns the name of the picture's file.
    pub(crate) fn file(&self) -> String {
        format!("{}-{}-{}-{}.png", self.screen, self.language, self.theme, self.size)
    }

    fn look(&self) -> String {
        let (width, text) = self.size.split_once('-').unwrap_or((&self.size, "100"));
        let language = if self.language == "ja" { "日本語" } else { "English" };
        format!("{language}, {}, {width} px, text {text} %", self.theme)
    }
}

/// Returns the gallery as a page: each screen with its languages and themes side by side, and the narrow sizes folded
/// below them.
pub(crate) fn page(pictures: &[Picture]) -> String {
    let screens: Vec<&[Picture]> = pictures.chunk_by(|one, other| one.screen == other.screen).collect();
    let mut page = String::from(HEAD);
    let _ = writeln!(page, "<h1>Inkan: {} screens, {} pictures</h1>\n<nav>", screens.len(), pictures.len());
    for screen in &screens {
        let name = &screen[0].screen;
        let _ = writeln!(page, "<a href=\"#{name}\">{name}</a>");
    }
    page.push_str("</nav>\n");
    for screen in screens {
        let name = &screen[0].screen;
        let (mut usual, tight): (Vec<_>, Vec<_>) = screen.iter().partition(|picture| picture.size == USUAL);
        // Japanese first; light before dark.
        usual.sort_by_key(|picture| (picture.language != "ja", picture.theme != "light"));
        let _ = writeln!(page, "<section id=\"{name}\">\n<h2>{name}</h2>");
        write_pictures(&mut page, &usual);
        page.push_str("<details><summary>Small window, large text</summary>\n");
        write_pictures(&mut page, &tight);
        page.push_str("</details>\n</section>\n");
    }
    page.push_str("</main>\n</html>\n");
    page
}

fn write_pictures(page: &mut String, pictures: &[&Picture]) {
    page.push_str("<div>\n");
    for picture in pictures {
        let (file, look) = (picture.file(), picture.look());
        let _ = writeln!(
            page,
            "<figure><a href=\"{file}\"><img src=\"{file}\" alt=\"{}, {look}\" loading=\"lazy\"></a>\
             <figcaption>{look}</figcaption></figure>",
            picture.screen
        );
    }
    page.push_str("</div>\n");
}

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inkan: all screens</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
main { padding: 24px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; }
section { margin-top: 40px; }
h2 { position: sticky; top: 0; margin: 0 0 8px; padding: 6px 0; background: Canvas; }
div { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 16px; }
figure { margin: 0; }
img { width: 100%; height: auto; border: 1px solid GrayText; border-radius: 6px; }
figcaption { color: GrayText; font-size: 13px; }
summary { margin: 12px 0; cursor: pointer; }
</style>
<main>
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_it_shows() {
        for file in ["start-ja-light-1040.png", "start-none-en-dark-800.png", "top-ja-light-800-200.png"] {
            assert_eq!(Picture::of(file).unwrap().file(), file);
        }
        assert_eq!(Picture::of("start-none-en-dark-800.png").unwrap().screen, "start-none");
        assert_eq!(Picture::of("top-ja-light-800-200.png").unwrap().look(), "日本語, light, 800 px, text 200 %");
        for file in ["window-j1.png", "start-ja-light.png", "start-fr-light-1040.png", "index.html"] {
            assert_eq!(Picture::of(file), None, "{file}");
        }
    }

    #[test]
    fn each_screen_stands_once_with_all_its_pictures() {
        let files =
            ["top-en-dark-1040.png", "top-ja-light-800.png", "top-ja-light-1040.png", "start-ja-light-1040.png"];
        let mut pictures: Vec<Picture> = files.iter().filter_map(|file| Picture::of(file)).collect();
        pictures.sort();
        let page = page(&pictures);
        assert_eq!(page.matches("<section").count(), 2);
        for file in files {
            assert_eq!(page.matches(&format!("src=\"{file}\"")).count(), 1, "{file}");
        }
        let place = |file: &str| page.find(&format!("src=\"{file}\"")).unwrap();
        assert!(place("top-ja-light-1040.png") < place("top-en-dark-1040.png"));
        assert!(place("top-en-dark-1040.png") < place("top-ja-light-800.png"));
    }
}
