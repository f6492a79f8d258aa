use crate::Profile;

impl Profile {
    /// The JSON Schema (draft 2020-12) of a profile file, for editors and for whoever writes one.
    ///
    /// It holds what the types say. What parts of a profile demand of each other, [`Profile::from_toml`] alone checks.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Profile).to_value()
    }
}
