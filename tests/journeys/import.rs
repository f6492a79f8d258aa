//! Tests the import of a certificate with its key from a file by `inkan`. Each command is a separate process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use inkan_journeys::{
    Authority, Bank, ClientCertificates, EnrolledByHand, Nginx, Pc, VALID, Wanted, enrol_by_hand, run,
};
use serde_json::{Value, json};
use tempfile::TempDir;

const JAPANESE: &str = "パスワード１２３";

fn answers(password: &str) -> Option<Value> {
    Some(json!({ "pkcs12_password": password }))
}

fn openssl(arguments: &[&str]) {
    let output = run("openssl", arguments);
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A directory with files to import.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// Makes a file with a certificate of no bank, under `password`.
    fn stranger(&self, name: &str, password: &str, options: &[&str]) -> String {
        let (key, certificate) = (self.path("key.pem"), self.path("certificate.pem"));
        let subject = format!("/CN={name}");
        let new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", &subject];
        openssl(&[&new[..], &["-addext", "basicConstraints=CA:FALSE", "-keyout", &key, "-out", &certificate]].concat());
        self.export(&key, &certificate, name, password, options)
    }

    fn of_the_bank(&self, enrolled: &EnrolledByHand, password: &str, options: &[&str]) -> String {
        let [key, certificate] = [enrolled.key(), enrolled.certificate()].map(|path| path.display().to_string());
        self.export(&key, &certificate, "bank", password, options)
    }

    fn export(&self, key: &str, certificate: &str, name: &str, password: &str, options: &[&str]) -> String {
        let (out, secret) = (self.path(&format!("{name}.p12")), format!("pass:{password}"));
        let export = ["pkcs12", "-export", "-inkey", key, "-in", certificate, "-passout", &secret, "-out", &out];
        openssl(&[&export[..], options].concat());
        out
    }
}

/// Returns every file of a directory with its bytes.
fn bytes(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Anchors 1, 4 and 8: modern encryption, a Japanese password; the key is there in the next process, and logs in.
#[test]
fn anchor_8_an_imported_certificate_logs_in_from_the_next_process() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let files = Files::new();
    let file = files.of_the_bank(&enrol_by_hand(&bank, "hanakodt"), JAPANESE, &["-macalg", "sha512"]);

    let preview = pc.inkan(&["certificates", "import", &file, "--preview"], answers(JAPANESE)).done();
    let keys = preview.as_array().unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!((&keys[0]["number"], &keys[0]["already_installed"]), (&json!(1), &json!(false)));
    assert_eq!((&keys[0]["certificate"]["bank"], &keys[0]["certificate"]["usable"]), (&json!("okmate"), &json!(true)));
    assert_eq!(pc.inkan(&["certificates"], None).done(), json!([]), "a preview leaves the store alone");

    let row = pc.inkan(&["certificates", "import", &file], answers(JAPANESE)).done();
    assert_eq!(row["id"], keys[0]["certificate"]["id"]);
    let listed = pc.inkan(&["certificates", "list", "--bank", "okmate"], None).done();
    assert_eq!((&listed[0]["id"], &listed[0]["usable"]), (&row["id"], &json!(true)));
    assert_eq!(pc.certutil_certificates()[0].1, "u,u,u");

    let password = bank.secret("hanakodt", "login_password");
    let login = pc.inkan(&["login", "--bank", "okmate"], Some(json!({ "login_password": password }))).done();
    assert_eq!(login["connection"]["certificate"], "hanakodt", "{login}");
    assert_eq!(login["top"]["certificate"]["fingerprint_sha256"], row["id"], "{login}");

    let again = pc.inkan(&["certificates", "import", &file], answers(JAPANESE)).problem();
    assert_eq!(again["code"], "already_installed");
    let preview = pc.inkan(&["certificates", "import", &file, "--preview"], answers(JAPANESE)).done();
    assert_eq!(preview[0]["already_installed"], true);
    pc.inkan(&["certificates", "delete", row["id"].as_str().unwrap(), "--yes"], None).done();
    pc.assert_empty();
}

