use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Bank, run};

/// A CA that `openssl ca` runs: a new CA, or the bank's CA with the bank's key.
#[derive(Debug)]
pub struct Authority {
    directory: TempDir,
    certificate: PathBuf,
}

/// A certificate and its key, in PEM files.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The file of the certificate.
    pub certificate: PathBuf,
    /// The file of the key.
    pub key: PathBuf,
}

/// The contents of a certificate to issue.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The common name, and the name of the files.
    pub name: &'a str,
    /// Extensions as openssl writes them, such as `extendedKeyUsage=clientAuth`.
    pub extensions: &'a [&'a str],
    /// The first and the last moment of validity, as `YYYYMMDDHHMMSSZ`.
    pub validity: (&'a str, &'a str),
}

/// A validity that includes every run of the tests.
pub const VALID: (&str, &str) = ("20200101000000Z", "20991231235959Z");
/// A validity that has ended.
pub const EXPIRED: (&str, &str) = ("20200101000000Z", "20210101000000Z");

impl Authority {
    /// Makes a new CA of that name.
    ///
    /// # Panics
    /// Panics if openssl fails.
    pub fn new(name: &str) -> Self {
        Self::with_key(name, &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "sha256")
    }

    /// Makes a new CA with a key of the kind `key_kind`, as `openssl req -newkey` takes it. The CA signs with `digest`.
    ///
    /// # Panics
    /// Panics if openssl fails.
    pub fn with_key(name: &str, key_kind: &[&str], digest: &str) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let [certificate, key] = ["ca.pem", "ca.key"].map(|file| directory.path().join(file));
        let subject = format!("/CN={name}");
        let mut arguments = vec!["req", "-x509", "-newkey"];
        arguments.extend(key_kind);
        arguments.extend(["-nodes", "-days", "3650", "-subj", &subject]);
        arguments.extend(["-keyout", text(&key), "-out", text(&certificate)]);
        openssl(&arguments);
        Self::running(directory, certificate, &key, digest)
    }

    /// Returns the CA of that bank.
    pub fn of(bank: &Bank) -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        Self::running(directory, bank.ca(), &bank.data().join("ca.key"), "sha256")
    }

    /// Makes a CA below this one. Its certificate has `extensions` in addition to the usual ones.
    ///
    /// # Panics
    /// Panics if openssl fails.
    pub fn intermediate(&self, name: &str, extensions: &[&str], validity: (&str, &str)) -> Self {
        let extensions = [&["basicConstraints=critical,CA:TRUE"], extensions].concat();
        let own = self.issue(&Wanted { name, extensions: &extensions, validity });
        let directory = TempDir::new().expect("a temporary directory");
        let [certificate, key] = ["ca.pem", "ca.key"].map(|file| directory.path().join(file));
        fs::copy(&own.certificate, &certificate).expect("a file");
        fs::copy(&own.key, &key).expect("a file");
        Self::running(directory, certificate, &key, "sha256")
    }

    fn running(directory: TempDir, certificate: PathBuf, key: &Path, digest: &str) -> Self {
        let here = directory.path().display();
        let configuration = format!(
            "[ca]\ndefault_ca = this\n[this]\ndatabase = {here}/index\nnew_certs_dir = {here}\nrand_serial = yes\n\
             certificate = {}\nprivate_key = {}\ndefault_md = {digest}\npolicy = any\nunique_subject = no\n\
             copy_extensions = copy\ndefault_crl_days = 30\n[any]\ncommonName = supplied\n",
            certificate.display(),
            key.display()
        );
        fs::write(directory.path().join("openssl.cnf"), configuration).expect("the configuration is written");
        fs::write(directory.path().join("index"), "").expect("the index is written");
        Self { directory, certificate }
    }

    /// Returns the CA's certificate, in PEM.
    pub fn certificate(&self) -> &Path {
        &self.certificate
    }

    /// Issues a certificate on a new P-256 key.
    ///
    /// # Panics
    /// Panics if openssl fails.
    pub fn issue(&self, wanted: &Wanted<'_>) -> Issued {
        let file = |kind: &str| self.directory.path().join(format!("{}.{kind}", wanted.name));
        let (request, issued) = (file("csr"), Issued { certificate: file("pem"), key: file("key") });
        let subject = format!("/CN={}", wanted.name);
        let mut arguments = vec![
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            &subject,
            "-keyout",
            text(&issued.key),
            "-out",
            text(&request),
        ];
        arguments.extend(wanted.extensions.iter().flat_map(|extension| ["-addext", extension]));
        openssl(&arguments);
        let (from, until) = wanted.validity;
        self.ca(&[
            "-batch",
            "-notext",
            "-startdate",
            from,
            "-enddate",
            until,
            "-in",
            text(&request),
            "-out",
            text(&issued.certificate),
        ]);
        issued
    }

    /// Issues a server certificate for `localhost`.
    pub fn server(&self) -> Issued {
        self.issue(&Wanted { name: "server", extensions: &["subjectAltName=DNS:localhost"], validity: VALID })
    }

    /// Issues a client certificate.
    pub fn client(&self, name: &str, validity: (&str, &str)) -> Issued {
        self.issue(&Wanted { name, extensions: &["extendedKeyUsage=clientAuth"], validity })
    }

    /// Returns a CRL with these certificates, in PEM.
    ///
    /// # Panics
    /// Panics if openssl fails.
    pub fn crl(&self, revoked: &[&Path]) -> PathBuf {
        for certificate in revoked {
            self.ca(&["-revoke", text(certificate)]);
        }
        let file = self.directory.path().join("revoked.crl");
        self.ca(&["-gencrl", "-out", text(&file)]);
        file
    }

    /// Returns a CRL that ended long ago, in PEM.
    ///
    /// # Panics
    /// Panics if openssl fails.
    pub fn stale_crl(&self) -> PathBuf {
        let file = self.directory.path().join("stale.crl");
        let period = ["-crl_lastupdate", "20200101000000Z", "-crl_nextupdate", "20200201000000Z"];
        self.ca(&[&["-gencrl", "-out", text(&file)], &period[..]].concat());
        file
    }

    fn ca(&self, arguments: &[&str]) {
        let configuration = self.directory.path().join("openssl.cnf");
        openssl(&[&["ca", "-config", text(&configuration)], arguments].concat());
    }
}

