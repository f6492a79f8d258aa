use serde::Serialize;
use thiserror::Error;

use super::record::{BEGINNING, Record};
use super::signed_head::SignedHeads;

/// The verified part of an audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditHead {
    /// The first record's number; 0 of an empty log.
    pub first: u64,
    /// The last record's number; 0 of an empty log.
    pub sequence: u64,
    /// The last record's hash. If it is noted elsewhere, a log whose end was cut off later can be recognised.
    pub hash: String,
    /// The number of heads that the bank signed earlier and that are in the log.
    pub signed_heads: usize,
}

/// Why an audit log is broken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AuditFault {
    /// The next number is missing.
    #[error("record {0} is missing")]
    Missing(u64),
    /// A record does not match its hash, so it was changed.
    #[error("record {0} has been altered")]
    Altered(u64),
    /// A record does not follow the one before it.
    #[error("record {0} does not follow the one before it")]
    Unlinked(u64),
    /// A record's number is below 1. The bank writes no such record.
    #[error("record {0} is not one of the log, whose numbers begin with 1")]
    Foreign(i64),
    /// The bank signed another record of this number.
    #[error("record {0} is not the one that the bank signed: the log was written anew")]
    Rewritten(u64),
    /// The log ends before a record that the bank signed.
    #[error("the log ends with record {last}, and the bank signed record {signed}: the end was cut off")]
    CutOff {
        /// The number of the last record.
        last: u64,
        /// The number of the last record that the bank signed.
        signed: u64,
    },
    /// A line of the file of signed heads is not a head that this bank's CA signed.
    #[error("line {0} of the signed heads is not signed by this bank")]
    UnsignedHead(u64),
    /// The noted hash is not in the log, so the end of the log was cut off, or the whole log was written anew.
    #[error("the noted head is not in the log, which ends with record {0}")]
    HeadMissing(u64),
}

/// Verifies a chain record by record.
#[derive(Debug)]
pub(crate) struct Chain<'a> {
    first: u64,
    last: u64,
    hash: Option<String>,
    noted: Option<&'a str>,
    signed: SignedHeads,
    found: usize,
}

impl<'a> Chain<'a> {
    /// Starts at the first record. If a head was noted, the chain must reach it.
    pub(crate) fn whole(noted: Option<&'a str>) -> Self {
        Self { first: 0, last: 0, hash: Some(BEGINNING.to_owned()), noted, signed: SignedHeads::new(), found: 0 }
    }

    /// Starts at any record. The link of that record to the one before it is not checked.
    pub(crate) fn part(noted: Option<&'a str>) -> Self {
        Self { hash: None, ..Self::whole(noted) }
    }

    /// Demands that the heads that the bank signed are in the chain.
    #[must_use]
    pub(crate) fn with_signed(self, signed: SignedHeads) -> Self {
        Self { signed, ..self }
    }

    /// Checks the next record.
    pub(crate) fn follow(&mut self, record: &Record) -> Result<(), AuditFault> {
        let sequence = record.sequence;
        match &self.hash {
            Some(_) if sequence.saturating_sub(1) > self.last => return Err(AuditFault::Missing(self.last + 1)),
            Some(hash) if sequence <= self.last || *hash != record.previous => {
                return Err(AuditFault::Unlinked(sequence));
            }
            // The first record of all has nothing to be taken from elsewhere.
            None if sequence == 0 || (sequence == 1 && record.previous != BEGINNING) => {
                return Err(AuditFault::Unlinked(sequence));
            }
            _ => {}
        }
        if record.computed() != record.hash {
            return Err(AuditFault::Altered(sequence));
        }
        match self.signed.remove(&sequence) {
            Some(signed) if signed != record.hash => return Err(AuditFault::Rewritten(sequence)),
            Some(_) => self.found += 1,
            None => {}
        }
        if self.first == 0 {
            self.first = sequence;
        }
        self.last = sequence;
        self.noted = self.noted.filter(|noted| !noted.eq_ignore_ascii_case(&record.hash));
        self.hash = Some(record.hash.clone());
        Ok(())
    }