/// Anchor 3: after a failure the store is byte for byte what it was.
#[test]
fn anchor_3_a_failure_leaves_every_byte_of_the_store() {
    let pc = Pc::new();
    let files = Files::new();
    let good = files.stranger("good", "s3cret", &[]);
    pc.inkan(&["certificates", "import", &good], answers("s3cret")).done();
    let before = bytes(&pc.database());

    let open = files.stranger("open", "s3cret", &["-nomac"]);
    let without_key = files.path("without key.p12");
    let certificate = files.path("certificate.pem");
    openssl(&["pkcs12", "-export", "-nokeys", "-in", &certificate, "-passout", "pass:s3cret", "-out", &without_key]);
    let cut = files.path("cut.p12");
    std::fs::write(&cut, &std::fs::read(&good).unwrap()[..500]).unwrap();
    let empty = files.path("empty.p12");
    std::fs::write(&empty, "").unwrap();
    let page = files.path("page.p12");
    std::fs::write(&page, "<!DOCTYPE html><title>ログイン</title>").unwrap();
    let pem = files.path("both.pem");
    let both = [files.path("key.pem"), certificate.clone()].map(|file| std::fs::read(file).unwrap()).concat();
    std::fs::write(&pem, both).unwrap();
    let large = files.path("large.p12");
    std::fs::write(&large, vec![0x30; 2 * 1024 * 1024]).unwrap();
    let cases = [
        (&good, "wrong", "pkcs12_password_wrong"),
        (&good, "", "pkcs12_password_wrong"),
        (&open, "s3cret", "pkcs12_unprotected"),
        (&without_key, "s3cret", "pkcs12_without_key"),
        (&cut, "s3cret", "pkcs12_unreadable"),
        (&certificate, "s3cret", "file_certificate_only"),
        (&files.path("key.pem"), "s3cret", "file_key_only"),
        (&pem, "s3cret", "file_key_and_certificate"),
        (&empty, "s3cret", "file_empty"),
        (&page, "s3cret", "file_web_page"),
        (&files.path(""), "s3cret", "file_not_regular"),
        (&large, "s3cret", "pkcs12_too_large"),
        (&files.path("nothing.p12"), "s3cret", "file_unreadable"),
        (&good, "s3cret", "already_installed"),
    ];
    for (file, password, code) in cases {
        let problem = pc.inkan(&["certificates", "import", file], answers(password)).problem();
        assert_eq!(problem["code"], code, "{file}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()));
        assert!(bytes(&pc.database()) == before, "{code} changed the store");
    }
    let unanswered = pc.inkan(&["certificates", "import", &good], Some(json!({}))).problem();
    assert_eq!(unanswered["code"], "answer_missing");
}

/// Anchor 4: such a file is refused unless the person accepts it. A changed file or a wrong password is reported even
/// then.
#[test]
fn anchor_4_a_file_without_a_mac_is_imported_when_asked_for() {
    let pc = Pc::new();
    let files = Files::new();
    let open = files.stranger("open", JAPANESE, &["-nomac"]);
    for preview in [&[][..], &["--preview"]] {
        let refused = pc.inkan(&[&["certificates", "import", &open], preview].concat(), answers(JAPANESE)).problem();
        assert_eq!(refused["code"], "pkcs12_unprotected");
    }
    // Only an option of the command line accepts the file, because a person reads its text there.
    let answered = files.path("answers.json");
    std::fs::write(&answered, answers(JAPANESE).unwrap().to_string()).unwrap();
    let mut told = std::process::Command::new(inkan_journeys::program("inkan"));
    told.args(["--lang", "ja", "--answers", &answered, "certificates", "import", &open]);
    told.env("INKAN_HOME", pc.home()).env("INKAN_STORE", format!("nss:{}", pc.database().display()));
    let told = told.output().unwrap();
    assert!(String::from_utf8_lossy(&told.stderr).contains("--accept-unprotected"), "{told:?}");
    let accepting = ["certificates", "import", &open, "--accept-unprotected"];
    for wrong in ["", "wrong", "パスワード"] {
        assert_eq!(pc.inkan(&accepting, answers(wrong)).problem()["code"], "pkcs12_password_wrong");
    }
    let preview = pc.inkan(&[&accepting[..], &["--preview"]].concat(), answers(JAPANESE)).done();
    assert_eq!(preview[0]["unprotected"], true);
    assert_eq!(pc.inkan(&["certificates"], None).done(), json!([]), "nothing was imported so far");
    let row = pc.inkan(&accepting, answers(JAPANESE)).done();
    assert_eq!((&row["name"], &row["id"]), (&json!("open"), &preview[0]["certificate"]["id"]));
    assert_eq!((pc.certutil_certificates().len(), pc.certutil_keys()), (1, 1));

    let whole = files.stranger("whole", JAPANESE, &[]);
    let preview = ["certificates", "import", &whole, "--accept-unprotected", "--preview"];
    assert_eq!(pc.inkan(&preview, answers(JAPANESE)).done()[0]["unprotected"], false);
}

/// Anchor 2: the error has the number of iterations.
#[test]
fn anchor_2_too_many_iterations_are_named() {
    let pc = Pc::new();
    let files = Files::new();
    let file = files.stranger("patient", "s3cret", &["-iter", "1000001"]);
    for (language, said) in [("ja", "1,000,001回"), ("en", "1,000,001")] {
        let problem = pc.inkan_in(language, &["certificates", "import", &file], answers("s3cret")).problem();
        assert_eq!(problem["code"], "pkcs12_too_many_iterations");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
    }
}

/// Anchor 5: the name is shown as it is, in any string type. Anchor 16: an imported certificate is listed, and says why
/// it cannot be used.
#[test]
fn anchors_5_and_16_every_imported_certificate_is_listed_with_its_reason() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let files = Files::new();
    let file = files.stranger("株式会社オーケー", "s3cret", &["-legacy"]);
    pc.inkan(&["certificates", "import", &file], answers("s3cret")).done();
    let listed = pc.inkan(&["certificates", "list", "--bank", "okmate"], None).done();
    assert_eq!(listed[0]["name"], "株式会社オーケー");
    assert_eq!((&listed[0]["usable"], &listed[0]["reasons"]), (&json!(false), &json!(["not_of_this_bank"])));
}

