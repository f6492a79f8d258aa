//! CAs of the same name: the name alone assigns a certificate to no bank.

use inkan_journeys::{Bank, Pc, run};
use serde_json::json;

use crate::files::{Files, answers};

const EC: &[&str] = &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

/// The bank publishes its CA's certificate, which contains the key.
#[test]
fn a_namesake_of_the_banks_ca_issues_nothing_for_the_bank() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let own = pc.acquire(&bank, "hanakodt");
    let ca = bank.ca().display().to_string();
    let subject = run("openssl", ["x509", "-noout", "-subject", "-nameopt", "compat,utf8,-esc_msb", "-in", &ca]);
    let subject = String::from_utf8(subject.stdout).unwrap();
    // The subject in the form of `req -subj`: `/O=A/CN=B`.
    let subject = format!("/{}", subject.trim().trim_start_matches("subject=").trim().replace(", ", "/"));

    let files = Files::new();
    let key = files.key("namesake", EC);
    files.own("namesake", &key, &subject, "utf8only", &[]);
    let person = files.key("person", EC);
    let certificate = files.issue(
        "person",
        &person,
        "/CN=hanakodt",
        "namesake",
        "extendedKeyUsage=clientAuth\nkeyUsage=digitalSignature\n",
    );
    pc.inkan(&["certificates", "import", &files.export("person", &person, &certificate, &[])], answers()).done();

    let rows = pc.inkan(&["certificates", "list", "--bank", "okmate"], None).done();
    assert_eq!(rows.as_array().unwrap().len(), 2, "{rows}");
    for row in rows.as_array().unwrap() {
        let is_own = row["id"] == own["id"];
        assert_eq!(row["issuer"], own["issuer"], "the name is the same");
        assert_eq!(row["usable"], json!(is_own), "{row}");
        assert_eq!(row["bank"], if is_own { json!("okmate") } else { json!(null) }, "{row}");
    }
}
