use std::cmp::Reverse;

use inkan_profile::{EntranceId, Moment};
use inkan_store::{Authorities, CertificateId, Contents, DistinguishedName, StoredCertificate};

use crate::certificates::judge::Judge;
use crate::certificates::listing::Listing;
use crate::certificates::supersession::{self, Known};
use crate::data::certificate_history::CertificateHistory;
use crate::enrolment::journal::Entry;
use crate::{CertificateList, CertificateRow, Error, Found, Inkan, Reason, Service, UnreadableRow};

impl Inkan {
    /// Returns every certificate in the store. `bank` may be a site. The certificates that can be used at `bank` come
    /// first, and then the others with their reasons. Within each group, the certificate that expires last is on top.
    /// Asks the user nothing.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Store`].
    pub fn certificates(&self, bank: Option<&str>) -> Result<Vec<CertificateRow>, Error> {
        self.certificates_at(bank, None)
    }

    /// Returns the result of [`Self::certificates`], judged for one entrance of the bank (S3-16).
    ///
    /// # Errors
    /// The errors of [`Self::certificates`].
    pub fn certificates_at(
        &self,
        bank: Option<&str>,
        entrance: Option<&EntranceId>,
    ) -> Result<Vec<CertificateRow>, Error> {
        Ok(self.certificate_list(bank, entrance)?.certificates)
    }

    /// Returns the result of [`Self::certificates_at`], and the certificates in the store that cannot be read, sorted
    /// by name. Asks the user nothing.
    ///
    /// # Errors
    /// The errors of [`Self::certificates`].
    pub fn certificate_list(
        &self,
        bank: Option<&str>,
        entrance: Option<&EntranceId>,
    ) -> Result<CertificateList, Error> {
        let wanted = bank.map(|name| self.service(name)).transpose()?;
        self.list_of(&self.store()?.contents()?, wanted.as_ref(), entrance)
    }

    pub(crate) fn list_of(
        &self,
        contents: &Contents,
        wanted: Option<&Service>,
        entrance: Option<&EntranceId>,
    ) -> Result<CertificateList, Error> {
        let stored = &contents.certificates;
        let mut rows = self.judged(stored, stored, wanted, entrance)?;
        rows.sort_by_cached_key(|row| (!row.usable, Reverse(row.not_after), Reverse(row.not_before), row.id.clone()));
        let mut unreadable: Vec<UnreadableRow> = contents.unreadable.iter().map(UnreadableRow::from).collect();
        unreadable.sort_by_cached_key(|row| (row.name.clone(), row.id.clone()));
        Ok(CertificateList { certificates: rows, unreadable })
    }

    /// Judges the certificates `found`, which are not in the store, as if they were in it beside `stored`. The rows
    /// have the order of `found`.
    pub(crate) fn rows_beside(
        &self,
        found: &[StoredCertificate],
        stored: &[StoredCertificate],
    ) -> Result<Vec<CertificateRow>, Error> {
        self.judged(found, &[stored, found].concat(), None, None)
    }

    /// Returns the certificate `id` among `stored`, judged for `wanted`.
    pub(crate) fn row_among(
        &self,
        id: &CertificateId,
        stored: &[StoredCertificate],
        wanted: Option<&Service>,
    ) -> Result<CertificateRow, Error> {
        let found: Vec<StoredCertificate> = stored.iter().filter(|one| one.id == *id).take(1).cloned().collect();
        let row = self.judged(&found, stored, wanted, None)?.pop();
        row.ok_or_else(|| Error::CertificateNotFound(id.0.clone()))
    }

