//! Tests the bounds of a profile's numbers, and the other reasons for which it is refused, at the limit of each rule.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use inkan_profile::{
    CertificateName, ContractNumber, EntranceId, Inconsistency, LocalText, PasswordRule, Profile, TimeOfDay,
};

/// Returns the profile as the bank publishes it. The sample people would contradict some of the values that are set
/// here.
fn okmate() -> Profile {
    Profile::from_toml(include_str!("../../../profiles/okmate.toml")).unwrap().published()
}

fn keiyaku() -> Profile {
    Profile::from_toml(include_str!("../../../profiles/keiyaku.toml")).unwrap().published()
}

fn text(words: &str) -> LocalText {
    LocalText { ja: words.into(), en: words.into() }
}

fn of_length(min: u32, max: u32) -> Option<PasswordRule> {
    let login = okmate().passwords.login;
    Some(PasswordRule { min, max, ..login })
}

/// A field, the function that sets it in a profile, and its two bounds, which are both allowed.
type Bounds = (&'static str, fn(&mut Profile, u32), u32, u32);

const BOUNDS: [Bounds; 19] = [
    ("session_idle_minutes", |p, n| p.session_idle_minutes = n, 1, 1440),
    ("certificate.validity_days", |p, n| (p.certificate.validity_days, p.certificate.renewal_days) = (n, 0), 1, 3660),
    ("certificate.renewal_days", |p, n| p.certificate.renewal_days = n, 0, 365),
    ("certificate.enrolment_code_minutes", |p, n| p.certificate.enrolment_code_minutes = n, 1, 10_080),
    ("certificate.acquisition_days", |p, n| p.certificate.acquisition_days = n, 0, 366),
    ("certificate.grace_days", |p, n| p.certificate.grace_days = n, 0, 366),
    ("certificate.cooldown_hours", |p, n| p.certificate.cooldown_hours = n, 0, 744),
    ("passwords.failures_until_lock", |p, n| p.passwords.failures_until_lock = n, 1, 100),
    ("passwords.login.min", |p, n| p.passwords.login.min = n, 1, 12),
    ("passwords.confirmation.min", |p, n| p.passwords.confirmation.min = n, 1, 12),
    ("passwords.approval.min", |p, n| p.passwords.approval = of_length(n, 10), 1, 10),
    ("passwords.transfer.min", |p, n| p.passwords.transfer = of_length(n, 10), 1, 10),
    (
        "contract_number.digits",
        |p, n| p.contract_number = Some(ContractNumber { name: text("ID"), digits: n, place: None }),
        1,
        20,
    ),
    ("token.step_seconds", |p, n| p.token.step_seconds = n, 1, 300),
    ("token.digits", |p, n| p.token.digits = n, 6, 8),
    ("token.drift_steps", |p, n| p.token.drift_steps = n, 0, 10),
    ("token.resync_steps", |p, n| p.token.resync_steps = n, 1, 1440),
    ("token.failures_until_lock", |p, n| p.token.failures_until_lock = n, 1, 100),
    ("token.wait.minutes", |p, n| p.token.wait.as_mut().unwrap().minutes = n, 0, 1440),
];

#[test]
fn each_number_is_taken_up_to_its_bounds_and_no_further() {
    for (field, set, min, max) in BOUNDS {
        let checked = |value| {
            let mut profile = okmate();
            set(&mut profile, value);
            profile.check()
        };
        for value in [min, max] {
            assert_eq!(checked(value), Ok(()), "{field} = {value}");
        }
        for value in min.checked_sub(1).into_iter().chain([max + 1]) {
            let refused = Inconsistency::OutOfBounds { field, value, min, max };
            assert_eq!(checked(value), Err(refused), "{field} = {value}");
        }
    }
}

#[test]
fn an_id_is_a_short_name() {
    let checked = |id: &str| Profile { id: id.into(), ..okmate() }.check();
    for id in ["a", "z", "0", "9", "-", "a-1"] {
        assert_eq!(checked(id), Ok(()), "{id:?}");
    }
    for id in ["", "A", "a b", "a_b", "あ", "a\n"] {
        assert_eq!(checked(id), Err(Inconsistency::Id(id.into())), "{id:?}");
    }
}

#[test]
fn lists_that_must_hold_something_are_refused_empty() {
    assert_eq!(Profile { roles: Vec::new(), ..okmate() }.check(), Err(Inconsistency::Empty("roles")));
    assert_eq!(Profile { entrances: Vec::new(), ..okmate() }.check(), Err(Inconsistency::Empty("entrances")));
}

#[test]
fn s2_7_the_morning_lies_between_two_nights() {
    let checked = |from: &str, to: &str, morning: &str| {
        let mut profile = okmate();
        let wait = profile.token.wait.as_mut().unwrap();
        let at = |text: &str| -> TimeOfDay { text.parse().unwrap() };
        (wait.night_from, wait.night_to, wait.morning) = (at(from), at(to), at(morning));
        profile.check()
    };
    for (from, to, morning) in [
        ("20:50", "08:10", "08:11"),
        ("20:50", "08:10", "20:49"),
        ("01:00", "01:00", "01:01"),
        ("01:00", "05:00", "23:59"),
    ] {
        assert_eq!(checked(from, to, morning), Ok(()), "{from} {to} {morning}");
    }
    for (from, to, morning) in [("20:50", "08:10", "08:10"), ("20:50", "08:10", "20:50"), ("01:00", "05:00", "05:00")] {
        assert_eq!(checked(from, to, morning), Err(Inconsistency::TokenNight), "{from} {to} {morning}");
    }
}

#[test]
fn s1_2_s3_15_a_certificate_name_holds_each_part_at_most_once_and_the_contract_number_only_if_there_is_one() {
    let named = |profile: Profile, name: &str| {
        let mut profile = profile;
        profile.certificate.name = CertificateName(name.into());
        profile.check()
    };
    for name in ["{user}", "{user} 1635", "{contract} {user}", "{contract} 1635"] {
        assert_eq!(named(keiyaku(), name), Ok(()), "{name}");
    }
    let refused = |name: &str| Err(Inconsistency::CertificateName { field: "certificate.name", name: name.into() });
    for name in [
        "",
        "1635",
        "{user} {user}",
        "{contract} {contract}",
        "{contract} {user} {user}",
        "{contract} {contract} {user}",
    ] {
        assert_eq!(named(keiyaku(), name), refused(name), "{name}");
    }
    assert_eq!(named(okmate(), "{user} 1635"), Ok(()));
    for name in ["{contract}", "{contract} {user}", "{user} {user}"] {
        assert_eq!(named(okmate(), name), refused(name), "the bank has no contract numbers: {name}");
    }
}

#[test]
fn s3_18_an_entrance_is_found_by_its_name_and_the_first_without_one() {
    let profile = keiyaku();
    let found = |id: Option<&str>| {
        let id = id.map(|id| EntranceId(id.into()));
        profile.entrance(id.as_ref()).map(|entrance| entrance.id.0.as_str())
    };
    assert_eq!(found(None), Some("users"));
    assert_eq!(found(Some("users")), Some("users"));
    assert_eq!(found(Some("administrators")), Some("administrators"));
    assert_eq!(found(Some("nobody")), None);
}
