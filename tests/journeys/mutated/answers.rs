use std::process::Stdio;

use inkan_journeys::{Authority, Pc, VALID};
use serde_json::json;
use tempfile::TempDir;

use crate::mutation::Mutations;

#[test]
fn five_hundred_mutated_answers_end_as_a_command_ends() {
    let pc = Pc::new();
    let file = Authority::new("Answers CA").client("hanakodt", VALID).pkcs12();
    let directory = TempDir::new().unwrap();
    let answers = directory.path().join("answers.json");
    let original = json!({ "pkcs12_password": "", "store_pin": "1234", "proxy_user": "花子" }).to_string();
    let mut mutations = Mutations::new(78);
    for number in 0..500 {
        std::fs::write(&answers, mutations.of_json(original.as_bytes())).unwrap();
        let mut command = pc.command();
        // Half of the commands only preview the file, so that the store stays small.
        let preview = if number % 2 == 0 { &["--preview"][..] } else { &[] };
        command.arg("--answers").arg(&answers).args(["certificates", "import"]).arg(&file).args(preview);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {said}", output.status);
        assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok());
    }
}
