use inkan_client::profile::Moment;
use inkan_client::protocol::{Language, minute_text};
use time::OffsetDateTime;

use crate::words::Words;

/// Returns the end of a certificate. The date that means "no end" (RFC 5280 §4.1.2.5) is shown in words.
pub(crate) fn end(at: OffsetDateTime, words: &Words) -> String {
    if at.has_no_end() { words.text("no-end") } else { moment(at, words.language()) }
}

/// Returns a moment in Tokyo's time, in the notation of a Japanese bank.
pub(crate) fn moment(at: OffsetDateTime, language: Language) -> String {
    minute_text(at, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn it_is_tokyo_time_wherever_the_host_is() {
        let at = datetime!(2026-11-20 23:52:00 UTC);
        assert_eq!(moment(at, Language::Ja), "2026年11月21日 08:52");
        assert_eq!(moment(at, Language::En), "21 Nov 2026 08:52");
        let last = datetime!(9999-12-31 23:59:59 UTC);
        assert_eq!(moment(last, Language::Ja), "9999年12月31日 23:59");
    }

    #[test]
    fn a_certificate_without_an_end_says_so() {
        let end = |at, language| end(at, &Words::of(language));
        let last = datetime!(9999-12-31 23:59:59 UTC);
        assert_eq!(end(last, Language::Ja), "9999年12月31日（期限なし）");
        assert_eq!(end(last, Language::En), "31 Dec 9999 (no end)");
        assert_eq!(end(datetime!(2026-11-20 23:52:00 UTC), Language::En), "21 Nov 2026 08:52");
    }
}
