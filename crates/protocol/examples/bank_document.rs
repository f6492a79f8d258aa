//! Prints the document that a bank with the profile of that file would publish.

use std::error::Error;

use inkan_profile::Profile;
use inkan_protocol::BankDocument;
use time::OffsetDateTime;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("the file of a profile is needed")?;
    let document = BankDocument {
        profile: Profile::from_toml(&std::fs::read_to_string(file)?)?.published(),
        certificate_login: "https://bank.example:8443/".parse()?,
        now: OffsetDateTime::UNIX_EPOCH,
    };
    println!("{}", serde_json::to_string(&document)?);
    Ok(())
}
