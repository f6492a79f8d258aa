//! Certificates that NSS stores and that cannot be read: a person sees and deletes them, and they log in nowhere.

use std::path::Path;

use inkan_journeys::{Authority, EXPIRED, Issued, Pc, VALID, run};
use serde_json::{Value, json};

/// Dates that replace the last moment of a certificate.
const FAULTS: [(&str, &str); 5] = [
    ("leap-second", "20991231235960Z"),
    ("midnight", "20991231240000Z"),
    ("february", "20990230235959Z"),
    ("no-zone", "209912312359.59"),
    ("escape", "209912312359\x1b[Z"),
];

/// Puts a certificate without its key into the store, under a name of its own.
fn take_in(pc: &Pc, issued: &Issued, name: &str) -> String {
    let file = issued.certificate.display().to_string();
    let output = run("certutil", ["-A", "-n", name, "-t", ",,", "-i", &file, "-d", &pc.database_argument()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    id(&issued.certificate)
}

fn id(file: &Path) -> String {
    let path = file.display().to_string();
    let output = run("sha256sum", [&path]);
    String::from_utf8(output.stdout).unwrap().split_whitespace().next().unwrap().to_owned()
}

fn found<'a>(rows: &'a Value, id: &str) -> &'a Value {
    rows.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id} is not in {rows}"))
}

#[test]
fn a_certificate_that_cannot_be_read_is_listed_shown_and_deleted() {
    let (authority, pc) = (Authority::new("Odd Dates CA"), Pc::new());
    pc.inkan(&["certificates"], None).done();
    let usual = pc.take_in(&authority.client("usual", VALID));
    let ids = FAULTS.map(|(name, until)| {
        let issued = authority.client(name, VALID).changed(b"20991231235959Z", until.as_bytes());
        (take_in(&pc, &issued, &format!("{name} in NSS")), name)
    });
    let rows = pc.inkan(&["certificates", "list"], None).done();
    assert_eq!(rows.as_array().unwrap().len(), 1 + ids.len(), "{rows}");
    assert_eq!(found(&rows, &usual)["name"], "usual");
    for (id, name) in &ids {
        let row = found(&rows, id);
        assert_eq!((&row["name"], &row["fault"]), (&json!(name), &json!("date")), "{row}");
        assert_eq!(row["label"], json!(format!("{name} in NSS")), "{row}");
        assert_eq!((&row["usable"], &row["reasons"]), (&json!(false), &json!(["unreadable"])), "{row}");
        assert_eq!(row["not_after"], Value::Null, "{row}");
        let until = FAULTS.iter().find(|(own, _)| own == name).unwrap().1.escape_default().to_string();
        assert_eq!(row["dates"][1], json!(until.replace("\\u{1b}", "\\x1b")), "{row}");
        assert_eq!(row["issuer"], "CN=Odd Dates CA", "{row}");
        assert_eq!(pc.inkan(&["certificates", "show", &id[..8]], None).done()["id"], json!(id));
    }
    for (language, word) in [("ja", "読み取れません"), ("en", "Cannot be read")] {
        let (code, said) = pc.inkan_says(language, &["certificates"], &json!({}));
        assert_eq!((code, said.matches(word).count()), (0, ids.len()), "{said}");
        assert!(said.contains("20990230235959Z"), "{said}");
        let (code, said) = pc.inkan_says(language, &["certificates", "show", &ids[0].0], &json!({}));
        assert!(code == 0 && said.contains(word) && said.contains("leap-second"), "{said}");
    }
    // The list and the check-up report the same fault of the dates.
    let checks = pc.inkan_in("en", &["doctor"], None);
    let said = checks.value.to_string();
    assert_eq!(said.matches("a date that does not exist, or no time zone").count(), ids.len(), "{said}");
    for (id, _) in &ids {
        assert!(said.contains(&id[..16]), "{said}");
    }
    let cleaned = pc.inkan(&["certificates", "clean", "--yes"], None).done();
    assert_eq!(cleaned, json!([]), "nothing of it is proposed");
    let whom: Vec<&str> = ids.iter().map(|(id, _)| id.as_str()).collect();
    let deleted = pc.inkan(&[&["certificates", "delete", "--yes", whom[0], whom[0]], &whom[1..]].concat(), None).done();
    assert_eq!(deleted.as_array().unwrap().len(), ids.len(), "the same ID twice counts once: {deleted}");
    let rows = pc.inkan(&["certificates", "list"], None).done();
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
}

