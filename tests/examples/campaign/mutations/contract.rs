//! What the OpenAPI document promises.

use std::collections::HashMap;

use inkan_protocol::{ENDPOINTS, Endpoint, Listener};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::samples;

/// The bank's OpenAPI document.
pub(crate) struct Contract {
    document: Value,
    operations: Vec<(&'static Endpoint, Listener)>,
    /// The schema of a problem.
    pub(super) problem: Validator,
    /// The schemas of the answers in JSON, by method and path.
    pub(super) answers: HashMap<(&'static str, &'static str), Validator>,
}

impl Contract {
    /// Reads the document that a bank has published.
    ///
    /// # Errors
    /// What is wrong with the document, as text.
    pub(crate) fn read(document: Value) -> Result<Self, String> {
        let validator = |schema: &Value| {
            let mut root = schema.clone();
            root["components"] = document["components"].clone();
            jsonschema::options().build(&root).map_err(|error| error.to_string())
        };
        let problem = validator(&json!({ "$ref": "#/components/schemas/ProblemDocument" }))?;
        let mut operations = Vec::new();
        let mut answers = HashMap::new();
        for endpoint in ENDPOINTS {
            let method = samples::name(endpoint.method);
            let operation = &document["paths"][endpoint.path][method.to_lowercase()];
            if operation.is_null() {
                return Err(format!("{method} {} is not in it", endpoint.path));
            }
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            if !schema.is_null() {
                answers.insert((method, endpoint.path), validator(schema)?);
            }
            operations.extend(endpoint.listeners.iter().map(|listener| (endpoint, *listener)));
        }
        Ok(Self { document, operations, problem, answers })
    }

    /// Returns the number of operations, each counted once for each of its listeners.
    pub(crate) fn operations(&self) -> usize {
        self.operations.len()
    }

    /// Returns the operation with that number. Any number is one of an operation.
    pub(crate) fn operation(&self, number: usize) -> (&'static Endpoint, Listener) {
        self.operations[number % self.operations.len()]
    }

    /// Returns the schema of the JSON that the operation takes, if it takes JSON.
    pub(crate) fn takes(&self, endpoint: &Endpoint) -> Option<&Value> {
        let method = samples::name(endpoint.method).to_lowercase();
        let operation = &self.document["paths"][endpoint.path][method];
        Some(&operation["requestBody"]["content"]["application/json"]["schema"]).filter(|schema| !schema.is_null())
    }

    /// Returns the schema that a reference leads to.
    pub(crate) fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
            Some(pointer) => self.document.pointer(pointer).unwrap_or(schema),
            None => schema,
        }
    }

    /// Returns the responses of the operation, by status.
    pub(super) fn responses(&self, endpoint: &Endpoint) -> &Value {
        let method = samples::name(endpoint.method).to_lowercase();
        &self.document["paths"][endpoint.path][method]["responses"]
    }
}
