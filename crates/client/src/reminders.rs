use serde::Serialize;
use specta::Type;

use crate::{CertificateRow, Error, Inkan};

/// Days before the end at which a person is told.
const THRESHOLDS: [i32; 4] = [30, 10, 3, 1];

/// A certificate that ends soon, and is to be renewed or acquired again before it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Reminder {
    /// Which.
    pub certificate: CertificateRow,
    /// The number of days, of 30, 10, 3 and 1, that are reached.
    pub threshold: i32,
}

impl Inkan {
    /// The certificates that end soon, the first to end on top. Only such as can be used: one that is superseded, of no
    /// bank here, or without its key is nobody's loss.
    ///
    /// # Errors
    /// As [`Self::certificates`].
    pub fn reminders(&self) -> Result<Vec<Reminder>, Error> {
        Ok(reached(self.certificates(None)?))
    }
}

fn reached(rows: Vec<CertificateRow>) -> Vec<Reminder> {
    let mut reminders: Vec<Reminder> = rows.into_iter().filter_map(reminder).collect();
    reminders.sort_by_key(|reminder| reminder.certificate.not_after);
    reminders
}

fn reminder(certificate: CertificateRow) -> Option<Reminder> {
    let threshold = THRESHOLDS.into_iter().filter(|days| certificate.days_left <= *days).min()?;
    (certificate.usable && certificate.days_left >= 0).then_some(Reminder { certificate, threshold })
}

#[cfg(test)]
mod tests {
    use inkan_store::CertificateId;
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::{CertificateKey, Reason};

    fn row(id: &str, days_left: i32) -> CertificateRow {
        let now = OffsetDateTime::UNIX_EPOCH;
        CertificateRow {
            id: CertificateId(id.into()),
            name: id.into(),
            person: None,
            organisation: None,
            subject: String::new(),
            issuer: String::new(),
            serial: String::new(),
            not_before: now,
            not_after: now + Duration::days(days_left.into()),
            fingerprint_sha256: id.into(),
            key: CertificateKey { algorithm: "EC".into(), bits: 256, protection: None },
            renewable: false,
            bank: Some("okmate".into()),
            site: None,
            usable: true,
            reasons: Vec::new(),
            days_left,
            last_used: false,
        }
    }

    fn threshold(days_left: i32) -> Option<i32> {
        reminder(row("a", days_left)).map(|reminder| reminder.threshold)
    }

    #[test]
    fn m1_people_are_told_at_30_10_3_and_1_days() {
        let expected = [
            (400, None),
            (31, None),
            (30, Some(30)),
            (11, Some(30)),
            (10, Some(10)),
            (4, Some(10)),
            (3, Some(3)),
            (2, Some(3)),
            (1, Some(1)),
            (0, Some(1)),
            (-1, None),
        ];
        for (days, told) in expected {
            assert_eq!(threshold(days), told, "{days}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_nobodys_loss() {
        for reason in [Reason::Superseded, Reason::NotOfThisBank, Reason::KeyMissing, Reason::Revoked] {
            let useless = CertificateRow { usable: false, reasons: vec![reason], ..row("a", 3) };
            assert_eq!(reminder(useless), None, "{reason:?}");
        }
    }

    #[test]
    fn the_first_to_end_comes_first() {
        let names = reached(vec![row("later", 9), row("far", 200), row("soon", 2)]).into_iter();
        assert_eq!(names.map(|one| one.certificate.name).collect::<Vec<_>>(), ["soon", "later"]);
    }
}
