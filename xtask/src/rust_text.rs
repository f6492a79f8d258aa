//! Splits Rust source into code, comments and string literals. It knows only the part of the grammar that the checks
//! need.

/// The kind of a piece of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Code, which is everything else.
    Code,
    /// A comment: `//` to the end of the line, or `/* … */`.
    Comment,
    /// A string literal, or a character literal that looks like the beginning of one.
    Text,
}

/// Returns the pieces in their order. Together they are the source.
pub(crate) fn pieces(source: &str) -> Vec<(Kind, &str)> {
    let mut pieces = Vec::new();
    let (mut begun, mut at) = (0, 0);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let found = comment(rest).map(|length| (Kind::Comment, length));
        let text = || raw_string(rest).or_else(|| string(rest)).or_else(|| character(rest));
        match found.or_else(|| text().map(|length| (Kind::Text, length))) {
            None => at += first.len_utf8(),
            Some((kind, length)) => {
                if begun < at {
                    pieces.push((Kind::Code, &source[begun..at]));
                }
                pieces.push((kind, &rest[..length]));
                at += length;
                begun = at;
            }
        }
    }
    if begun < at {
        pieces.push((Kind::Code, &source[begun..at]));
    }
    pieces
}

/// Returns the body of each `#[cfg(test)] mod …`, and the line in which it begins, counted from 0. The source must be
/// formatted by rustfmt.
pub(crate) fn test_modules(source: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(begin) = source[from..].find("#[cfg(test)]\nmod ").map(|at| from + at) {
        let length = source[begin..].find("\n}\n").unwrap_or(source.len() - begin);
        found.push((source[..begin].matches('\n').count(), &source[begin..begin + length]));
        from = begin + length;
    }
    found
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*").then(|| rest.find("*/").map_or(rest.len(), |end| end + 2))
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest.strip_prefix('r')?.chars().take_while(|c| *c == '#').count();
    let body = rest.get(1 + hashes..)?.strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(2 + hashes + body.find(&close).map_or(body.len(), |end| end + close.len()))
}

fn string(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('"')?;
    let mut escaped = false;
    let end = body.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    Some(end.map_or(rest.len(), |end| end + 2))
}

/// Returns the length of a character literal that looks like the beginning of a string.
fn character(rest: &str) -> Option<usize> {
    ["'\"'", "'\\\"'", "b'\"'"].iter().find(|literal| rest.starts_with(**literal)).map(|literal| literal.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_is_taken_apart_and_nothing_is_lost() {
        let source = "a // b \"c\"\n\"d // \\\" e\" /* f */ r#\"g \" h\"# '\"' i";
        let pieces = pieces(source);
        assert_eq!(pieces.iter().map(|(_, piece)| *piece).collect::<String>(), source);
        let of = |kind| pieces.iter().filter(|(found, _)| *found == kind).map(|(_, piece)| *piece).collect::<Vec<_>>();
        assert_eq!(of(Kind::Comment), ["// b \"c\"", "/* f */"]);
        assert_eq!(of(Kind::Text), ["\"d // \\\" e\"", "r#\"g \" h\"#", "'\"'"]);
        assert_eq!(of(Kind::Code), ["a ", "\n", " ", " ", " ", " i"]);
    }

    #[test]
    fn the_tests_of_a_file_are_found() {
        let source = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {\n    }\n}\n\nfn c() {}\n";
        assert_eq!(test_modules(source), [(2, "#[cfg(test)]\nmod tests {\n    fn b() {\n    }")]);
        assert_eq!(test_modules("fn a() {}\n"), []);
    }
}
