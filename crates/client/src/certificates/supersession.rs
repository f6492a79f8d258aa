//! Finds the certificates that a newer certificate in the store has replaced, as far as the certificates themselves
//! show it.
//!
//! The result is a conclusion and not a known fact. It decides which of two similar certificates is offered, and never
//! which one may be deleted. In doubt, no certificate counts as superseded.

use std::collections::{HashMap, HashSet};

use inkan_store::{CertificateId, DistinguishedName, StoredCertificate};
use time::OffsetDateTime;

use crate::data::certificate_history::CertificateHistory;

/// The facts that are known besides the certificates.
pub(crate) struct Known<'a> {
    pub(crate) history: &'a CertificateHistory,
    /// The certificates whose renewal has begun on this PC and not ended. Until it ends, the bank accepts the old and
    /// the new certificate.
    pub(crate) being_renewed: &'a [CertificateId],
    pub(crate) now: OffsetDateTime,
}

/// Returns the certificates of `stored` that are superseded by a newer certificate of `stored` that can be used.
pub(crate) fn superseded(stored: &[StoredCertificate], known: &Known<'_>) -> HashSet<CertificateId> {
    let mut groups: HashMap<&DistinguishedName, Vec<&StoredCertificate>> = HashMap::new();
    for certificate in stored {
        groups.entry(&certificate.subject_name).or_default().push(certificate);
    }
    groups.into_values().flat_map(|group| in_group(group, known)).collect()
}

/// Examines the newest certificates first. So each one of a large group is compared only with the few that work.
fn in_group(mut group: Vec<&StoredCertificate>, known: &Known<'_>) -> Vec<CertificateId> {
    group.sort_by_key(|certificate| std::cmp::Reverse(certificate.not_before));
    let mut newest: Vec<&StoredCertificate> = Vec::new();
    let mut superseded = Vec::new();
    for certificate in group {
        if newest.iter().any(|new| takes_the_place_of(new, certificate, known)) {
            superseded.push(certificate.id.clone());
        } else if works(certificate, known) {
            newest.push(certificate);
        }
    }
    superseded
}

/// Returns whether `new`, which works, can replace `old`: it is newer, ends no earlier, is for the same person and
/// purpose, and comes from the same CA.
fn takes_the_place_of(new: &StoredCertificate, old: &StoredCertificate, known: &Known<'_>) -> bool {
    new.not_before > old.not_before
        && new.not_after >= old.not_after
        && same_holder(new, old, known.history)
        && same_purpose(new, old)
        && same_issuer(new, old)
        && !known.being_renewed.contains(&old.id)
}

/// Returns whether a login with the certificate can succeed now, as far as is known on this PC.
fn works(certificate: &StoredCertificate, known: &Known<'_>) -> bool {
    certificate.protection.is_some()
        && certificate.client_authentication
        && certificate.key_kind.is_supported()
        && certificate.not_before <= known.now
        && certificate.not_after >= known.now
        && !known.history.is_revoked(&certificate.id)
        && !known.history.is_superseded(&certificate.id)
}

