//! Reads the contents of a database with NSS's own tools, which are independent of this project.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process;

/// The contents of an NSS database, as `certutil` prints them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Contents {
    /// The nickname and the trust of each certificate.
    pub(crate) certificates: Vec<(String, String)>,
    /// The line that `certutil` prints for each private key.
    pub(crate) keys: Vec<String>,
}

/// Reads the database with `certutil -L` and `certutil -K`.
pub(crate) fn contents(database: &Path) -> Result<Contents, Failure> {
    let (listed, certificates) = certutil(database, "-L")?;
    let (had_keys, keys) = certutil(database, "-K")?;
    let unreadable = |answer: &str| Failure::Answer { from: "certutil".into(), answer: answer.to_owned() };
    if !listed {
        return Err(unreadable(&certificates));
    }
    Ok(Contents {
        certificates: read_certificates(&certificates).ok_or_else(|| unreadable(&certificates))?,
        keys: read_keys(had_keys, &keys).ok_or_else(|| unreadable(&keys))?,
    })
}

/// Runs certutil, prints its output, and returns whether it succeeded, with its whole output.
fn certutil(database: &Path, list: &str) -> Result<(bool, String), Failure> {
    println!("    $ certutil {list} -d sql:STORE");
    let mut command = Command::new("certutil");
    let output = process::collect(command.args([list, "-d"]).arg(format!("sql:{}", database.display())), b"")?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    for line in said.lines().filter(|line| !line.trim().is_empty()) {
        println!("      {line}");
    }
    Ok((output.status.success(), said))
}

fn read_certificates(said: &str) -> Option<Vec<(String, String)>> {
    let (_, rows) = said.split_once("SSL,S/MIME,JAR/XPI")?;
    rows.lines()
        .filter(|row| !row.trim().is_empty())
        .map(|row| row.trim().rsplit_once(' ').map(|(name, trust)| (name.trim().to_owned(), trust.to_owned())))
        .collect()
}

/// Reads the list of keys. If there is no key, certutil exits with an error and prints that there is none.
fn read_keys(success: bool, said: &str) -> Option<Vec<String>> {
    let keys: Vec<String> = said.lines().filter(|line| line.starts_with('<')).map(str::to_owned).collect();
    let none = said.contains("no keys found");
    (success != none && keys.is_empty() == none).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "\nCertificate Nickname                    Trust Attributes\n                                  \
                          SSL,S/MIME,JAR/XPI\n\n";
    const CHECKING: &str = "certutil: Checking token \"NSS Certificate DB\" in slot \"NSS User Private Key\"\n";

    #[test]
    fn an_empty_database_reads_as_empty() {
        assert_eq!(read_certificates(HEADER), Some(vec![]));
        assert_eq!(read_keys(false, &format!("{CHECKING}certutil: no keys found\n")), Some(vec![]));
    }

    #[test]
    fn what_is_there_is_read() {
        let rows = format!("{HEADER}hanakodt (OKmate WEB)                                 u,u,u\n");
        assert_eq!(read_certificates(&rows), Some(vec![("hanakodt (OKmate WEB)".into(), "u,u,u".into())]));
        let keys = format!("{CHECKING}< 0> ec       52ec   NSS Certificate DB:hanakodt\n");
        assert_eq!(read_keys(true, &keys), Some(vec!["< 0> ec       52ec   NSS Certificate DB:hanakodt".into()]));
    }

    #[test]
    fn anything_else_is_never_taken_for_empty() {
        let broken = "certutil: function failed: SEC_ERROR_BAD_DATABASE: security library: bad database.\n";
        assert_eq!(read_certificates(broken), None);
        assert_eq!(read_keys(false, broken), None);
        assert_eq!(read_keys(true, ""), None);
    }
}
