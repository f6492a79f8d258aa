use std::fmt::Write;

use inkan_protocol::{Language, printable};
use serde::Serialize;

/// The content of the paper, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Paper {
    /// The title.
    pub title: String,
    /// The addressee.
    pub to: String,
    /// The line for the date, which is written by hand.
    pub date: String,
    /// The request.
    pub request: String,
    /// The table of the request. Values that are not known are empty.
    pub rows: Vec<PaperRow>,
    /// The label of the box for the registered seal.
    pub seal: String,
    /// The instructions for handing in the paper.
    pub note: String,
    /// The heading of the part that the bank fills in.
    pub bank: String,
    /// The labels of the boxes that the bank fills in.
    pub bank_boxes: Vec<String>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PaperRow {
    /// The name of the value.
    pub name: String,
    /// The value, or empty for writing by hand.
    pub value: String,
}

impl Paper {
    /// Returns an HTML page that loads nothing else.
    pub(super) fn html(&self, language: Language) -> String {
        let mut body = String::new();
        paragraph(&mut body, "to", &self.to);
        paragraph(&mut body, "date", &self.date);
        // Writing to a `String` cannot fail.
        let _ = writeln!(body, "<h1>{}</h1>", escaped(&self.title));
        paragraph(&mut body, "request", &self.request);
        body.push_str("<table>\n");
        for PaperRow { name, value } in &self.rows {
            let _ = writeln!(body, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escaped(name), escaped(value));
        }
        body.push_str("</table>\n");
        boxes(&mut body, std::slice::from_ref(&self.seal));
        paragraph(&mut body, "note", &self.note);
        paragraph(&mut body, "bank", &self.bank);
        boxes(&mut body, &self.bank_boxes);
        let tag = language.tag();
        format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
            escaped(&self.title)
        )
    }
}

fn paragraph(body: &mut String, class: &str, text: &str) {
    let _ = writeln!(body, "<p class=\"{class}\">{}</p>", escaped(text));
}

fn boxes(body: &mut String, texts: &[String]) {
    body.push_str("<div class=\"boxes\">");
    for text in texts {
        let _ = write!(body, "<div>{}</div>", escaped(text));
    }
    body.push_str("</div>\n");
}

/// Returns a text from outside as a part of the page, [`printable`] and without markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

const STYLE: &str = "@page{size:A4;margin:16mm 18mm}\
*{box-sizing:border-box}\
body{margin:0;color:#000;background:#fff;font:11pt/1.6 'Noto Sans CJK JP','Yu Gothic','Hiragino Sans',sans-serif}\
main{max-width:174mm;margin:0 auto}\
p{margin:2mm 0}\
h1{margin:4mm 0 6mm;font-size:18pt;text-align:center;letter-spacing:.2em}\
.to{font-size:13pt}.date{text-align:right}.bank{margin:5mm 0 2mm;border-top:1px dashed #000;padding-top:3mm}\
table{width:100%;border-collapse:collapse}\
th,td{border:1px solid #000;padding:1mm 3mm;height:9mm;text-align:left;vertical-align:middle;overflow-wrap:anywhere}\
th{width:34%;font-weight:normal;background:#f2f2f2}\
.boxes{display:flex;justify-content:flex-end;gap:4mm;margin-top:4mm}\
.boxes div{width:34mm;height:28mm;border:1px solid #000;padding:1mm;text-align:center;font-size:9pt}\
.note{font-size:9pt}\
@media screen{main{padding:18mm 0}}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_from_outside_brings_no_markup_and_no_control() {
        assert_eq!(escaped("花子 & \"<b>\""), "花子 &amp; &quot;&lt;b&gt;&quot;");
        assert_eq!(escaped("ha\u{202e}na\n\u{1b}"), r"ha\u{202e}na\u{a}\u{1b}");
    }
}