    /// Judges `certificates` in comparison with `all`. The rows have the order of `certificates`.
    pub(crate) fn judged(
        &self,
        certificates: &[StoredCertificate],
        all: &[StoredCertificate],
        wanted: Option<&Service>,
        entrance: Option<&EntranceId>,
    ) -> Result<Vec<CertificateRow>, Error> {
        let (banks, sites) = (self.banks()?, self.sites()?);
        let history = CertificateHistory::read(&self.home)?;
        let now = self.clock.now();
        let being_renewed = self.being_renewed();
        let superseded =
            supersession::superseded(all, &Known { history: &history, being_renewed: &being_renewed, now });
        let authorities = Authorities::lazily(self.store()?);
        let judge = Judge {
            wanted,
            entrance,
            banks: &banks,
            sites: &sites,
            superseded: &superseded,
            here: &all.iter().map(|certificate| &certificate.id).collect(),
            history: &history,
            authorities: &authorities,
            now,
        };
        Ok(certificates.iter().map(|certificate| judge.row(certificate)).collect())
    }

    /// Returns `here` if a certificate that has replaced the certificate `id` is in the store, and `elsewhere` if not.
    pub(crate) fn place_of_the_newer(&self, listing: &Listing<'_>, id: &CertificateId) -> &'static str {
        let row = listing.contents().and_then(|contents| self.row_among(id, &contents.certificates, None));
        let here = row.is_ok_and(|row| row.reasons.contains(&Reason::Superseded));
        if here { "here" } else { "elsewhere" }
    }

    /// Returns the certificates whose renewal has begun on this PC and not ended. If the journal cannot be read,
    /// returns none. The renewal that continues reports the damage.
    fn being_renewed(&self) -> Vec<CertificateId> {
        let entries = Entry::all(&self.home).unwrap_or_default();
        entries.into_iter().filter_map(|entry| entry.renews).collect()
    }

    /// Returns whether an added bank or site accepts certificates of that CA by itself. In that case no CA above it is
    /// missing.
    pub(crate) fn is_accepted_by_itself(&self, issuer: &DistinguishedName) -> bool {
        self.banks().is_ok_and(|banks| banks.iter().any(|bank| bank.knows(issuer)))
            || self.sites().is_ok_and(|sites| sites.iter().any(|site| site.names(issuer)))
    }

    /// Returns the certificate `id`, judged for `bank`, which may be a site.
    ///
    /// # Errors
    /// [`Error::CertificateNotFound`]; [`Error::CertificateUnreadable`]; the errors of [`Self::certificates`].
    pub fn certificate(&self, id: &CertificateId, bank: Option<&str>) -> Result<CertificateRow, Error> {
        let wanted = bank.map(|name| self.service(name)).transpose()?;
        let contents = self.store()?.contents()?;
        if let Some(unreadable) = contents.unreadable.iter().find(|one| one.id == *id) {
            return Err(Error::CertificateUnreadable(unreadable.name()));
        }
        self.row_among(id, &contents.certificates, wanted.as_ref())
    }

    /// Returns the certificate that a user means by `typed`. `typed` is its ID or an unambiguous beginning of at least
    /// eight characters, its SHA-1 fingerprint, or its serial number if no other certificate has the same. Colons,
    /// blanks, capitals and full-width letters make no difference.
    ///
    /// # Errors
    /// [`Error::CertificateIdNeeded`] with the certificates that `typed` may mean, if `typed` is a name or is too short
    /// to distinguish them; [`Error::CertificateNotFound`].
    pub fn find_certificate(&self, typed: &str, bank: Option<&str>) -> Result<Found, Error> {
        let wanted = bank.map(|name| self.service(name)).transpose()?;
        let contents = self.store()?.contents()?;
        let (meant, sure) = crate::certificates::typed_id::meant(typed, &contents);
        let CertificateList { certificates, unreadable } = self.list_of(&contents, wanted.as_ref(), None)?;
        let readable = certificates.into_iter().map(|row| Found::Certificate(Box::new(row)));
        let all = readable.chain(unreadable.into_iter().map(Found::Unreadable));
        let mut meant: Vec<Found> = all.filter(|one| meant.contains(one.id())).collect();
        match meant.pop() {
            None => Err(Error::CertificateNotFound(typed.to_owned())),
            Some(only) if sure => Ok(only),
            Some(last) => {
                meant.push(last);
                let candidates = meant.iter().take(MOST_CANDIDATES).map(Found::told_apart).collect();
                Err(Error::CertificateIdNeeded { given: typed.to_owned(), candidates })
            }
        }
    }
}

/// The greatest number of certificates that an error lists.
const MOST_CANDIDATES: usize = 20;

/// Returns one line that distinguishes a certificate from others: its ID, its holder, its last day and its issuer.
pub(crate) fn candidate(row: &CertificateRow) -> String {
    let id = row.id.0.get(..16).unwrap_or(&row.id.0);
    let holder = row.person.as_ref().map_or_else(|| row.name.clone(), |person| format!("{} {person}", row.name));
    format!("{id} ({holder}, {}, {})", row.not_after.in_tokyo().date(), row.issuer)
}

impl Found {
    fn told_apart(&self) -> String {
        match self {
            Self::Certificate(row) => candidate(row),
            Self::Unreadable(row) => format!("{} ({})", row.id.0.get(..16).unwrap_or(&row.id.0), row.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use inkan_store::{KeyAlgorithm, KeyName, StoredCertificate};

    use super::*;
    use crate::certificates::tests::test_client::{Ca, NOW, OKMATE, TestClient};
    use crate::enrolment::journal::AcquisitionId;

    #[test]
    fn what_can_be_used_comes_first_and_of_it_what_lives_longest() {
        let (ca, foreign) = (Ca::root("Bank CA"), Ca::root("Foreign CA"));
        let [short, long, newest] = [(100, 50), (100, 300), (10, 300)].map(|days| ca.issue(&format!("{days:?}"), days));
        let other = foreign.issue("other", (1, 900));
        let client = TestClient::with(&ca, &[&short, &other, &long, &newest]);
        let expected = [&newest, &long, &short, &other].map(|one| one.id.clone());
        for wanted in [None, Some("okmate")] {
            let rows = client.certificates(wanted).unwrap();
            assert_eq!(rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>(), expected, "{wanted:?}");
            assert_eq!(rows.iter().map(|row| row.usable).collect::<Vec<_>>(), [true, true, true, false]);
        }
        assert!(matches!(client.certificates(Some("nowhere")), Err(Error::BankNotAdded(_))));
    }

    #[test]
    fn a_certificate_that_cannot_be_read_is_listed_by_its_name() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        let [second, first] = ["b broken", "a broken"].map(|label| client.put_unreadable(label));
        let list = client.certificate_list(None, None).unwrap();
        assert_eq!(list.certificates.len(), 1);
        assert_eq!(list.unreadable.iter().map(|row| &row.id).collect::<Vec<_>>(), [&first, &second]);
        let refused = client.certificate(&second, None);
        assert!(matches!(refused, Err(Error::CertificateUnreadable(name)) if name == "b broken"));
        assert_eq!(client.certificate(&one.id, None).unwrap().id, one.id);
        let found = client.find_certificate(&second.0, None).unwrap();
        assert_eq!((found.id(), found.name()), (&second, "b broken"));
        assert!(matches!(found.readable(), Err(Error::CertificateUnreadable(name)) if name == "b broken"));
    }

    #[test]
    fn one_certificate_is_read_by_its_id() {
        let ca = Ca::root("Bank CA");
        let (one, other) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, 100)));
        let client = TestClient::with(&ca, &[&one, &other]);
        for certificate in [&one, &other] {
            assert_eq!(client.certificate(&certificate.id, Some("okmate")).unwrap().name, certificate.name);
        }
        let missing = CertificateId("00".into());
        assert!(matches!(client.certificate(&missing, None), Err(Error::CertificateNotFound(id)) if id == "00"));
    }

