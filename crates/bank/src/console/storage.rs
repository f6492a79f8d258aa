//! `--data` or `--database`: where the bank keeps what it must not lose.

use std::path::PathBuf;

use clap::Args;
use clap::error::ErrorKind;
use directories::ProjectDirs;
use inkan_bank::Storage;
use inkan_protocol::Secret;

/// Holds the address of the database where no argument does: arguments can be read by everybody on the PC.
const DATABASE: &str = "INKAN_BANK_DATABASE";

#[derive(Args)]
pub(crate) struct StorageOptions {
    /// Directory of the database, the CA and the keys; `serve` makes it.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["database", "key_file"])]
    data: Option<PathBuf>,
    /// PostgreSQL, shared by any number of instances; an address with a password belongs into INKAN_BANK_DATABASE.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The key that seals the bank's own keys in the database, the same at every instance; made by the first.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl StorageOptions {
    /// As the arguments and the environment say; ends the program where they say nothing.
    pub(crate) fn storage(self, command: impl FnOnce() -> clap::Command) -> Storage {
        let missing = |what: &str| -> ! { command().error(ErrorKind::MissingRequiredArgument, what).exit() };
        if let Some(directory) = self.data {
            return Storage::Directory(directory);
        }
        let Some(address) = self.database.or_else(|| std::env::var(DATABASE).ok()) else {
            missing("--data DIR or --database URL is needed")
        };
        let Some(key_file) = self.key_file.or_else(default_key_file) else { missing("--key-file FILE is needed") };
        Storage::Database { address: Secret::from(address), key_file }
    }
}

/// In the platform's directory for data.
fn default_key_file() -> Option<PathBuf> {
    ProjectDirs::from("", "", "inkan-bank").map(|places| places.data_local_dir().join("database.key"))
}
