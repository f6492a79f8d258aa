use inkan_journeys::{Pc, run};
use serde_json::json;

use crate::files::{Files, PASSWORD, Site, answers};

const CURVE: &str = "ec_paramgen_curve:";

/// The kinds of key by `openssl genpkey`, and what people call them.
const UNSUPPORTED: &[(&[&str], &str)] = &[
    (&["EC", "-pkeyopt", "ec_paramgen_curve:P-521"], "EC P-521"),
    (&["EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"], "EC secp256k1"),
    (&["EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"], "EC brainpoolP256r1"),
    (&["EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP512r1"], "EC brainpoolP512r1"),
    (&["EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"], "EC explicit parameters"),
    (&["ED25519"], "Ed25519"),
    (&["ED448"], "Ed448"),
    (&["RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], "RSASSA-PSS 2048"),
    (&["RSA", "-pkeyopt", "rsa_keygen_bits:512"], "RSA 512"),
];

fn self_signed(files: &Files, kind: &[&str]) -> String {
    let key = files.key("own", kind);
    let options = ["-addext", "extendedKeyUsage=clientAuth"];
    let certificate = files.own("own", &key, "/CN=hanakodt", "utf8only", &options);
    files.export("own", &key, &certificate, &[])
}

#[test]
fn a_kind_that_signs_nowhere_here_is_named_before_it_is_imported() {
    let files = Files::new();
    let pc = Pc::new();
    let refused = |file: &str, name: &str| {
        for arguments in [&["certificates", "import", file, "--preview"][..], &["certificates", "import", file]] {
            let problem = pc.inkan(arguments, answers()).problem();
            assert_eq!(problem["code"], "key_kind_unsupported", "{name}: {problem}");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains(&format!("鍵の種類は {name} です")), "{problem}");
            assert!(detail.contains("EC P-384"), "the kinds that work: {problem}");
        }
    };
    for (kind, name) in UNSUPPORTED {
        refused(&self_signed(&files, kind), name);
    }
    let (plain, compressed) =
        (files.key("plain", &["EC", "-pkeyopt", &format!("{CURVE}P-256")]), files.path("short.key"));
    files.openssl(&["ec", "-in", &plain, "-conv_form", "compressed", "-out", &compressed]);
    let certificate = files.own("short", &compressed, "/CN=hanakodt", "utf8only", &[]);
    refused(&files.export("short", &compressed, &certificate, &[]), "EC P-256 (compressed point)");
    assert_eq!(pc.inkan(&["certificates"], None).done(), json!([]), "nothing was imported");
}

#[test]
fn the_kinds_that_work_are_imported() {
    let pc = Pc::new();
    for (kind, name) in [
        (&["EC", "-pkeyopt", "ec_paramgen_curve:P-384"][..], "EC P-384"),
        (&["RSA", "-pkeyopt", "rsa_keygen_bits:1024"], "RSA 1024"),
        (&["RSA", "-pkeyopt", "rsa_keygen_bits:4096"], "RSA 4096"),
    ] {
        let files = Files::new();
        let file = self_signed(&files, kind);
        let preview = pc.inkan(&["certificates", "import", &file, "--preview"], answers()).done();
        assert_eq!(preview[0]["certificate"]["key_kind"], name);
        let row = pc.inkan(&["certificates", "import", &file], answers()).done();
        assert_eq!(row["reasons"], json!(["not_of_this_bank"]), "{name}: {row}");
    }
}

/// NSS stores such a key. The key is there, and is not reported as lost.
#[test]
fn a_key_of_such_a_kind_in_the_store_is_not_told_as_lost() {
    let files = Files::new();
    let ca = files.key("ca", &["EC", "-pkeyopt", &format!("{CURVE}P-256")]);
    let accepted = files.own("ca", &ca, "/CN=Client CA", "utf8only", &[]);
    let own = files.key("own", &["EC", "-pkeyopt", &format!("{CURVE}P-521")]);
    let certificate = files.issue("own", &own, "/CN=hanakodt", "ca", "extendedKeyUsage=clientAuth\n");
    let site = Site::accepting(&accepted);
    site.pc.inkan(&["certificates"], None).done();
    let file = files.export("own", &own, &certificate, &[]);
    let database = site.pc.database_argument();
    let taken = run("pk12util", ["-i", &file, "-d", &database, "-W", PASSWORD, "-K", ""]);
    assert!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
    let row = site.row();
    assert_eq!((&row["usable"], &row["reasons"]), (&json!(false), &json!(["key_unsupported"])), "{row}");
    assert_eq!((&row["key_kind"], &row["key"]["bits"]), (&json!("EC P-521"), &json!(521)));
    let report = site.pc.inkan(&["doctor"], None);
    let said = report.value.to_string();
    let check = report.value["checks"].as_array().unwrap().iter().find(|check| check["check"] == "key").unwrap();
    assert_eq!((&check["code"], &check["remedy"]), (&json!("key_kind_unsupported"), &json!(null)), "{check}");
    assert!(check["title"].as_str().unwrap().contains("hanakodt") && !said.contains("key_missing"), "{said}");
    assert_eq!(site.probe(&row)["findings"][0]["code"], "key_kind_unsupported");
}
