use core_foundation::ConcreteCFType;
use core_foundation::array::CFArray;
use core_foundation::base::TCFType;
use core_foundation::string::CFString;

use super::attributes::Attributes;
use super::{constants, framework};
use crate::macos::status::{Cause, Failure};

/// The two implementations of a keychain behind one interface (Apple TN3137). Each call names one of them, since the
/// default depends on how this program is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Keychain {
    /// The keychain files. New items go to the default file, which is usually “login”. Every program of the user has
    /// access.
    File,
    /// The data protection keychain, which has the keys of the Secure Enclave. Only programs that are signed for it
    /// have access.
    DataProtection,
}

impl Keychain {
    pub(super) const ALL: [Self; 2] = [Self::File, Self::DataProtection];

    /// Returns every item that `query` describes. Never prompts.
    pub(super) fn find<T: ConcreteCFType>(self, query: Attributes) -> Result<Vec<T>, Failure> {
        let query = self.bound(query).with(constants::match_limit(), &constants::match_limit_all());
        let query = match self {
            Self::File => query,
            Self::DataProtection => {
                query.with(constants::use_authentication_ui(), &constants::use_authentication_ui_skip())
            }
        };
        match framework::copy_matching(&query) {
            Err(failure) if failure.cause == Cause::NotFound => Ok(Vec::new()),
            // A program that is not signed for it has nothing there.
            Err(failure) if self == Self::DataProtection && failure.cause == Cause::NotHere => Ok(Vec::new()),
            found => found,
        }
    }

    pub(super) fn add(self, attributes: Attributes) -> Result<(), Failure> {
        framework::add(&self.bound(attributes))
    }

    /// Sets the label of one item, which [`Self::add`] would ignore.
    pub(super) fn label(self, class: CFString, item: &impl TCFType, label: &str) -> Result<(), Failure> {
        framework::update(&self.only(class, item), &Attributes::default().text(constants::label(), label))
    }

    /// Deletes one item. Succeeds if it does not exist.
    pub(super) fn delete(self, class: CFString, item: &impl TCFType) -> Result<(), Failure> {
        match framework::delete(&self.only(class, item)) {
            Err(failure) if failure.cause == Cause::NotFound => Ok(()),
            outcome => outcome,
        }
    }

    /// Restricts `attributes` to this keychain.
    pub(super) fn bound(self, attributes: Attributes) -> Attributes {
        attributes.flag(constants::use_data_protection_keychain(), self == Self::DataProtection)
    }

    /// Returns a query for one item. In a keychain file, a list of items is compared with the results of a search.
    /// Certificates are compared by their bytes. Keys that were not loaded are compared only by their file, so a key is
    /// passed as a reference and never in a list.
    fn only(self, class: CFString, item: &impl TCFType) -> Attributes {
        let listed = self == Self::File && class != constants::class_key();
        let query = self.bound(Attributes::of_class(class));
        if listed {
            query.with(constants::match_item_list(), &CFArray::from_CFTypes(&[item.as_CFType()]))
        } else {
            query.with(constants::value_reference(), item)
        }
    }
}
