//! A deletion whose process is killed in the middle. The next run completes it.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use inkan_journeys::{Authority, Pc, ProxyModule, TokenPc, Twist, VALID, softhsm, softoken};
use serde_json::{Value, json};

const SIGKILL: i32 = 9;

fn file() -> (Authority, String) {
    let authority = Authority::new("A stranger");
    let file = authority.client("hanako", VALID).pkcs12().display().to_string();
    (authority, file)
}

fn is_killed(command: &mut Command, arguments: &[&str]) {
    let output = command.args(arguments).output().unwrap();
    assert_eq!(output.status.signal(), Some(SIGKILL), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "it said nothing, least of all that it was done");
}

/// Kills `inkan certificates delete` after so many objects: the private half of the key, the public half, the
/// certificate. Returns the PC and the certificate's ID.
fn cut_after(objects: u32) -> (Pc, String) {
    let pc = Pc::new();
    let (_authority, file) = file();
    let row = pc.inkan(&["certificates", "import", &file], Some(json!({ "pkcs12_password": "" }))).done();
    let id = row["id"].as_str().unwrap().to_owned();
    let proxy = ProxyModule::before(&softoken(), Twist::DieAfterDestroying(objects));
    let mut command = pc.command();
    command.env("LD_LIBRARY_PATH", proxy.directory());
    is_killed(&mut command, &["certificates", "delete", &id, "--yes"]);
    (pc, id)
}

/// Design decision 5: the key is deleted first, so a certificate that an interruption leaves cannot be used. It is
/// listed with the reason, and offered for deletion.
#[test]
fn what_a_cut_leaves_is_listed_and_cleaned_away() {
    for objects in [1, 2] {
        let (pc, id) = cut_after(objects);
        assert_eq!((pc.certutil_certificates().len(), pc.certutil_keys()), (1, 0), "key gone, certificate there");

        let listed = pc.inkan(&["certificates"], None).done();
        assert_eq!((&listed[0]["id"], &listed[0]["usable"]), (&json!(id), &json!(false)));
        assert!(listed[0]["reasons"].as_array().unwrap().contains(&json!("key_missing")), "{listed}");
        assert_eq!(listed[0]["key"]["protection"], Value::Null);

        let cleaned = pc.inkan(&["certificates", "clean", "--yes"], None).done();
        assert_eq!(cleaned, json!([{ "id": id, "key": "was_missing" }]));
        pc.assert_empty();
        assert_eq!(pc.inkan(&["certificates"], None).done(), json!([]));
    }
}

#[test]
fn a_second_deletion_finishes_the_first() {
    let (pc, id) = cut_after(1);
    let deleted = pc.inkan(&["certificates", "delete", &id, "--yes"], None).done();
    assert_eq!(deleted, json!([{ "id": id, "key": "was_missing" }]));
    pc.assert_empty();
}

#[test]
fn cut_after_the_last_step_nothing_is_left() {
    let (pc, id) = cut_after(3);
    pc.assert_empty();
    assert_eq!(pc.inkan(&["certificates"], None).done(), json!([]));
    assert_eq!(pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]));
    let again = pc.inkan(&["certificates", "delete", &id, "--yes"], None).problem();
    assert_eq!(again["code"], "certificate_not_found");
}

#[test]
fn in_a_token_a_second_deletion_finishes_the_first() {
    for objects in [1, 2] {
        let pc = TokenPc::new();
        let (_authority, file) = file();
        let answers = json!({ "pkcs12_password": "", "store_pin": TokenPc::PIN });
        let row = pc.inkan(&["certificates", "import", &file], &answers).unwrap();
        let before = pc.objects();
        let proxy = ProxyModule::before(&softhsm(), Twist::DieAfterDestroying(objects));
        let secrets = pc.answers_file(&answers);
        let mut command = pc.command(&proxy.directory().join("libsofthsm2.so"));
        let id = row["id"].as_str().unwrap();
        is_killed(command.arg("--answers").arg(secrets), &["certificates", "delete", id, "--yes"]);
        assert_eq!(pc.objects(), before - usize::try_from(objects).unwrap());

        let deleted = pc.inkan(&["certificates", "delete", id, "--yes"], &answers).unwrap();
        assert_eq!(deleted, json!([{ "id": id, "key": "was_missing" }]));
        assert_eq!(pc.objects(), 0);
    }
}
