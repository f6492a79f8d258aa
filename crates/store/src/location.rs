use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

/// The location of a store: `native`, `nss:DIR` or `pkcs11:MODULE?token=LABEL`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Location {
    /// The user's own store of this system.
    #[default]
    Native,
    /// An NSS database directory.
    Nss(PathBuf),
    /// A token of a PKCS#11 module.
    Pkcs11 {
        /// The module's library.
        module: PathBuf,
        /// The token's label. If it is none, the first token with a label.
        token: Option<String>,
    },
}

/// The text does not name a store.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not native, nss:DIR or pkcs11:MODULE?token=LABEL")]
pub struct LocationError(String);

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native => f.write_str("native"),
            Self::Nss(directory) => write!(f, "nss:{}", directory.display()),
            Self::Pkcs11 { module, token: None } => write!(f, "pkcs11:{}", module.display()),
            Self::Pkcs11 { module, token: Some(token) } => write!(f, "pkcs11:{}?token={token}", module.display()),
        }
    }
}

impl FromStr for Location {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || LocationError(text.to_owned());
        if text == "native" {
            return Ok(Self::Native);
        }
        let (kind, rest) = text.split_once(':').filter(|(_, rest)| !rest.is_empty()).ok_or_else(refused)?;
        match kind {
            "nss" => Ok(Self::Nss(rest.into())),
            "pkcs11" => {
                let (module, query) =
                    rest.split_once('?').map_or((rest, None), |(module, query)| (module, Some(query)));
                let token =
                    query.map(|q| q.strip_prefix("token=").map(str::to_owned).ok_or_else(refused)).transpose()?;
                Ok(Self::Pkcs11 { module: module.into(), token })
            }
            _ => Err(refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read() {
        assert_eq!("native".parse(), Ok(Location::Native));
        assert_eq!("nss:/tmp/db".parse(), Ok(Location::Nss("/tmp/db".into())));
        assert_eq!(
            "pkcs11:/lib/softhsm.so?token=My card".parse(),
            Ok(Location::Pkcs11 { module: "/lib/softhsm.so".into(), token: Some("My card".into()) })
        );
        for text in ["native", "nss:/tmp/db", "pkcs11:/lib/softhsm.so", "pkcs11:/lib/softhsm.so?token=My card"] {
            assert_eq!(text.parse::<Location>().unwrap().to_string(), text);
        }
        for wrong in ["", "nss:", "windows:MY", "pkcs11:/lib.so?slot=3"] {
            assert!(wrong.parse::<Location>().is_err(), "{wrong}");
        }
    }
}