/// RFC 5280 §4.1.2.5 forbids such a date, but its meaning is clear.
#[test]
fn a_date_that_is_only_unusual_is_shown() {
    let (authority, pc) = (Authority::new("Old Habits CA"), Pc::new());
    pc.inkan(&["certificates"], None).done();
    let odd = authority.client("offset", VALID).changed(b"20991231235959Z", b"209912312359+09");
    let id = take_in(&pc, &odd, "offset");
    let rows = pc.inkan(&["certificates"], None).done();
    let row = found(&rows, &id);
    assert_eq!(
        (&row["not_after"], &row["reasons"]),
        (&json!("2099-12-31T14:59:00Z"), &json!(["not_of_this_bank", "key_missing"]))
    );
}

/// The file is opened, and the right one of three causes is reported.
#[test]
fn a_file_says_whether_its_certificate_is_missing_or_cannot_be_read() {
    let (authority, pc) = (Authority::new("Odd Files CA"), Pc::new());
    let issued = authority.client("hanakodt", VALID);
    let path = |file: &Path| file.display().to_string();
    let [alone, unreadable, pem] = ["alone.p12", "odd.p12", "odd.pem"].map(|name| path(&pc.directory().join(name)));
    let odd = issued.changed(b"20991231235959Z", b"20990230235959Z");
    let export = ["pkcs12", "-export", "-passout", "pass:s3cret", "-inkey"];
    let key = path(&issued.key);
    for arguments in [
        vec!["x509", "-inform", "DER", "-in", &path(&odd.certificate), "-out", &pem],
        [&export[..], &[&key, "-nocerts", "-out", &alone]].concat(),
        [&export[..], &[&key, "-in", &pem, "-out", &unreadable]].concat(),
    ] {
        let output = run("openssl", arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for (file, code, ja, en) in [
        (&alone, "pkcs12_without_certificate", "秘密鍵1個だけ", "a private key without a certificate"),
        (&unreadable, "pkcs12_certificate_unreadable", "20990230235959Z", "20990230235959Z"),
    ] {
        for (language, word) in [("ja", ja), ("en", en)] {
            let import = ["certificates", "import", file, "--preview"];
            let refused = pc.inkan_in(language, &import, Some(json!({ "pkcs12_password": "s3cret" }))).problem();
            assert_eq!(refused["code"], code, "{refused}");
            assert!(refused["detail"].as_str().unwrap().contains(word), "{refused}");
        }
    }
}

/// IDs as openssl and Windows print them. A number that no key has is reported as such.
#[test]
fn ids_and_numbers_are_taken_as_other_programs_print_them() {
    let (authority, pc) = (Authority::new("Printed CA"), Pc::new());
    pc.inkan(&["certificates"], None).done();
    let issued = authority.client("hanakodt", VALID);
    let id = pc.take_in(&issued);
    let file = issued.certificate.display().to_string();
    for kind in ["-sha256", "-sha1"] {
        let printed = run("openssl", ["x509", "-noout", "-fingerprint", kind, "-in", &file]);
        let printed = String::from_utf8(printed.stdout).unwrap();
        let fingerprint = printed.trim().rsplit('=').next().unwrap();
        for typed in [fingerprint.to_owned(), fingerprint.replace(':', " "), printed.trim().to_owned()] {
            assert_eq!(pc.inkan(&["certificates", "show", &typed], None).done()["id"], json!(id), "{typed}");
        }
    }
    let serial = run("openssl", ["x509", "-noout", "-serial", "-in", &file]);
    let serial = String::from_utf8(serial.stdout).unwrap();
    assert_eq!(pc.inkan(&["certificates", "show", serial.trim()], None).done()["id"], json!(id));

    let p12 = issued.pkcs12().display().to_string();
    let import =
        |key: &str| pc.inkan(&["certificates", "import", &p12, "--key", key], Some(json!({ "pkcs12_password": "" })));
    for typed in ["9", "0", "-1", "２", "1.5", "abcdefgh"] {
        let refused = import(typed).problem();
        assert_eq!(refused["code"], "key_number_unknown", "{typed}: {refused}");
        assert!(refused["detail"].as_str().unwrap().contains('1'), "{refused}");
    }
    for typed in ["1", "１", &id[..8], &id.to_uppercase()] {
        assert_eq!(import(typed).problem()["code"], "already_installed", "{typed}");
    }
    let twice = pc.inkan(&["certificates", "delete", "--yes", &id, &id[..10], serial.trim()], None).done();
    assert_eq!(twice.as_array().unwrap().len(), 1, "{twice}");
    pc.assert_empty();
}

/// A certificate with its key: the key is deleted too, and the proof is true.
#[test]
fn a_certificate_that_cannot_be_read_goes_with_its_key() {
    let (authority, pc) = (Authority::new("Odd Keys CA"), Pc::new());
    pc.inkan(&["certificates"], None).done();
    // NSS joins a key in the store with a certificate that is added later by the CKA_ID.
    let readable = authority.client("hanakodt", VALID);
    let first = pc.take_in(&readable);
    let odd = readable.changed(b"20991231235959Z", b"20990230235959Z");
    let serial = changed_serial(&odd);
    pc.take_in_without_key(&serial);
    let odd_id = id(&serial.certificate);
    let rows = pc.inkan(&["certificates", "list"], None).done();
    assert_eq!(found(&rows, &odd_id)["protection"], "file", "{rows}");
    let shared = pc.inkan(&["certificates", "delete", "--yes", &first], None).done();
    assert_eq!(shared[0]["key"], json!({ "shared_with": [odd_id] }));
    assert_eq!(pc.certutil_keys(), 1);
    let refused = pc.inkan(&["probe", "https://localhost:1/", "--certificate", &odd_id], None).problem();
    assert_eq!(refused["code"], "certificate_unreadable", "{refused}");
    let gone = pc.inkan(&["certificates", "delete", "--yes", &odd_id], None).done();
    assert_eq!(gone[0]["key"], "gone", "{gone}");
    pc.assert_empty();
}

/// Changes the certificate for another issuer, because NSS takes a serial number of an issuer once.
fn changed_serial(issued: &Issued) -> Issued {
    let mut bytes = std::fs::read(&issued.certificate).unwrap();
    let name = b"Odd Keys CA";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes.splice(at..at + name.len(), *b"Odd Keys CB");
    std::fs::write(&issued.certificate, bytes).unwrap();
    issued.clone()
}

/// If the first date cannot be read, a certificate past its last date is not known to be unusable.
#[test]
fn clean_up_leaves_what_cannot_be_read() {
    let (authority, pc) = (Authority::new("Odd First Day CA"), Pc::new());
    pc.inkan(&["certificates"], None).done();
    let odd = authority.client("old", EXPIRED).changed(b"200101000000Z", b"200230000000Z");
    pc.take_in_without_key(&odd);
    assert_eq!(pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]));
    assert_eq!(found(&pc.inkan(&["certificates"], None).done(), &id(&odd.certificate))["fault"], "date");
}

