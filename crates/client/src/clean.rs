use crate::{CertificateRow, Error, Inkan, Reason};

impl Inkan {
    /// The certificates that nobody can need any more: expired, revoked, superseded by a newer one, or left without
    /// their key by a deletion that was cut. One that can still be used is never among them (M10).
    ///
    /// # Errors
    /// As [`Inkan::certificates`].
    pub fn spent_certificates(&self) -> Result<Vec<CertificateRow>, Error> {
        Ok(self.certificates(None)?.into_iter().filter(is_spent).collect())
    }

    /// Those of them that have name, person and issuer of `new`: what it took the place of (M10, S0-15).
    ///
    /// # Errors
    /// As [`Inkan::certificates`].
    pub fn replaced_by(&self, new: &CertificateRow) -> Result<Vec<CertificateRow>, Error> {
        let holder = |row: &CertificateRow| (row.name.clone(), row.person.clone(), row.issuer.clone());
        let same = |old: &CertificateRow| old.id != new.id && holder(old) == holder(new);
        Ok(self.spent_certificates()?.into_iter().filter(same).collect())
    }
}

fn is_spent(row: &CertificateRow) -> bool {
    let spent = [Reason::Expired, Reason::Revoked, Reason::Superseded, Reason::KeyMissing];
    !row.usable && row.reasons.iter().any(|reason| spent.contains(reason))
}
