//! Rewrites dates that RFC 5280 §4.1.2.5 forbids although their meaning is clear: with an offset, without seconds or
//! minutes, or with a fraction of a second. Old CAs write them, and X.680 §46 and §47 allow them.

use std::borrow::Cow;

use time::OffsetDateTime;

use crate::asn1_time::{GENERALIZED_TIME, UTC_TIME, moment};
use crate::certificate_parts::Parts;

/// Returns `der` with its dates in the form of RFC 5280, if it is a certificate whose dates are unusual and can be
/// read. Otherwise returns `der` unchanged. The result is only for parsing, since its signature and its fingerprint are
/// not those of the certificate.
pub(crate) fn with_usual_dates(der: &[u8]) -> Cow<'_, [u8]> {
    let parts = Parts::of(der);
    let usual = parts.dates.and_then(|dates| {
        if dates.iter().all(|date| is_usual(date.tag, date.content)) {
            return None;
        }
        let [first, last] = dates.map(|date| moment(date.tag, date.content).as_ref().map(written));
        parts.with_validity(der, &[first?, last?].concat())
    });
    usual.map_or(Cow::Borrowed(der), Cow::Owned)
}

fn is_usual(tag: u8, content: &[u8]) -> bool {
    let length = if tag == UTC_TIME { 13 } else { 15 };
    content.len() == length && content.ends_with(b"Z")
}

/// Returns the DER of a GeneralizedTime.
fn written(moment: &OffsetDateTime) -> Vec<u8> {
    let (date, time) = (moment.date(), moment.time());
    let text = format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}Z",
        date.year().clamp(0, 9999),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    [&[GENERALIZED_TIME, 15], text.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_certificate_with_unusual_dates_is_read_and_keeps_its_identity() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut parameters = rcgen::CertificateParams::default();
        parameters.not_before = datetime!(2026-01-31 0:00 UTC);
        parameters.not_after = datetime!(2060-01-31 0:00 UTC);
        let usual = parameters.self_signed(&key).unwrap().der().to_vec();
        assert!(matches!(with_usual_dates(&usual), Cow::Borrowed(_)));
        let parts = Parts::of(&usual);
        let dates = [&[GENERALIZED_TIME, 19][..], b"20260131090000+0900", &[GENERALIZED_TIME, 11], b"2060013100Z"];
        let unusual = parts.with_validity(&usual, &dates.concat()).unwrap();
        assert!(crate::certificate::parse(&unusual).is_err());
        let read = crate::StoredCertificate::parse(&unusual, None).unwrap();
        assert_eq!((read.not_before, read.not_after), (parameters.not_before, parameters.not_after));
        assert_eq!((read.id, read.der), (crate::CertificateId::of(&unusual), unusual));
    }
}
