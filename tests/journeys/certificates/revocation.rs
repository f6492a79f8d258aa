//! What the CAs of certificates say about them (OCSP, RFC 6960), before a login.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

fn status(pc: &Pc) -> Value {
    pc.inkan(&["certificates", "status"], None).done()
}

fn reasons(pc: &Pc) -> Value {
    pc.inkan(&["certificates"], None).done()[0]["reasons"].clone()
}

#[test]
fn a_revoked_certificate_is_known_without_a_login() {
    let mut bank = Bank::start();
    let pc = Pc::with(&bank);
    let id = pc.acquire(&bank, "jirodt")["id"].clone();
    assert_eq!(status(&pc), json!([{ "id": id, "name": "jirodt", "status": "good" }]));
    assert_eq!(reasons(&pc), json!([]));
    let revoke = ["users", "--bank", "okmate", "--user", "ichirodt", "certificate", "jirodt", "--revoke", "--yes"];
    Pc::with(&bank).inkan(&revoke, Some(bank.answers("ichirodt"))).done();
    assert_eq!(reasons(&pc), json!([]), "nothing of it has reached this PC");
    assert_eq!(status(&pc)[0]["status"], "revoked");
    assert_eq!(reasons(&pc), json!(["revoked"]));
    assert_eq!(status(&pc), json!([]), "what is known is not asked again");

    let other = Pc::with(&bank);
    other.acquire(&bank, "hanakodt");
    bank.stop();
    assert_eq!(status(&other)[0]["status"], "no_answer");
    assert_eq!(reasons(&other), json!([]), "a silent CA changes nothing");
}

#[test]
fn the_status_is_said_in_both_languages() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for (language, nothing) in
        [("ja", "認証局に確認できる電子証明書はありません"), ("en", "No certificate that could be used")]
    {
        let said = pc.inkan_says(language, &["certificates", "status"], &json!({}));
        assert!(said.0 == 0 && said.1.contains(nothing), "{said:?}");
    }
    pc.acquire(&bank, "jirodt");
    for (language, good) in [("ja", "失効していません：jirodt"), ("en", "Not revoked: jirodt")] {
        let said = pc.inkan_says(language, &["certificates", "status"], &json!({}));
        assert!(said.0 == 0 && said.1.contains(good), "{said:?}");
    }
}
