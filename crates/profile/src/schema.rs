use crate::Profile;

impl Profile {
    /// Returns the JSON Schema (draft 2020-12) of a profile file, for editors and authors.
    ///
    /// The schema holds what the types say. Only [`Profile::from_toml`] checks that the parts of a profile fit
    /// together.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Profile).to_value()
    }
}
