use serde::{Deserialize, Serialize};

use crate::LocalText;

/// The contract number that users of some banks give beside their ID (S3-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContractNumber {
    /// The bank's word for the contract number, such as 契約者ID.
    pub name: LocalText,
    /// The number of digits.
    pub digits: u32,
    /// Where users find the contract number, as a sentence.
    #[serde(default)]
    pub place: Option<LocalText>,
}

impl ContractNumber {
    /// Returns whether `text` is a valid contract number.
    pub fn is_one(&self, text: &str) -> bool {
        text.len() == self.digits as usize && text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The home branch (お取引店), which checks the company's registered seal, and its telephone desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The name of the branch, such as 本店営業部.
    pub name: LocalText,
    /// The telephone number as it is dialled.
    pub telephone: String,
    /// The hours in which the telephone is answered, such as 平日 9:00–17:00.
    pub hours: LocalText,
}

/// The bank's telephone centre, such as OKメイトテレホンセンター. It answers questions beside the branch (S2-8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TelephoneCentre {
    /// The bank's name for it.
    pub name: LocalText,
    /// The telephone number as it is dialled.
    pub telephone: String,
    /// The hours in which the telephone is answered.
    pub hours: LocalText,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_10_a_contract_number_has_eleven_digits() {
        let name = LocalText { ja: "契約者ID".into(), en: "Contract ID".into() };
        let number = ContractNumber { name, digits: 11, place: None };
        assert!(number.is_one("00009876543"));
        for other in ["", "0000987654", "000098765432", "0000987654x", "００００９８７６５４３"] {
            assert!(!number.is_one(other), "{other}");
        }
    }
}
