use serde_json::json;

use crate::files::{Files, Site};

const EC: &[&str] = &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
const CA: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,cRLSign\n";
const CLIENT: &str = "extendedKeyUsage=clientAuth\n";

/// Two roots that both signed the same intermediate CA, and a user's certificate below it.
struct CrossSigned {
    files: Files,
    own: String,
    certificate: String,
    by_a: String,
    by_b: String,
}

impl CrossSigned {
    fn new() -> Self {
        let files = Files::new();
        for (name, subject) in [("a", "/CN=Root A"), ("b", "/CN=Root B")] {
            let key = files.key(name, EC);
            files.own(name, &key, subject, "utf8only", &[]);
        }
        let middle = files.key("middle", EC);
        let by_a = files.issue("by-a", &middle, "/CN=Middle CA", "a", CA);
        let by_b = files.issue("by-b", &middle, "/CN=Middle CA", "b", CA);
        std::fs::copy(&by_a, files.path("middle.pem")).unwrap();
        let own = files.key("own", EC);
        let certificate = files.issue("own", &own, "/CN=hanakodt", "middle", CLIENT);
        Self { files, own, certificate, by_a, by_b }
    }

    fn file(&self, chain: &[&str]) -> String {
        self.files.export("own", &self.own, &self.certificate, chain)
    }
}

/// RFC 8446 §4.2.4 and §4.4.2: whichever root the server names, the chain to that root is sent.
#[test]
fn of_a_cross_signed_authority_each_way_works() {
    let made = CrossSigned::new();
    for chain in [[&made.by_a, &made.by_b], [&made.by_b, &made.by_a]] {
        let file = made.file(&chain.map(String::as_str));
        for root in ["a.pem", "b.pem"] {
            let site = Site::accepting(&made.files.path(root));
            site.import(&file);
            let row = site.row();
            assert_eq!((&row["usable"], &row["reasons"]), (&json!(true), &json!([])), "{row}");
            let report = site.probe(&row);
            assert_eq!((&report["answer"]["status"], &report["findings"]), (&json!(200), &json!([])), "{report}");
        }
    }
}

#[test]
fn a_missing_intermediate_is_said_to_be_missing() {
    let made = CrossSigned::new();
    let site = Site::accepting(&made.files.path("a.pem"));
    site.import(&made.file(&[]));
    let row = site.row();
    assert_eq!((&row["usable"], &row["reasons"]), (&json!(false), &json!(["intermediate_missing"])));
    let finding = site.probe(&row)["findings"][0].clone();
    assert_eq!(
        (&finding["code"], &finding["params"]["issuer"]),
        (&json!("intermediate_missing"), &json!("CN=Middle CA"))
    );
    let detail = finding["detail"].as_str().unwrap();
    assert!(detail.contains("CN=Middle CA") && !detail.contains("{$"), "{detail}");
    // With the intermediate certificate it works.
    site.pc.take_in_authority(made.by_a.as_ref());
    assert_eq!(site.row()["reasons"], json!([]));
    assert_eq!(site.probe(&row)["answer"]["status"], 200);
}

/// A chain that is known to be complete is not reported as incomplete.
#[test]
fn a_whole_chain_to_another_root_is_not_accepted() {
    let made = CrossSigned::new();
    let site = Site::accepting(&made.files.path("b.pem"));
    site.import(&made.file(&[&made.by_a]));
    let row = site.row();
    assert_eq!(row["reasons"], json!(["not_accepted_by_server"]));
    assert_eq!(site.probe(&row)["findings"][0]["code"], "certificate_ca_unknown");
}

/// A chain that is longer than any bank's: the server decides on the length, and the list never calls the certificate
/// not accepted for it.
#[test]
fn a_long_chain_is_followed_to_its_end() {
    let files = Files::new();
    let root = files.key("ca0", EC);
    files.own("ca0", &root, "/CN=Root of a long chain", "utf8only", &[]);
    let mut chain = Vec::new();
    for number in 1..=12 {
        let (name, by) = (format!("ca{number}"), format!("ca{}", number - 1));
        let key = files.key(&name, EC);
        chain.push(files.issue(&name, &key, &format!("/CN=Intermediate {number}"), &by, CA));
    }
    let own = files.key("own", EC);
    let certificate = files.issue("own", &own, "/CN=hanakodt", "ca12", CLIENT);
    let chain: Vec<&str> = chain.iter().map(String::as_str).collect();
    let file = files.export("own", &own, &certificate, &chain);
    let site = Site::accepting(&files.path("ca0.pem"));
    site.import(&file);
    let row = site.row();
    assert_eq!((&row["usable"], &row["reasons"]), (&json!(true), &json!([])), "{row}");
}
