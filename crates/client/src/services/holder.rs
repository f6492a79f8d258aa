use inkan_profile::{NameParts, Role, RoleId};
use serde::{Deserialize, Serialize};

use crate::Bank;

/// Whom a bank knows: one person has one live certificate there (M2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holder {
    /// The bank's name here.
    pub(crate) bank: String,
    /// Contract number, at a bank that has them.
    pub(crate) contract: Option<String>,
    /// Login ID.
    pub(crate) user: String,
}

impl Bank {
    /// Who holds a certificate of that common name with which `user` has logged in; none if the bank has contract
    /// numbers and the name holds none.
    pub(crate) fn holder_of(&self, common_name: &str, user: &str) -> Option<Holder> {
        let contract = match self.profile.contract_number {
            Some(_) => Some(self.name_parts(common_name).find_map(|parts| parts.contract)?.to_owned()),
            None => None,
        };
        Some(Holder { bank: self.name.clone(), contract, user: user.to_owned() })
    }

    /// Who holds a certificate of that common name, if the bank's names say so. A name without a login ID may be that
    /// of several people (S3-16).
    pub(crate) fn holder_named(&self, common_name: &str) -> Option<Holder> {
        let parts = self.name_parts(common_name).find(|parts| parts.user.is_some())?;
        self.holder_of(common_name, parts.user?)
    }

    /// Returns the role of the holder of a certificate of that common name, if one role alone has such names.
    pub(crate) fn role_named(&self, common_name: &str) -> Option<RoleId> {
        let fits = |role: &&Role| self.profile.certificate_name(&role.id).read(common_name).is_some();
        let mut roles = self.profile.roles.iter().filter(fits);
        roles.next().filter(|_| roles.next().is_none()).map(|role| role.id.clone())
    }

    /// What the common name says, by each pattern of the bank that it fits.
    fn name_parts<'a>(&'a self, common_name: &'a str) -> impl Iterator<Item = NameParts<'a>> {
        let roles = self.profile.roles.iter().filter_map(|role| role.certificate_name.as_ref());
        roles.chain([&self.profile.certificate.name]).filter_map(|pattern| pattern.read(common_name))
    }
}
