//! Turns the parameters of a text into values for Fluent, in one place for all texts: dates as banks print them, numbers
//! with their plural and with separated thousands.

use fluent_bundle::FluentValue;

use crate::printable::printable;
use crate::{Language, date_text};

/// The parameters that are dates. A parameter with another name can be a name that looks like a date.
const DATES: [&str; 14] =
    ["again", "at", "begun", "date", "from", "here", "issued", "now", "on", "since", "there", "today", "until", "used"];

/// The parameters that are numbers of things, days, characters or yen.
const NUMBERS: [&str; 15] = [
    "alarm",
    "amount",
    "change",
    "count",
    "days",
    "digits",
    "exceptions",
    "iterations",
    "length",
    "limit",
    "max",
    "min",
    "minutes",
    "most",
    "of",
];

/// Returns the parameter `name` for Fluent.
pub(crate) fn value<'a>(name: &str, text: &'a str, language: Language) -> FluentValue<'a> {
    if DATES.contains(&name)
        && let Some(date) = date_text::of_parameter(text, language)
    {
        return date.into();
    }
    match text.parse::<u64>() {
        // Fluent in Rust does not separate thousands. The plural rule needs the number only for small numbers.
        Ok(number) if NUMBERS.contains(&name) && number >= 1000 => thousands(number).into(),
        Ok(number) if NUMBERS.contains(&name) => number.into(),
        _ => printable(text).into(),
    }
}

/// Returns a number with a comma between each three digits.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Catalogue;

    fn text(language: Language, message: &str, name: &str, value: &str) -> String {
        let params = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        Catalogue::new(language, &format!("message = {message}")).text("message", &params)
    }

    #[test]
    fn an_amount_has_separated_thousands() {
        for (amount, written) in [("0", "0"), ("999", "999"), ("1000", "1,000"), ("3480000", "3,480,000")] {
            assert_eq!(text(Language::Ja, "{ $amount }円", "amount", amount), format!("{written}円"));
        }
        assert_eq!(text(Language::En, "{ $user }", "user", "3480000"), "3480000", "a name stays");
    }

    #[test]
    fn a_date_is_written_in_the_language_of_the_text() {
        assert_eq!(text(Language::Ja, "{ $until }まで", "until", "2027-10-28 12:00"), "2027年10月28日 12:00まで");
        assert_eq!(text(Language::En, "until { $until }", "until", "2027-10-28"), "until 28 Oct 2027");
        assert_eq!(text(Language::Ja, "{ $user }", "user", "2027-10-28"), "2027-10-28", "a name stays");
    }

    #[test]
    fn a_number_chooses_its_plural() {
        let message = "{ $max ->\n    [one] 1 character\n   *[other] { $max } characters\n}";
        assert_eq!(text(Language::En, message, "max", "1"), "1 character");
        assert_eq!(text(Language::En, message, "max", "12"), "12 characters");
        assert_eq!(text(Language::En, message, "max", "8388608"), "8,388,608 characters");
    }
}
