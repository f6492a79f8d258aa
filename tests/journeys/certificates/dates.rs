use inkan_journeys::{Authority, Pc, Wanted};
use serde_json::json;

/// RFC 5280 §4.1.2.5: the certificate has no end. Every command that reads the store goes on working.
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
