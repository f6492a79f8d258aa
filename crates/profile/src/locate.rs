//! Finds the line of a profile file that an inconsistency is about.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What to look for: a field by its dotted path, and which of several such fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldLocation<'a> {
    /// The path, such as `roles.looks_after`. If a part of the path is a list, every table of the list is searched.
    pub(crate) field: &'a str,
    /// Which of the fields at that path is wanted.
    pub(crate) which: Which<'a>,
}

/// Which of several fields at the same path is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which<'a> {
    /// The only field at the path.
    Only,
    /// The first field that has this value, by itself or in a list.
    Saying(&'a str),
    /// The second field that has this value.
    SecondSaying(&'a str),
    /// The field whose list is empty.
    Empty,
    /// The field in the table with this `id`.
    Inside(&'a str),
}

/// Returns the line of the field, from 1. If the field is left out, returns the line of the table that should hold it.
pub(crate) fn line(text: &str, place: FieldLocation<'_>) -> usize {
    let Ok(document) = DeTable::parse(text) else { return 1 };
    let mut search = Search { place, found: Vec::new(), holder: 0 };
    search.table(document.get_ref(), place.field);
    let wanted = if matches!(place.which, Which::SecondSaying(_)) { 1 } else { 0 };
    let at = search.found.get(wanted).map_or(search.holder, |span| span.start);
    1 + text.get(..at).unwrap_or_default().matches('\n').count()
}

struct Search<'a> {
    place: FieldLocation<'a>,
    found: Vec<Range<usize>>,
    /// The offset of the last table on the path.
    holder: usize,
}

impl Search<'_> {
    fn table(&mut self, table: &DeTable<'_>, path: &str) {
        let (step, rest) = path.split_once('.').unwrap_or((path, ""));
        let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref().as_ref() == step) else { return };
        self.value(key.span(), value, rest);
    }

    fn value(&mut self, key: Range<usize>, value: &Spanned<DeValue<'_>>, rest: &str) {
        if rest.is_empty() {
            if self.is_wanted(value.get_ref()) {
                self.found.push(key);
            }
            return;
        }
        match value.get_ref() {
            DeValue::Table(table) => {
                self.holder = key.start;
                self.table(table, rest);
            }
            DeValue::Array(list) => {
                let which = self.place.which;
                for item in list.iter().filter(|item| leads_on(which, item.get_ref())) {
                    self.value(item.span(), item, rest);
                }
            }
            _ => {}
        }
    }

    fn is_wanted(&self, value: &DeValue<'_>) -> bool {
        match self.place.which {
            Which::Only | Which::Inside(_) => true,
            Which::Saying(text) | Which::SecondSaying(text) => says(value, text),
            Which::Empty => matches!(value, DeValue::Array(list) if list.is_empty()),
        }
    }
}

fn leads_on(which: Which<'_>, item: &DeValue<'_>) -> bool {
    match (which, item) {
        (Which::Inside(id), DeValue::Table(table)) => table.get("id").is_some_and(|own| says(own.get_ref(), id)),
        _ => true,
    }
}

fn says(value: &DeValue<'_>, text: &str) -> bool {
    match value {
        DeValue::String(found) => found.as_ref() == text,
        DeValue::Array(list) => list.iter().any(|item| says(item.get_ref(), text)),
        DeValue::Table(table) => table.values().any(|item| says(item.get_ref(), text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "id = \"a\"\n\n[one]\ntwo = 2\n[one.deep]\nthree = []\n\n[[many]]\nid = \"x\"\nsays = [\"u\", \"v\"]\n\n\
                        [[many]]\nid = \"y\"\nsays = [\n  \"v\",\n]\n";

    #[test]
    fn each_place_has_its_line() {
        let cases = [
            ("id", Which::Only, 1),
            ("one.two", Which::Only, 4),
            ("one.deep.three", Which::Empty, 6),
            ("many.id", Which::Saying("y"), 13),
            ("many.says", Which::Saying("u"), 10),
            ("many.says", Which::SecondSaying("v"), 14),
            ("many.says", Which::Inside("y"), 14),
        ];
        for (field, which, expected) in cases {
            assert_eq!(line(TEXT, FieldLocation { field, which }), expected, "{field}: {which:?}");
        }
    }

    #[test]
    fn what_is_left_out_is_shown_where_it_would_stand() {
        assert_eq!(line(TEXT, FieldLocation { field: "one.none", which: Which::Only }), 3);
        assert_eq!(line(TEXT, FieldLocation { field: "none", which: Which::Only }), 1);
    }
}
