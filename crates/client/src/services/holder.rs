use inkan_profile::{CertificateName, Helper, NameParts, Role, RoleId};
use serde::{Deserialize, Serialize};

use crate::Bank;

/// The holder of a certificate, as a bank knows them. A holder has one live certificate at a bank (M2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holder {
    /// The bank's name on this PC.
    pub(crate) bank: String,
    /// The contract number, at a bank that has contract numbers.
    pub(crate) contract: Option<String>,
    /// The login ID.
    pub(crate) user: String,
}

impl Bank {
    /// Returns the holder of a certificate with that common name, with which `user` has logged in. Returns none if the
    /// bank has contract numbers and the common name holds none.
    pub(crate) fn holder_of(&self, common_name: &str, user: &str) -> Option<Holder> {
        let contract = match self.profile.contract_number {
            Some(_) => Some(self.name_parts(common_name).find_map(|parts| parts.contract)?.to_owned()),
            None => None,
        };
        Some(Holder { bank: self.name.clone(), contract, user: user.to_owned() })
    }

    /// Returns the holder of a certificate with that common name, if the common name holds a login ID. Several users
    /// may have the same common name without a login ID (S3-16).
    pub(crate) fn holder_named(&self, common_name: &str) -> Option<Holder> {
        let parts = self.name_parts(common_name).find(|parts| parts.user.is_some())?;
        self.holder_of(common_name, parts.user?)
    }

    /// Returns the role of the holder of a certificate with that common name, if only one role has such names.
    pub(crate) fn role_named(&self, common_name: &str) -> Option<RoleId> {
        let fits = |role: &&Role| self.profile.certificate_name(&role.id).read(common_name).is_some();
        let mut roles = self.profile.roles.iter().filter(fits);
        roles.next().filter(|_| roles.next().is_none()).map(|role| role.id.clone())
    }

    /// Returns who can reissue or revoke the certificate with that common name. The role of the holder is `known` from a login, or read from the common name. Without a role, an administrator is the most
    /// likely one.
    pub(crate) fn helper_with_certificate(&self, common_name: &str, known: Option<&RoleId>) -> Helper {
        let role = known.cloned().or_else(|| self.role_named(common_name));
        role.map_or(Helper::Administrator, |role| self.profile.helper_with_certificate(&role))
    }

    /// Returns the common names that a certificate of that user may have: one by each pattern of the bank, since only
    /// the bank knows the user's role.
    pub(crate) fn possible_names(&self, contract: Option<&str>, user: &str) -> Vec<String> {
        let names = self.name_patterns().map(|pattern| pattern.of(contract.unwrap_or_default(), user));
        names.map(|name| name.trim().to_owned()).collect()
    }

    /// Returns the parts of the common name, by each pattern of the bank that the common name matches.
    fn name_parts<'a>(&'a self, common_name: &'a str) -> impl Iterator<Item = NameParts<'a>> {
        self.name_patterns().filter_map(|pattern| pattern.read(common_name))
    }

    fn name_patterns(&self) -> impl Iterator<Item = &CertificateName> {
        let roles = self.profile.roles.iter().filter_map(|role| role.certificate_name.as_ref());
        roles.chain([&self.profile.certificate.name])
    }
}