    /// Returns the head after the last record.
    pub(crate) fn end(self) -> Result<AuditHead, AuditFault> {
        let hash = self.hash.unwrap_or_else(|| BEGINNING.to_owned());
        // Heads before the first record of a part are not looked for.
        if let Some((&signed, _)) = self.signed.last_key_value().filter(|(signed, _)| **signed > self.last) {
            return Err(AuditFault::CutOff { last: self.last, signed });
        }
        match self.noted {
            Some(noted) if noted != hash => Err(AuditFault::HeadMissing(self.last)),
            _ => Ok(AuditHead { first: self.first, sequence: self.last, hash, signed_heads: self.found }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    fn records() -> Vec<Record> {
        let mut previous = BEGINNING.to_owned();
        (1..=5)
            .map(|sequence| {
                let event = RawValue::from_string(format!(r#"{{"act":"session_ended","n":{sequence}}}"#)).unwrap();
                let at = "2026-11-21T00:00:00Z".to_owned();
                let mut record = Record { sequence, at, event, previous: previous.clone(), hash: String::new() };
                record.hash = record.computed();
                previous = record.hash.clone();
                record
            })
            .collect()
    }

    fn follow(mut chain: Chain<'_>, records: &[Record]) -> Result<AuditHead, AuditFault> {
        records.iter().try_for_each(|record| chain.follow(record))?;
        chain.end()
    }

    #[test]
    fn a_log_that_nobody_touched_holds_together_whole_and_in_part() {
        let records = records();
        let head = follow(Chain::whole(None), &records).unwrap();
        assert_eq!((head.first, head.sequence, &head.hash), (1, 5, &records[4].hash));
        assert_eq!(follow(Chain::part(None), &records[2..]).unwrap().first, 3);
        // A head noted earlier is in a log that has grown since.
        assert!(follow(Chain::whole(Some(&records[2].hash)), &records).is_ok());
        assert_eq!(follow(Chain::whole(None), &[]).unwrap().sequence, 0);
    }

    #[test]
    fn each_change_is_told_by_its_number() {
        let whole = |records: &[Record]| follow(Chain::whole(None), records).unwrap_err();
        let mut altered = records();
        altered[2].event = RawValue::from_string("{}".to_owned()).unwrap();
        assert_eq!(whole(&altered), AuditFault::Altered(3));
        // A record with a new hash does not fit the record after it.
        altered[2].hash = altered[2].computed();
        assert_eq!(whole(&altered), AuditFault::Unlinked(4));
        let mut moved = records();
        moved[1].at = "2026-11-20T00:00:00Z".to_owned();
        assert_eq!(whole(&moved), AuditFault::Altered(2));
        let mut left_out = records();
        left_out.remove(3);
        assert_eq!(whole(&left_out), AuditFault::Missing(4));
        assert_eq!(whole(&records()[1..]), AuditFault::Missing(1));
        let mut twice = records();
        twice.insert(1, twice[0].clone());
        assert_eq!(whole(&twice), AuditFault::Unlinked(1));
    }

    /// The author of a file can compute hashes that fit any number.
    #[test]
    fn nothing_follows_the_last_number_that_there_is() {
        let sealed = |sequence, previous: &str| {
            let mut record = Record { sequence, previous: previous.to_owned(), ..records()[0].clone() };
            record.hash = record.computed();
            record
        };
        let last = sealed(u64::MAX, BEGINNING);
        for next in [0, 1, u64::MAX] {
            let records = [last.clone(), sealed(next, &last.hash)];
            assert_eq!(follow(Chain::part(None), &records), Err(AuditFault::Unlinked(next)));
        }
    }

    #[test]
    fn a_log_that_differs_from_the_signed_heads_is_recognised() {
        let records = records();
        let signed = |hash: &str| SignedHeads::from([(2, records[1].hash.clone()), (4, hash.to_owned())]);
        let whole = |hash: &str| Chain::whole(None).with_signed(signed(hash));
        assert_eq!(follow(whole(&records[3].hash), &records).unwrap().signed_heads, 2);
        assert_eq!(follow(whole(BEGINNING), &records), Err(AuditFault::Rewritten(4)));
        assert_eq!(follow(whole(&records[3].hash), &records[..3]), Err(AuditFault::CutOff { last: 3, signed: 4 }));
        assert_eq!(follow(whole(&records[3].hash), &[]), Err(AuditFault::CutOff { last: 0, signed: 4 }));
        let part = Chain::part(None).with_signed(signed(&records[3].hash));
        assert_eq!(follow(part, &records[2..]).unwrap().signed_heads, 1);
    }

    #[test]
    fn a_cut_end_is_told_by_the_noted_head_alone() {
        let records = records();
        assert!(follow(Chain::whole(None), &records[..4]).is_ok());
        let noted = Chain::whole(Some(&records[4].hash));
        assert_eq!(follow(noted, &records[..4]), Err(AuditFault::HeadMissing(4)));
        assert_eq!(follow(Chain::whole(Some(&records[4].hash)), &[]), Err(AuditFault::HeadMissing(0)));
    }
}
