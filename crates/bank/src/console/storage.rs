//! `--data` or `--database`: the storage of the bank.

use std::path::PathBuf;

use clap::Args;
use clap::error::ErrorKind;
use directories::ProjectDirs;
use inkan_bank::Storage;
use inkan_protocol::Secret;

/// The environment variable with the address of the database. The address is not an argument, since every user of the
/// PC can read arguments.
const DATABASE: &str = "INKAN_BANK_DATABASE";

#[derive(Args)]
pub(crate) struct StorageOptions {
    /// The directory of the database, the CA and the keys. `serve` makes it.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["database", "key_file"])]
    data: Option<PathBuf>,
    /// The address of a PostgreSQL database, which any number of instances share. Put an address with a password into
    /// INKAN_BANK_DATABASE.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The file of the key that encrypts the bank's own keys in the database, the same at every instance. The first
    /// instance makes it.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl StorageOptions {
    /// Returns the storage that the arguments or the environment name. Ends the program if they name none.
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

/// Returns the usual path of the key file, in the platform's directory for data.
fn default_key_file() -> Option<PathBuf> {
    ProjectDirs::from("", "", "inkan-bank").map(|places| places.data_local_dir().join("database.key"))
}