impl Issued {
    /// Returns the same certificate in a file that also contains the certificate of a CA, as servers send it.
    ///
    /// # Panics
    /// Panics if a file cannot be read or written.
    pub fn with(self, above: &Authority) -> Self {
        let parts = [&self.certificate, above.certificate()].map(|file| fs::read(file).expect("a certificate"));
        fs::write(&self.certificate, parts.concat()).expect("a file");
        self
    }

    /// Writes the certificate again in DER, with other bytes in place of `old`. The signature of the certificate is
    /// then wrong, which no store checks.
    ///
    /// # Panics
    /// Panics if the certificate does not hold `old`, or a file cannot be written.
    #[must_use]
    pub fn changed(&self, old: &[u8], new: &[u8]) -> Self {
        let der = self.certificate.with_extension("der");
        openssl(&["x509", "-in", text(&self.certificate), "-outform", "DER", "-out", text(&der)]);
        let mut bytes = fs::read(&der).expect("a certificate");
        let at = bytes.windows(old.len()).position(|window| window == old).expect("the bytes to be replaced");
        bytes.splice(at..at + old.len(), new.iter().copied());
        fs::write(&der, bytes).expect("a file");
        Self { certificate: der, key: self.key.clone() }
    }

    /// Writes certificate and key into a PKCS#12 file without a password, which other programs can read.
    ///
    /// # Panics
    /// Panics if openssl fails.
    pub fn pkcs12(&self) -> PathBuf {
        let file = self.certificate.with_extension("p12");
        openssl(&[
            "pkcs12",
            "-export",
            "-in",
            text(&self.certificate),
            "-inkey",
            text(&self.key),
            "-passout",
            "pass:",
            "-name",
            "imported",
            "-out",
            text(&file),
        ]);
        file
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn openssl(arguments: &[&str]) {
    let output = run("openssl", arguments);
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
