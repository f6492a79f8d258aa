use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::CertificateName;
use crate::moment::end_of_day;

/// Rules of this bank's certificates: their names, how a user gets one, and how long it is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CertificateRules {
    /// The pattern of the subject's common name (S1-2, S3-15). A role may have its own.
    pub name: CertificateName,
    /// Days from issue to expiry (M1, S3-5).
    pub validity_days: u32,
    /// Days before expiry. A certificate can be renewed from that day on (M1).
    pub renewal_days: u32,
    /// Minutes for which an enrolment code is valid.
    pub enrolment_code_minutes: u32,
    /// Whether a user who holds a certificate may still log in with ID and password (M6).
    pub id_password_beside_certificate: bool,
    /// Whether a user without a valid certificate may acquire one without further permission (S0-7). If not, an
    /// administrator or the branch must issue it first (S3-2, S4-15).
    #[serde(default = "yes")]
    pub self_issue: bool,
    /// Days from the issue to the acquisition deadline (取得期限, M3), which ends with its day. 0 means no deadline.
    #[serde(default)]
    pub acquisition_days: u32,
    /// Days after expiry within which the user may acquire the next certificate without a new issue (M1).
    #[serde(default)]
    pub grace_days: u32,
    /// Whether users whose role has a token need a one-time password to acquire a certificate (S3-9, Q6).
    #[serde(default)]
    pub acquisition_otp: bool,
    /// Hours after a reissue during which the new certificate can log in but change nothing (M7). 0 means that there is
    /// no such time.
    #[serde(default)]
    pub cooldown_hours: u32,
}

impl CertificateRules {
    /// Returns the common name of the certificate of `user` at a bank without contract numbers.
    pub fn common_name(&self, user: &str) -> String {
        self.name.of("", user).trim().to_owned()
    }

    /// Returns the last second at which a certificate issued at `issued` can be acquired: the end of a day in Japan
    /// (M3). Returns none if there is no deadline.
    pub fn acquisition_deadline(&self, issued: OffsetDateTime) -> Option<OffsetDateTime> {
        (self.acquisition_days > 0)
            .then(|| end_of_day(issued.saturating_add(Duration::days(i64::from(self.acquisition_days)))))
    }

    /// Returns the first second at which a certificate that ends at `not_after` can be renewed (M1).
    pub fn renewal_opens(&self, not_after: OffsetDateTime) -> OffsetDateTime {
        not_after.saturating_sub(Duration::days(i64::from(self.renewal_days)))
    }

    /// Returns whether a user whose certificate ended at `not_after` may acquire the next one at `now` without a new
    /// issue (M1).
    pub fn in_grace(&self, not_after: OffsetDateTime, now: OffsetDateTime) -> bool {
        now > not_after && now <= not_after.saturating_add(Duration::days(i64::from(self.grace_days)))
    }

    /// Returns the time until which a reissued certificate that was acquired at `acquired` may change nothing (M7).
    /// Returns none if that time is over at `now`.
    pub fn cooling_down(&self, acquired: OffsetDateTime, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let until = acquired.saturating_add(Duration::hours(i64::from(self.cooldown_hours)));
        (now < until).then_some(until)
    }
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn rules() -> CertificateRules {
        CertificateRules {
            name: CertificateName("{user}".into()),
            validity_days: 365,
            renewal_days: 30,
            enrolment_code_minutes: 10,
            id_password_beside_certificate: true,
            self_issue: false,
            acquisition_days: 30,
            grace_days: 80,
            acquisition_otp: false,
            cooldown_hours: 24,
        }
    }

    #[test]
    fn dates_at_the_end_of_time_and_periods_of_any_length_do_not_overflow() {
        let (last, days) = (datetime!(9999-12-31 23:59:59 UTC), u32::MAX);
        let longest = CertificateRules {
            renewal_days: days,
            acquisition_days: days,
            grace_days: days,
            cooldown_hours: days,
            ..rules()
        };
        for rules in [rules(), longest] {
            for moment in [last, datetime!(0000-01-01 0:00 UTC), datetime!(2026-11-21 10:00 +9)] {
                assert!(rules.renewal_opens(moment) <= moment);
                assert!(rules.acquisition_deadline(moment).is_some());
                assert!(!rules.in_grace(moment, moment));
                assert!(rules.cooling_down(moment, moment).is_none_or(|until| until > moment));
            }
        }
    }

    #[test]
    fn s1_2_the_common_name_of_a_bank_without_contract_numbers_has_no_gap_for_one() {
        let named =
            |name: &str| CertificateRules { name: CertificateName(name.into()), ..rules() }.common_name("hanakodt");
        assert_eq!(named("{user}"), "hanakodt");
        assert_eq!(named("{contract} {user}"), "hanakodt");
    }

    #[test]
    fn m3_s0_7_what_a_profile_leaves_out_of_its_certificates() {
        let okmate = include_str!("../../../profiles/okmate.toml");
        let rules = crate::Profile::from_toml(okmate).unwrap().certificate;
        assert!(rules.self_issue, "S0-7");
        assert!(!rules.acquisition_otp, "Q6");
        assert_eq!((rules.acquisition_days, rules.grace_days, rules.cooldown_hours), (0, 0, 0));
    }

    #[test]
    fn m3_the_deadline_is_the_end_of_a_day_in_japan() {
        let deadline = |issued| rules().acquisition_deadline(issued).unwrap();
        assert_eq!(deadline(datetime!(2026-11-21 10:00 +9)), datetime!(2026-12-21 23:59:59 +9));
        assert_eq!(deadline(datetime!(2026-11-21 16:00 UTC)), datetime!(2026-12-22 23:59:59 +9), "already the 22nd");
        let none = CertificateRules { acquisition_days: 0, ..rules() };
        assert_eq!(none.acquisition_deadline(datetime!(2026-11-21 10:00 +9)), None);
    }

    #[test]
    fn m1_renewal_opens_thirty_days_before_and_grace_ends_eighty_days_after() {
        let end = datetime!(2027-11-21 12:00 +9);
        assert_eq!(rules().renewal_opens(end), datetime!(2027-10-22 12:00 +9));
        assert!(!rules().in_grace(end, end));
        assert!(rules().in_grace(end, end + Duration::SECOND));
        assert!(rules().in_grace(end, end + Duration::days(80)));
        assert!(!rules().in_grace(end, end + Duration::days(80) + Duration::SECOND));
    }

    #[test]
    fn m7_a_reissued_certificate_cools_down() {
        let acquired = datetime!(2026-11-21 12:00 +9);
        let until = datetime!(2026-11-22 12:00 +9);
        assert_eq!(rules().cooling_down(acquired, until - Duration::SECOND), Some(until));
        assert_eq!(rules().cooling_down(acquired, until), None);
        let none = CertificateRules { cooldown_hours: 0, ..rules() };
        assert_eq!(none.cooling_down(acquired, acquired), None);
    }
}
