use inkan_protocol::path;
use reqwest::Method;

use crate::test_bank::{TestBank, answer};

#[tokio::test]
async fn the_portal_serves_every_operation_of_the_document_it_publishes() {
    let bank = TestBank::open().await;
    let portal = bank.portal();
    let document = portal.get(path::OPENAPI).await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    let mut probed = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let portals = operation["tags"].as_array().unwrap().iter().any(|tag| tag == "portal");
            let (path, method) = (path.replace(['{', '}'], ""), method.to_uppercase());
            // These endpoints answer in their own formats, and need no login.
            if !portals || operation["security"].is_null() && !path.starts_with("/v1/") {
                continue;
            }
            let method: Method = method.parse().unwrap();
            let answered = answer(portal.request(method.clone(), &path)).await;
            let code = answered.code().to_owned();
            let declared = operation["responses"][answered.status.to_string()]["description"].as_str().unwrap_or("");
            assert!(
                declared.split(", ").any(|known| known == code),
                "{method} {path}: {answered:?}, not in {declared:?}"
            );
            assert_ne!(code, "not_found", "{method} {path}");
            probed += 1;
        }
    }
    assert!(probed >= 20, "{probed}");
}

/// The schema of the OpenAPI Initiative for documents of OpenAPI 3.1 (Apache-2.0).
const OPENAPI_3_1: &str = include_str!("../schemas/openapi-3.1.json");

#[tokio::test]
async fn the_document_is_openapi_3_1_and_its_schemas_are_json_schema() {
    let bank = TestBank::open().await;
    let document = bank.portal().get(path::OPENAPI).await.ok();
    let validator = jsonschema::draft202012::new(&serde_json::from_str(OPENAPI_3_1).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        jsonschema::draft202012::meta::validate(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let mut answers = Vec::new();
    for operation in document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values())
    {
        let done = operation["responses"].as_object().unwrap().iter().filter(|(status, _)| status.starts_with('2'));
        answers.extend(done.flat_map(|(_, answer)| answer["content"].as_object()).flatten());
    }
    for (media, content) in answers {
        let json = media.ends_with("json");
        assert!(!json || content["schema"]["type"] != "string", "JSON that is text: {content}");
    }
}