    #[test]
    fn what_a_person_types_means_one_certificate_or_names_those_that_it_may_mean() {
        let ca = Ca::root("Bank CA");
        let (one, other) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, 100)));
        let client = TestClient::with(&ca, &[&one, &other]);
        client.put_unreadable("hanakodt");
        let found = client.find_certificate(&other.id.0, Some("okmate")).unwrap();
        assert_eq!((found.id(), found.name()), (&other.id, "jirodt"));
        assert_eq!(found.readable().unwrap().bank.as_deref(), Some("okmate"));
        assert!(matches!(client.find_certificate("zz", None), Err(Error::CertificateNotFound(typed)) if typed == "zz"));
        let Err(Error::CertificateIdNeeded { given, candidates }) = client.find_certificate("hanakodt", None) else {
            panic!("a name is not the ID of one certificate");
        };
        let unreadable = CertificateId::of(b"hanakodt");
        let expected = [
            format!("{} (hanakodt, 2027-03-01, CN=Bank CA)", &one.id.0[..16]),
            format!("{} (hanakodt)", &unreadable.0[..16]),
        ];
        assert_eq!((given.as_str(), candidates.as_slice()), ("hanakodt", expected.as_slice()));
        let Err(Error::CertificateIdNeeded { candidates, .. }) = client.find_certificate("jirodt", None) else {
            panic!("nor is the name of one certificate");
        };
        assert_eq!(candidates.len(), 1);
    }

    #[test]
    fn m2_the_newer_certificate_is_here_or_elsewhere() {
        let ca = Ca::root("Bank CA");
        let (old, new) = (ca.issue("hanakodt", (300, 60)), ca.issue("hanakodt", (5, 360)));
        let client = TestClient::with(&ca, &[&old]);
        assert_eq!(client.place_of_the_newer(&Listing::of(&client), &old.id), "elsewhere");
        client.put(&[&new]);
        assert_eq!(client.place_of_the_newer(&Listing::of(&client), &old.id), "here");
        assert_eq!(
            client.place_of_the_newer(&Listing::of(&client), &new.id),
            "elsewhere",
            "nothing has taken its place"
        );
    }

    #[test]
    fn a_certificate_whose_renewal_has_begun_here_stays_until_the_renewal_ends() {
        let ca = Ca::root("Bank CA");
        let (old, new) = (ca.issue("hanakodt", (300, 60)), ca.issue("hanakodt", (5, 360)));
        let client = TestClient::with(&ca, &[&old, &new]);
        let acquisition = AcquisitionId {
            bank: "okmate".to_owned(),
            contract: None,
            user: "hanakodt".to_owned(),
            store: "memory".to_owned(),
        };
        let entry = Entry {
            acquisition,
            name: KeyName::fresh().unwrap(),
            key: None,
            renews: Some(old.id.clone()),
            algorithm: KeyAlgorithm::EcP256,
            started: NOW,
        };
        assert_eq!(client.reasons(&old, None), [Reason::Superseded]);
        entry.write(&client.home).unwrap();
        assert_eq!(client.reasons(&old, None), []);
        entry.remove(&client.home).unwrap();
        assert_eq!(client.reasons(&old, None), [Reason::Superseded]);
    }

    #[test]
    fn a_ca_is_accepted_by_itself_if_a_bank_or_a_site_here_names_it() {
        let [bank, site, neither] = ["Bank CA", "Site CA", "Corp CA"].map(Ca::root);
        let client = TestClient::new();
        let accepted = |ca: &Ca| {
            let name = StoredCertificate::parse(&ca.der, None).unwrap().subject_name;
            client.is_accepted_by_itself(&name)
        };
        assert!(!accepted(&bank) && !accepted(&site));
        client.add_bank("okmate", OKMATE, &[&bank], &[]);
        client.add_site("site", &[&site]);
        assert!(accepted(&bank) && accepted(&site) && !accepted(&neither));
    }
}