/// Returns whether both certificates have the same subject and alternative names. If the bank named the holders of
/// both, the holders must be the same, too.
fn same_holder(one: &StoredCertificate, other: &StoredCertificate, history: &CertificateHistory) -> bool {
    let told_apart = match (history.holder(&one.id), history.holder(&other.id)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    !told_apart && one.subject_name == other.subject_name && one.alternative_names == other.alternative_names
}

fn same_purpose(one: &StoredCertificate, other: &StoredCertificate) -> bool {
    one.purpose.is_readable() && one.purpose == other.purpose
}

/// Returns whether both certificates have the same issuer name and the same key of the CA. If the key is not named, two
/// CAs may have the same name.
fn same_issuer(one: &StoredCertificate, other: &StoredCertificate) -> bool {
    one.authority_key.is_some() && one.authority_key == other.authority_key && one.issuer_name == other.issuer_name
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkan_store::Protection;
    use rcgen::{
        BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
        SanType,
    };
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 +9);

    fn authority() -> Issuer<'static, KeyPair> {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = named(&[(DnType::CommonName, "Corp CA")]);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Issuer::new(parameters, KeyPair::generate().unwrap())
    }

    fn named(parts: &[(DnType, &str)]) -> rcgen::DistinguishedName {
        let mut name = rcgen::DistinguishedName::new();
        for (kind, text) in parts {
            name.push(kind.clone(), *text);
        }
        name
    }

    /// Returns a certificate of one holder for logging in. It begins `from` days before now and ends `until` days after
    /// now. `change` adjusts its parameters.
    fn made(
        by: &Issuer<'_, KeyPair>,
        (from, until): (i64, i64),
        change: impl FnOnce(&mut CertificateParams),
    ) -> StoredCertificate {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = named(&[(DnType::OrganizationName, "A"), (DnType::CommonName, "hanakodt")]);
        parameters.not_before = NOW - time::Duration::days(from);
        parameters.not_after = NOW + time::Duration::days(until);
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        parameters.use_authority_key_identifier_extension = true;
        change(&mut parameters);
        let der = parameters.signed_by(&KeyPair::generate().unwrap(), by).unwrap().der().to_vec();
        StoredCertificate::parse(&der, Some(Protection::File)).unwrap()
    }

    fn found(
        stored: &[&StoredCertificate],
        history: &CertificateHistory,
        being_renewed: &[CertificateId],
    ) -> HashSet<CertificateId> {
        let stored: Vec<StoredCertificate> = stored.iter().map(|one| (*one).clone()).collect();
        superseded(&stored, &Known { history, being_renewed, now: NOW })
    }

    #[test]
    fn m2_an_older_one_of_the_same_holder_purpose_and_ca_is_superseded() {
        let ca = authority();
        let (old, new) = (made(&ca, (300, 60), |_| ()), made(&ca, (5, 360), |_| ()));
        let both = [&old, &new];
        let history = CertificateHistory::default();
        let written_otherwise = made(&ca, (5, 360), |new| {
            new.distinguished_name = rcgen::DistinguishedName::new();
            let printable = |text: &str| rcgen::DnValue::PrintableString(text.try_into().unwrap());
            new.distinguished_name.push(DnType::OrganizationName, printable("a"));
            new.distinguished_name.push(DnType::CommonName, printable("HANAKODT"));
        });
        assert_eq!(found(&[&old, &written_otherwise], &history, &[]), HashSet::from([old.id.clone()]), "RFC 5280 §7.1");
        assert_eq!(found(&both, &history, &[]), HashSet::from([old.id.clone()]));
        assert_eq!(found(&[&new, &old], &history, &[]), HashSet::from([old.id.clone()]), "in any order");
        assert_eq!(found(&both, &history, std::slice::from_ref(&old.id)), HashSet::new(), "the renewal has not ended");
    }

    #[test]
    fn in_doubt_nothing_is_superseded() {
        let (ca, namesake) = (authority(), authority());
        let old = made(&ca, (300, 60), |_| ());
        let new = |change: fn(&mut CertificateParams)| made(&ca, (5, 360), change);
        let keyless = StoredCertificate { protection: None, ..new(|_| ()) };
        let neighbours = [
            ("for mail", new(|new| new.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection])),
            ("for mail too", new(|new| new.extended_key_usages.push(ExtendedKeyUsagePurpose::EmailProtection))),
            ("for everything", new(|new| new.extended_key_usages.clear())),
            ("for encryption too", new(|new| new.key_usages.push(KeyUsagePurpose::KeyEncipherment))),
            ("of another unit", new(|new| new.distinguished_name.push(DnType::OrganizationalUnitName, "Osaka"))),
            ("of a shorter name", new(|new| new.distinguished_name = named(&[(DnType::CommonName, "hanakodt")]))),
            (
                "of another address",
                new(|new| new.subject_alt_names = vec![SanType::Rfc822Name("h@example.jp".try_into().unwrap())]),
            ),
            ("of a CA of the same name", made(&namesake, (5, 360), |_| ())),
            ("of a CA that names no key", new(|new| new.use_authority_key_identifier_extension = false)),
            ("not valid yet", made(&ca, (-1, 360), |_| ())),
            ("expired", made(&ca, (5, -1), |_| ())),
            ("good for less long", made(&ca, (5, 30), |_| ())),
            ("of the same moment", made(&ca, (300, 90), |_| ())),
            ("without its key", keyless),
        ];
        for (which, neighbour) in neighbours {
            assert_eq!(
                found(&[&old, &neighbour], &CertificateHistory::default(), &[]),
                HashSet::new(),
                "a newer one {which}"
            );
        }
    }

    #[test]
    fn what_the_bank_has_said_goes_before_what_the_certificates_say() {
        let ca = authority();
        let (old, new) = (made(&ca, (300, 60), |_| ()), made(&ca, (5, 360), |_| ()));
        let directory = tempfile::tempdir().unwrap();
        let home = crate::Home::at(directory.path());
        CertificateHistory::refused(&home, Some("okmate"), &new.id, inkan_protocol::Code::CertificateRevoked).unwrap();
        assert_eq!(
            found(&[&old, &new], &CertificateHistory::read(&home).unwrap(), &[]),
            HashSet::new(),
            "the newer one is revoked"
        );
        let holder =
            |user: &str| crate::services::holder::Holder { bank: "b".into(), contract: None, user: user.into() };
        for (user, certificate) in [("hanako", &old), ("jiro", &new)] {
            CertificateHistory::acquired(&home, &holder(user), &certificate.id, []).unwrap();
        }
        assert_eq!(
            found(&[&old, &new], &CertificateHistory::read(&home).unwrap(), &[]),
            HashSet::new(),
            "two people of one name"
        );
    }

    /// Two certificates that begin at the same moment do not supersede each other. A newer third one supersedes both.
    #[test]
    fn twins_of_one_moment_stay_until_a_newer_one_comes() {
        let ca = authority();
        let [one, other] = [0; 2].map(|_| made(&ca, (300, 60), |_| ()));
        let history = CertificateHistory::default();
        assert_eq!(found(&[&one, &other], &history, &[]), HashSet::new());
        let new = made(&ca, (5, 360), |_| ());
        assert_eq!(found(&[&one, &new, &other], &history, &[]), HashSet::from([one.id.clone(), other.id.clone()]));
    }
}
