use inkan_protocol::path;
use serde_json::json;

use crate::test_bank::{HANAKO, JIRO, TestBank};

#[tokio::test]
async fn s1_18_and_s1_19_what_waits_and_what_is_new() {
    let bank = TestBank::open().await;
    let hanako = bank.log_in(HANAKO).await;
    let top = hanako.get(path::TOP).await.ok();
    assert_eq!(top["company"], "ゲータ商事株式会社");
    assert_eq!(top["transactions"][0]["kind"]["ja"], "総合振込");
    assert_eq!(top["transactions"][0]["awaits_approval"], true);
    assert_eq!(top["transactions"][1]["amount_yen"], 2_115_000);
    let notices = top["notices"].as_array().unwrap();
    assert_eq!(notices.len(), 2);
    assert_eq!(notices[0]["title"]["en"], "Service hours over the New Year", "latest first");
    assert!(notices.iter().all(|notice| notice["unread"] == true));

    let notice = path::NOTICE.replace("{id}", notices[0]["id"].as_str().unwrap());
    let opened = hanako.get(&notice).await.ok();
    assert_eq!(opened["title"], notices[0]["title"]);
    assert!(opened["body"]["ja"].as_str().unwrap().contains("12月31日"));
    hanako.get(&notice).await.ok();
    let unread = |top: &serde_json::Value| json!([top["notices"][0]["unread"], top["notices"][1]["unread"]]);
    assert_eq!(unread(&hanako.get(path::TOP).await.ok()), json!([false, true]));
    assert_eq!(unread(&bank.log_in(JIRO).await.get(path::TOP).await.ok()), json!([true, true]), "each for themself");
    hanako.get("/v1/notices/none").await.refused("not_found");
}

#[tokio::test]
async fn s1_17_the_five_latest_operations_of_this_person() {
    let bank = TestBank::open().await;
    for _ in 0..2 {
        bank.acquire(HANAKO).await;
        bank.revoke("hanakodt").await.ok();
    }
    let kinds = async |who| {
        let top = bank.log_in(who).await.get(path::TOP).await.ok();
        let operations = top["operations"].as_array().unwrap().clone();
        operations.iter().map(|operation| operation["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let expected = [
        "certificate_revoked",
        "certificate_acquired",
        "certificate_issued",
        "certificate_revoked",
        "certificate_acquired",
    ];
    assert_eq!(kinds(HANAKO).await, expected);
    assert_eq!(kinds(JIRO).await, Vec::<String>::new());
}
