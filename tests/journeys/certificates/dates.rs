use inkan_journeys::{Authority, ClientCertificates, Nginx, Pc, Wanted};
use serde_json::{Value, json};

/// RFC 5280 §4.1.2.5: the certificate has no end. Every command that reads the store works with it.
#[test]
fn a_certificate_without_an_end_harms_nothing() {
    let pc = Pc::new();
    pc.inkan(&["certificates"], None).done();
    let authority = Authority::new("Forever CA");
    for (name, validity) in [
        ("forever", ("20200101000000Z", "99991231235959Z")),
        ("ancient", ("00000101000000Z", "19700101000000Z")),
        ("usual", ("20200101000000Z", "20991231235959Z")),
    ] {
        pc.take_in(&authority.issue(&Wanted { name, extensions: &["extendedKeyUsage=clientAuth"], validity }));
    }
    let rows = pc.inkan(&["certificates", "list"], None).done();
    let row = |name: &str| rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(row("forever")["not_after"], "9999-12-31T23:59:59Z");
    assert!(row("forever")["days_left"].as_i64().unwrap() > 2_900_000, "{rows}");
    assert!(row("ancient")["reasons"].as_array().unwrap().contains(&json!("expired")), "{rows}");
    assert!(row("usual")["days_left"].as_i64().unwrap() > 0);
    pc.inkan(&["doctor"], None).done();
    pc.inkan(&["settings", "show"], None).done();
    pc.inkan(&["certificates", "clean", "--yes"], None).done();
    assert_eq!(pc.inkan(&["certificates"], None).done().as_array().unwrap().len(), 3);
}

/// Such a certificate is never valid. It is reported as faulty, and not as expired.
#[test]
fn a_certificate_that_ends_before_it_begins_is_told_as_faulty_everywhere() {
    let pc = Pc::new();
    pc.inkan(&["certificates"], None).done();
    let (servers, clients) = (Authority::new("Servers"), Authority::new("Clients"));
    let faulty =
        |name, validity| clients.issue(&Wanted { name, extensions: &["extendedKeyUsage=clientAuth"], validity });
    let past = faulty("past", ("20250101000000Z", "20200101000000Z"));
    let around = faulty("around", ("20900101000000Z", "20200101000000Z"));
    let file = past.pkcs12().display().to_string();
    let import = ["certificates", "import", &file, "--preview"];
    let preview = pc.inkan(&import, Some(json!({ "pkcs12_password": "" }))).done();
    let reasons = |row: &Value| row["reasons"].as_array().unwrap().clone();
    assert!(reasons(&preview[0]["certificate"]).contains(&json!("dates_contradict")), "{preview}");
    let ids = [&past, &around].map(|issued| pc.take_in(issued));
    let rows = pc.inkan(&["certificates", "list"], None).done();
    for row in rows.as_array().unwrap() {
        assert_eq!(reasons(row)[1..], [json!("dates_contradict")], "{row}");
    }
    let (_, said) = pc.inkan_says("en", &["certificates"], &json!({}));
    assert!(said.contains("contradict each other") && !said.contains("clock"), "{said}");
    let report = pc.inkan(&["doctor"], None).value;
    for id in &ids {
        let checks = report["checks"].as_array().unwrap().iter();
        assert_eq!(checks.filter(|check| check["certificate"] == json!(id)).count(), 1, "{report}");
    }
    let asked = ClientCertificates { authorities: clients.certificate(), crl: None, protocols: "TLSv1.3" };
    let nginx = Nginx::demanding(&servers.server(), &asked);
    let ca = servers.certificate().display().to_string();
    for id in &ids {
        let report = pc.inkan(&["probe", &nginx.address(), "--ca", &ca, "--certificate", id], None).report();
        assert_eq!(report["findings"][0]["code"], "certificate_dates_contradict", "{report}");
        assert_eq!(report["client_certificate"]["fitting"], json!([]), "{report}");
    }
    assert_eq!(pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]));
}