/// A server may need the CA certificate that is left out. So the import reports that.
#[test]
fn a_damaged_certificate_beside_a_pair_in_a_file_is_counted() {
    let (authority, pc) = (Authority::new("Odd Neighbours CA"), Pc::new());
    let (own, other) = (authority.client("hanakodt", VALID), authority.client("other", VALID));
    let path = |file: &Path| file.display().to_string();
    let [file, pem] = ["both.p12", "odd.pem"].map(|name| path(&pc.directory().join(name)));
    let odd = other.changed(b"20991231235959Z", b"20990230235959Z");
    let [key, certificate] = [&own.key, &own.certificate].map(|file| path(file));
    for arguments in [
        vec!["x509", "-inform", "DER", "-in", &path(&odd.certificate), "-out", &pem],
        vec![
            "pkcs12",
            "-export",
            "-passout",
            "pass:s3cret",
            "-inkey",
            &key,
            "-in",
            &certificate,
            "-certfile",
            &pem,
            "-out",
            &file,
        ],
    ] {
        let output = run("openssl", arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let password = json!({ "pkcs12_password": "s3cret" });
    let preview = pc.inkan(&["certificates", "import", &file, "--preview"], Some(password.clone())).done();
    assert_eq!((preview.as_array().unwrap().len(), &preview[0]["unreadable"]), (1, &json!(1)), "{preview}");
    let (code, said) = pc.inkan_says("en", &["certificates", "import", &file, "--preview"], &password);
    assert!(code == 0 && said.contains("damaged and are left out: 1"), "{said}");
    pc.inkan(&["certificates", "import", &file], Some(password)).done();
}
