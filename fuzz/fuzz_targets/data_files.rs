#![no_main]
//! A file of the client's data directory, an exported audit log, and the answers of `--answers`.

use inkan_bank::fuzzing as bank;
use inkan_client::Location;
use inkan_client::fuzzing as client;
use inkan_protocol::parse_answers;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    client::data_file(text.as_bytes());
    bank::audit_log(text);
    let _ = parse_answers(text, &["user", "login_password", "otp"]);
    if let Ok(location) = text.parse::<Location>() {
        assert_eq!(location.to_string(), text, "a location is written as it is read");
    }
});
