use std::fs;
use std::path::PathBuf;

use inkan_journeys::{Direction, output_of};
use serde_json::{Value, json};

use crate::acquiring::{Acquiring, Left, USER, ended};

/// Interrupts an acquisition after its key is made. The request is so long that it does not reach the bank.
fn cut_after_the_key(here: &Acquiring) {
    for after in (0..).step_by(100) {
        here.line.cut(Direction::ToBank, after);
        here.acquire(&[]).unwrap_err();
        if here.left() == Left::Key {
            break;
        }
    }
    here.line.mend();
}

/// Returns the result of a command, and its output on standard error.
fn beside(here: &Acquiring, arguments: &[&str]) -> (Value, String) {
    let output = output_of(here.run(arguments, &json!({})));
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    (ended(output).unwrap(), said)
}

fn entry(here: &Acquiring) -> PathBuf {
    let mut files = fs::read_dir(here.pc.home().join("journal")).unwrap().map(|file| file.unwrap().path());
    files.find(|path| path.extension().is_some_and(|extension| extension == "json")).unwrap()
}

#[test]
fn what_was_cut_is_offered_at_the_next_start_and_goes_on() {
    let here = Acquiring::begin();
    assert_eq!(here.acquire(&["--resume"]).unwrap_err(), "no_acquisition_waiting");
    here.pc.assert_empty();
    cut_after_the_key(&here);

    let commands: [&[&str]; 3] = [&["bank", "list"], &["certificates"], &["certificates", "list", "--bank", "okmate"]];
    for command in commands {
        let (result, said) = beside(&here, command);
        assert!(result.is_array(), "standard output is as ever: {result}");
        let offered: Value = serde_json::from_str(&said).unwrap();
        let [one] = offered["interrupted_acquisitions"].as_array().unwrap().as_slice() else { panic!("{said}") };
        assert_eq!((&one["bank"], &one["user"]), (&json!("okmate"), &json!(USER)));
    }
    let foreign = ["acquire", "--bank", "okmate", "--user", "jirodt", "--resume"];
    let answers = json!({ "login_password": here.bank.secret("jirodt", "login_password") });
    let output = output_of(here.run(&foreign, &answers));
    assert!(String::from_utf8_lossy(&output.stderr).contains(USER), "{output:?}");
    assert_eq!(ended(output).unwrap_err(), "no_acquisition_waiting");

    let done = here.acquire(&["--resume"]).unwrap();
    assert_eq!(done["resumed"], true);
    let steps = json!(["checked_by_bank", "key_found", "request_sent", "installed", "bank_notified"]);
    assert_eq!(done["steps"], steps);
    here.assert_whole();
    assert_eq!(beside(&here, &["bank", "list"]).1, "");
    assert_eq!(here.acquire(&["--resume"]).unwrap_err(), "no_acquisition_waiting");
}

#[test]
fn a_damaged_or_foreign_entry_is_told_and_kept() {
    let here = Acquiring::begin();
    cut_after_the_key(&here);
    let path = entry(&here);
    let whole = fs::read_to_string(&path).unwrap();
    let of_another = whole.replace(USER, "jirodt");
    let texts = ["", "{", &whole[..whole.len() / 2], &of_another];
    for text in texts {
        fs::write(&path, text).unwrap();
        assert_eq!(here.acquire(&[]).unwrap_err(), "data_unusable", "{text}");
        assert_eq!(here.acquire(&["--resume"]).unwrap_err(), "data_unusable", "{text}");
        let (banks, said) = beside(&here, &["bank", "list"]);
        assert_eq!(banks[0]["name"], "okmate", "no other command suffers");
        assert!(said.contains("data_unusable"), "{said}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "it is left as it is");
    }
    assert_eq!(here.pc.certutil_keys(), 1);
    fs::write(&path, whole).unwrap();
    assert_eq!(here.acquire(&[]).unwrap()["resumed"], true);
    here.assert_whole();
}
