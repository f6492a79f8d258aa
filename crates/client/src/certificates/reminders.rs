use std::collections::BTreeMap;

use inkan_store::CertificateId;
use serde::Serialize;

use crate::{CertificateRow, DataFile, Error, Home, Inkan};

const FILE: &str = "reminders.json";
/// The numbers of days before the end at which a user is reminded, once for each.
const THRESHOLDS: [i32; 4] = [30, 10, 3, 1];
/// The greatest number of announcements at a time. If there are more reminders, the last announcement gives the number
/// of the rest.
const FEW: usize = 3;

/// A certificate that expires soon. The user must renew it, or acquire the next one, before it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Reminder {
    /// The certificate.
    pub certificate: CertificateRow,
    /// The smallest of 30, 10, 3 and 1 days that the certificate has reached.
    pub threshold: i32,
}

/// The content of one announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announcement<'a> {
    /// One certificate.
    One(&'a Reminder),
    /// The number of further certificates, which expire later.
    More(usize),
}

/// The reminders that were announced: the smallest threshold in days, by certificate.
type ReachedThresholds = BTreeMap<CertificateId, i32>;

impl Inkan {
    /// Returns the certificates that expire soon, the first to expire on top. Only certificates that can be used are
    /// included. The end of any other certificate does not matter to the user.
    ///
    /// # Errors
    /// The errors of [`Self::certificates`].
    pub fn reminders(&self) -> Result<Vec<Reminder>, Error> {
        Ok(reached(self.certificates(None)?))
    }

    /// Announces by `tell` each reminder that was not yet announced at its threshold. If `tell` returns that the user
    /// was reached, the announcement is saved at once.
    ///
    /// # Errors
    /// The errors of [`Self::certificates`].
    pub fn remind(&self, tell: impl FnMut(Announcement<'_>) -> bool) -> Result<(), Error> {
        Ok(tell_once(&self.home, &self.reminders()?, tell)?)
    }
}

fn tell_once(home: &Home, due: &[Reminder], mut tell: impl FnMut(Announcement<'_>) -> bool) -> Result<(), DataFile> {
    let told: ReachedThresholds = home.read(FILE)?.unwrap_or_default();
    let is_untold = |reminder: &&Reminder| {
        told.get(&reminder.certificate.id).is_none_or(|threshold| reminder.threshold < *threshold)
    };
    let untold: Vec<&Reminder> = due.iter().filter(is_untold).collect();
    let (first, rest) = untold.split_at(if untold.len() > FEW { FEW - 1 } else { untold.len() });
    let one_by_one = first.chunks(1).map(|one| (Announcement::One(one[0]), one));
    let together = (!rest.is_empty()).then_some((Announcement::More(rest.len()), rest));
    for (announcement, reminders) in one_by_one.chain(together) {
        if tell(announcement) {
            let reached = |reminder: &&Reminder| (reminder.certificate.id.clone(), reminder.threshold);
            home.change(FILE, |told: &mut ReachedThresholds| {
                // Entries of certificates that were renewed or deleted are removed.
                told.retain(|id, _| due.iter().any(|reminder| reminder.certificate.id == *id));
                told.extend(reminders.iter().map(reached));
            })?;
        }
    }
    Ok(())
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
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::certificates::tests::test_client::{Ca, TestClient};
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
            key_kind: "EC P-256".into(),
            renewable: false,
            reissued_by: None,
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

    #[test]
    fn m1_each_threshold_is_told_once_over_days_and_restarts() {
        let directory = tempfile::tempdir().unwrap();
        let mut told = Vec::new();
        for days in (-1..=40).rev() {
            // Called at the start, and again while the program runs.
            for _ in 0..2 {
                let due = reached(vec![row("tanaka", days)]);
                tell_once(&Home::at(directory.path()), &due, |_| {
                    told.push(days);
                    true
                })
                .unwrap();
            }
        }
        assert_eq!(told, [30, 10, 3, 1]);
    }

    #[test]
    fn what_reached_nobody_is_told_again_and_a_new_certificate_by_itself() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let tell = |names: &[(&str, i32)], reaches: bool| {
            let mut told = Vec::new();
            let due = reached(names.iter().map(|(name, days)| row(name, *days)).collect());
            tell_once(&home, &due, |announcement| {
                told.push(match announcement {
                    Announcement::One(reminder) => reminder.certificate.name.clone(),
                    Announcement::More(count) => format!("{count} more"),
                });
                reaches
            })
            .unwrap();
            told
        };
        assert_eq!(tell(&[("tanaka", 9)], false), ["tanaka"]);
        assert_eq!(tell(&[("tanaka", 9)], true), ["tanaka"]);
        assert_eq!(tell(&[("tanaka", 9), ("suzuki", 2)], true), ["suzuki"]);
        assert_eq!(tell(&[("tanaka", 9), ("suzuki", 2)], true), [] as [&str; 0]);
    }

    #[test]
    fn m1_the_certificates_of_the_store_are_announced_until_a_person_was_reached() {
        let ca = Ca::root("Bank CA");
        let (soon, later) = (ca.issue("soon", (100, 2)), ca.issue("later", (100, 60)));
        let client = TestClient::with(&ca, &[&soon, &later]);
        let due = client.reminders().unwrap();
        assert_eq!(due.iter().map(|one| (&one.certificate.id, one.threshold)).collect::<Vec<_>>(), [(&soon.id, 3)]);
        let remind = |reached: bool| {
            let mut count = 0;
            let announce = |_: Announcement<'_>| {
                count += 1;
                reached
            };
            client.remind(announce).unwrap();
            count
        };
        assert_eq!((remind(false), remind(true), remind(true)), (1, 1, 0));
    }

    #[test]
    fn what_was_announced_of_a_certificate_that_is_gone_is_forgotten() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        for name in ["tanaka", "suzuki"] {
            tell_once(&home, &reached(vec![row(name, 2)]), |_| true).unwrap();
        }
        let told: ReachedThresholds = home.read(FILE).unwrap().unwrap();
        assert_eq!(told.into_keys().map(|id| id.0).collect::<Vec<_>>(), ["suzuki"]);
    }

    #[test]
    fn m1_of_many_the_last_to_end_are_told_together() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let tell = |days: &[i32]| {
            let mut told = Vec::new();
            let due = reached(days.iter().map(|days| row(&format!("in {days}"), *days)).collect());
            tell_once(&home, &due, |announcement| {
                told.push(match announcement {
                    Announcement::One(reminder) => reminder.certificate.name.clone(),
                    Announcement::More(count) => format!("{count} more"),
                });
                true
            })
            .unwrap();
            told
        };
        assert_eq!(tell(&[29, 12, 5]), ["in 5", "in 12", "in 29"]);
        assert_eq!(tell(&[29, 12, 5]), [] as [&str; 0]);
        assert_eq!(tell(&[29, 12, 5, 28, 2, 27, 26]), ["in 2", "in 26", "2 more"]);
        assert_eq!(tell(&[29, 12, 5, 28, 2, 27, 26]), [] as [&str; 0]);
    }
}
