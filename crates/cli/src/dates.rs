use inkan_client::protocol::Language;
use time::macros::{format_description, offset};
use time::{OffsetDateTime, UtcOffset};

/// Japan has had one offset since 1951.
const TOKYO: UtcOffset = offset!(+9);

/// A moment as people at a Japanese bank write it, in Tokyo's time.
pub(crate) fn moment(at: OffsetDateTime, language: Language) -> String {
    let at = at.to_offset(TOKYO);
    let written = match language {
        Language::Ja => at.format(format_description!("[year]年[month]月[day]日 [hour]:[minute]")),
        Language::En => at.format(format_description!("[day padding:none] [month repr:short] [year] [hour]:[minute]")),
    };
    written.unwrap_or_else(|_| at.to_string())
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
    }
}
