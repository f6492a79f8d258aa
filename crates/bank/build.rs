//! Makes Cargo compile the program again when a migration is added, since the migrations are part of the program.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
