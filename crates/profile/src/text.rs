use serde::{Deserialize, Serialize};

/// A bank's own words, in the two languages of the product. Both are required.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LocalText {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}
