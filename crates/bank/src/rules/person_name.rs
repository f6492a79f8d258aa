//! Checks the names of users and companies. Certificates, lists and forms show them, so a name must not contain
//! characters that control a terminal, hide text or change its direction.

use std::borrow::Cow;

use inkan_profile::Profile;
use inkan_protocol::{Code, is_name, printable};
use serde_json::Value;

use super::refusal::Refusal;

/// The longest 利用者名, in characters.
const LONGEST: usize = 48;
/// The longest name of a company, in characters.
pub(crate) const LONGEST_COMPANY: usize = 128;
/// The path of the sample notices in a profile.
const NOTICES: &str = ".demo.notices";

/// Checks that a user's name (利用者名) is neither empty nor too long, and has only characters of names
/// ([`is_name`]).
///
/// # Errors
/// [`Code::UserFieldInvalid`].
pub(crate) fn checked_name(name: &str) -> Result<(), Refusal> {
    let invalid = |fault: &str| Refusal::new(Code::UserFieldInvalid).with("fault", fault);
    if !is_within(name, LONGEST) {
        return Err(invalid("name").with("max", LONGEST.to_string()));
    }
    if is_name(name) { Ok(()) } else { Err(invalid("characters").with("field", "name")) }
}

/// Returns whether a text can be the name of a company: as a user's name, and not longer than [`LONGEST_COMPANY`].
pub(crate) fn is_company(name: &str) -> bool {
    is_within(name, LONGEST_COMPANY) && is_name(name)
}

fn is_within(name: &str, longest: usize) -> bool {
    !name.trim().is_empty() && name.chars().count() <= longest
}

/// Returns whether a text has no control characters and no characters that hide text or change its direction.
fn is_plain(text: &str) -> bool {
    matches!(printable(text), Cow::Borrowed(_))
}

/// Returns the path of the first field of a profile whose text is not plain, if there is one. The texts of a notice may
/// have several lines.
///
/// # Errors
/// The profile cannot be serialized.
pub(crate) fn not_plain_in(profile: &Profile) -> Result<Option<String>, serde_json::Error> {
    Ok(not_plain(&serde_json::to_value(profile)?, ""))
}

fn not_plain(value: &Value, path: &str) -> Option<String> {
    match value {
        Value::String(text) if path.starts_with(NOTICES) => {
            text.lines().any(|line| !is_plain(line)).then(|| path.into())
        }
        Value::String(text) => (!is_plain(text)).then(|| path.into()),
        Value::Array(values) => {
            values.iter().enumerate().find_map(|(at, one)| not_plain(one, &format!("{path}[{at}]")))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, one)| match is_plain(name) {
            true => not_plain(one, &format!("{path}.{name}")),
            false => Some(path.into()),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_can_be_printed_as_it_is() {
        for name in ["ゲータ 花子", "Zoë O’Brien-山田", "髙橋\u{e0100}一郎", "山田　太郎"] {
            assert!(checked_name(name).is_ok(), "{name:?}");
        }
        for wrong in [
            "",
            " ",
            "花\u{1b}[31m子",
            "花\u{202e}子",
            "花\u{2066}子",
            "花\n子",
            "花\u{9b}子",
            "花\u{200b}子",
            "花\0子",
            "花\u{7f}子",
            "花\u{e000}子",
            "花\u{ffff}子",
        ] {
            let refused = checked_name(wrong).unwrap_err();
            assert_eq!(refused.code(), Code::UserFieldInvalid, "{wrong:?}");
        }
        assert!(checked_name(&"印".repeat(LONGEST)).is_ok());
        assert!(checked_name(&"印".repeat(LONGEST + 1)).is_err());
        assert!(checked_name(&format!("印{}", " ".repeat(LONGEST))).is_err(), "blanks count");
        assert!(is_company(&"印".repeat(LONGEST_COMPANY)) && !is_company(&"印".repeat(LONGEST_COMPANY + 1)));
        assert!(!is_company("　") && !is_company("株式会社\u{202e}"));
    }

    #[test]
    fn the_place_of_a_text_in_a_profile_is_named_and_its_value_is_not() {
        let text = include_str!("../../../../profiles/okmate.toml");
        let mut profile = Profile::from_toml(text).unwrap();
        assert_eq!(not_plain_in(&profile).unwrap(), None);
        let demo = profile.demo.as_mut().unwrap();
        demo.notices[0].body.ja = "一行目\n二行目".to_owned();
        demo.company = "大東商事\u{202e}株式会社".to_owned();
        assert_eq!(not_plain_in(&profile).unwrap().as_deref(), Some(".demo.company"));
        let demo = profile.demo.as_mut().unwrap();
        demo.company = "大東商事\n株式会社".to_owned();
        assert_eq!(not_plain_in(&profile).unwrap().as_deref(), Some(".demo.company"), "a name has one line");
        let demo = profile.demo.as_mut().unwrap();
        demo.company = "大東商事株式会社".to_owned();
        demo.users[1].name = "花\u{200b}子".to_owned();
        assert_eq!(not_plain_in(&profile).unwrap().as_deref(), Some(".demo.users[1].name"));
        let demo = profile.demo.as_mut().unwrap();
        demo.users[1].name = "花子".to_owned();
        demo.notices[0].body.ja = "一行目\n二\u{202e}行目".to_owned();
        assert_eq!(not_plain_in(&profile).unwrap().as_deref(), Some(".demo.notices[0].body.ja"));
        profile.demo = None;
        profile.name.en = "Bank\u{1b}[2J".to_owned();
        assert_eq!(not_plain_in(&profile).unwrap().as_deref(), Some(".name.en"));
    }
}
