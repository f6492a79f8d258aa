use serde_json::json;

use crate::files::{Files, Site, answers};

const EC: &[&str] = &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
/// The extensions leave out the serial number of the CA's certificate, since the CA has two certificates.
const CLIENT: &str = "extendedKeyUsage=clientAuth\nauthorityKeyIdentifier=none\n";

/// RFC 5280 §7.1: string type, case and the number of blanks make no difference.
#[test]
fn a_server_may_name_the_ca_in_another_string_type_and_case() {
    let files = Files::new();
    let ca = files.key("ca", EC);
    files.own("ca", &ca, "/O=Okmate Trading/CN=Client CA", "default", &[]);
    let named = files.own("named", &ca, "/O=OKMATE  trading/CN=client ca", "utf8only", &[]);
    let own = files.key("own", EC);
    let certificate = files.issue("own", &own, "/CN=hanakodt", "ca", CLIENT);
    let site = Site::accepting(&named);
    site.import(&files.export("own", &own, &certificate, &[]));
    let row = site.row();
    assert_eq!((&row["usable"], &row["reasons"]), (&json!(true), &json!([])), "{row}");
    let report = site.probe(&row);
    assert_eq!((&report["answer"]["status"], &report["findings"]), (&json!(200), &json!([])), "{report}");
    assert_eq!(report["client_certificate"]["fitting"], json!([row["id"]]));
}

#[test]
fn without_a_subject_the_alternative_name_is_shown() {
    let files = Files::new();
    let key = files.key("nobody", EC);
    let options = ["-addext", "subjectAltName=email:hanako@okmate.example", "-set_serial", "-5"];
    let certificate = files.own("nobody", &key, "/", "utf8only", &options);
    let pc = inkan_journeys::Pc::new();
    let file = files.export("nobody", &key, &certificate, &[]);
    let row = pc.inkan(&["certificates", "import", &file], answers()).done();
    assert_eq!((&row["name"], &row["subject"]), (&json!("hanako@okmate.example"), &json!("")));
    assert_eq!(row["serial"], "-05", "as openssl writes it");
    assert_eq!(pc.inkan(&["certificates"], None).done()[0]["name"], "hanako@okmate.example");
}
