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
