//! Prints the JSON Schema of a profile file, as `docs/bank-profile.schema.json` holds it.

fn main() {
    println!("{:#}", inkan_profile::Profile::schema());
}