/// The person chooses one of several keys, by number or by ID.
#[test]
fn one_of_several_keys_is_chosen() {
    let pc = Pc::new();
    let files = Files::new();
    let other = Pc::new();
    // NSS exports all certificates of one name and subject together.
    for number in ["one", "two"] {
        let file = files.stranger("twin", "s3cret", &["-name", number]);
        other.inkan(&["certificates", "import", &file], answers("s3cret")).done();
    }
    let (out, database) = (files.path("both.p12"), format!("sql:{}", other.database().display()));
    // NSS hides the keys that Inkan imports, and gives them out all the same: their protection is `file`.
    let export = run("pk12util", ["-d", &database, "-n", "twin", "-o", &out, "-W", "s3cret", "-K", ""]);
    assert!(export.status.success(), "{}", String::from_utf8_lossy(&export.stderr));

    let keys = pc.inkan(&["certificates", "import", &out, "--preview"], answers("s3cret")).done();
    assert_eq!(keys.as_array().unwrap().len(), 2);
    let problem = pc.inkan(&["certificates", "import", &out], answers("s3cret")).problem();
    assert_eq!(problem["code"], "several_keys");
    let detail = problem["detail"].as_str().unwrap();
    for (number, key) in (1..).zip(keys.as_array().unwrap()) {
        let certificate = &key["certificate"];
        let [serial, issuer] = ["serial", "issuer"].map(|fact| certificate[fact].as_str().unwrap());
        assert!(detail.contains(&format!("{number}: twin (")), "{problem}");
        assert!(detail.contains(serial) && detail.contains(issuer), "{problem}");
    }
    let first = pc.inkan(&["certificates", "import", &out, "--key", "1"], answers("s3cret")).done();
    assert_eq!(first["id"], keys[0]["certificate"]["id"]);
    let id = keys[1]["certificate"]["id"].as_str().unwrap();
    let second = pc.inkan(&["certificates", "import", &out, "--key", &id[..12]], answers("s3cret")).done();
    assert_eq!(second["id"], id);
    for unknown in ["3", "00000000"] {
        let problem = pc.inkan(&["certificates", "import", &out, "--key", unknown], answers("s3cret")).problem();
        assert_eq!(problem["code"], "key_number_unknown");
        assert!(problem["detail"].as_str().unwrap().contains('2'), "how many the file has: {problem}");
    }
}

