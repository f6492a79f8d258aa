use core_foundation::base::{CFType, TCFType};
use core_foundation::boolean::CFBoolean;
use core_foundation::dictionary::CFDictionary;
use core_foundation::string::CFString;

use super::constants;

/// The attributes and options of one call. They describe what the call finds, makes or changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes(Vec<(CFString, CFType)>);

impl Attributes {
    /// Makes attributes for items of a class.
    pub(super) fn of_class(class: CFString) -> Self {
        Self::default().with(constants::class(), &class)
    }

    pub(super) fn with(mut self, name: CFString, value: &impl TCFType) -> Self {
        self.0.push((name, value.as_CFType()));
        self
    }

    pub(super) fn flag(self, name: CFString, value: bool) -> Self {
        self.with(name, &CFBoolean::from(value))
    }

    pub(super) fn text(self, name: CFString, value: &str) -> Self {
        self.with(name, &CFString::new(value))
    }

    pub(super) fn to_dictionary(&self) -> CFDictionary<CFString, CFType> {
        CFDictionary::from_CFType_pairs(&self.0)
    }
}