/// A server that knows the root alone accepts a client that also sends the intermediate certificate (RFC 8446 §4.4.2).
#[test]
fn the_chain_of_a_file_is_kept_and_goes_to_the_server() {
    let files = Files::new();
    let root = Authority::new("root");
    let intermediate = root.issue(&Wanted {
        name: "intermediate",
        extensions: &["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"],
        validity: VALID,
    });
    let [key, request, leaf, extensions] = ["k.pem", "r.csr", "c.pem", "e.cnf"].map(|name| files.path(name));
    let [above, above_key] = [&intermediate.certificate, &intermediate.key].map(|path| path.display().to_string());
    std::fs::write(&extensions, "basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth\n").unwrap();
    openssl(&[
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=chained",
        "-keyout",
        &key,
        "-out",
        &request,
    ]);
    let sign = ["x509", "-req", "-in", &request, "-CA", &above, "-CAkey", &above_key, "-set_serial", "7"];
    openssl(&[&sign[..], &["-days", "365", "-extfile", &extensions, "-out", &leaf]].concat());
    let file = files.export(&key, &leaf, "chained", "Torikomi1", &["-certfile", &above]);

    let pc = Pc::new();
    let row = pc.inkan(&["certificates", "import", &file], answers("Torikomi1")).done();
    let clients = ClientCertificates { authorities: root.certificate(), crl: None, protocols: "TLSv1.2 TLSv1.3" };
    let nginx = Nginx::demanding(&root.server(), &clients);
    let (address, ca) = (nginx.address(), root.certificate().display().to_string());
    let probe = ["probe", &address, "--ca", &ca, "--certificate", row["id"].as_str().unwrap()];
    let report = pc.inkan(&probe, None).done();
    assert_eq!(report["answer"]["status"], 200, "{report}\n{}", nginx.log());
    assert_eq!(pc.inkan(&["certificates"], None).done().as_array().unwrap().len(), 1, "the CA has no row of its own");
}

/// RFC 5280 §4.1.2.2 gives a serial number of an issuer to one certificate. NSS does not keep a second one.
#[test]
fn another_certificate_of_the_same_serial_number_is_told_apart_before_and_at_the_import() {
    let (pc, files) = (Pc::new(), Files::new());
    let numbered = |file: &str| {
        let [key, certificate] = ["key", "pem"].map(|kind| files.path(&format!("{file}.{kind}")));
        let new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=twin", "-set_serial", "4660"];
        openssl(&[&new[..], &["-addext", "basicConstraints=CA:FALSE", "-keyout", &key, "-out", &certificate]].concat());
        files.export(&key, &certificate, file, "s3cret", &[])
    };
    let [first, second] = ["first", "second"].map(numbered);
    let row = pc.inkan(&["certificates", "import", &first], answers("s3cret")).done();
    let id = row["id"].as_str().unwrap();
    let before = bytes(&pc.database());
    let preview = pc.inkan(&["certificates", "import", &second, "--preview"], answers("s3cret")).done();
    assert_eq!((&preview[0]["same_serial"], &preview[0]["already_installed"]), (&json!(id), &json!(false)));
    for (language, again) in [("ja", "もう一度お試しください"), ("en", "Try again.")] {
        let preview = ["certificates", "import", &second, "--preview"];
        let (code, said) = pc.inkan_says(language, &preview, &answers("s3cret").unwrap());
        assert!(code == 0 && said.contains(&id[..16]), "{said}");
        let refused = pc.inkan_in(language, &["certificates", "import", &second], answers("s3cret")).problem();
        assert_eq!(refused["code"], "serial_number_taken", "{refused}");
        assert!(refused["detail"].as_str().unwrap().contains(&id[..16]), "{refused}");
        assert!(!refused["next"].as_str().unwrap().contains(again), "{refused}");
    }
    assert!(bytes(&pc.database()) == before, "nothing has changed");
    let own = pc.inkan(&["certificates", "import", &first, "--preview"], answers("s3cret")).done();
    assert_eq!((&own[0]["same_serial"], &own[0]["already_installed"]), (&json!(null), &json!(true)));
}
