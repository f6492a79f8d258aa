//! CAs and certificates, made with openssl.

use std::path::PathBuf;

use inkan_journeys::{Authority, ClientCertificates, Nginx, Pc, run};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "s3cret-Password";

/// Returns the answers to `certificates import`.
pub(crate) fn answers() -> Option<Value> {
    Some(json!({ "pkcs12_password": PASSWORD }))
}

/// A directory with keys and certificates in PEM, each under a name.
pub(crate) struct Files(TempDir);

impl Files {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    pub(crate) fn openssl(&self, arguments: &[&str]) {
        let output = run("openssl", arguments);
        assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Makes a key by `openssl genpkey`.
    pub(crate) fn key(&self, name: &str, kind: &[&str]) -> String {
        let file = self.path(&format!("{name}.key"));
        self.openssl(&[&["genpkey", "-out", &file, "-algorithm"], kind].concat());
        file
    }

    /// Makes a certificate of `subject` that its own key signs. `strings` is openssl's mask of string types.
    pub(crate) fn own(&self, name: &str, key: &str, subject: &str, strings: &str, options: &[&str]) -> String {
        let (file, configuration) = (self.path(&format!("{name}.pem")), self.path("req.cnf"));
        let lines = format!("[req]\ndistinguished_name = name\nstring_mask = {strings}\n[name]\n");
        std::fs::write(&configuration, lines).unwrap();
        let request = ["req", "-x509", "-new", "-config", &configuration, "-utf8", "-days", "3650", "-subj", subject];
        self.openssl(&[&request[..], &["-key", key, "-out", &file], options].concat());
        file
    }

    /// Has a CA sign the certificate of `subject` for a key. `by` is the CA's name here.
    pub(crate) fn issue(&self, name: &str, key: &str, subject: &str, by: &str, extensions: &str) -> String {
        let file = |kind: &str| self.path(&format!("{name}.{kind}"));
        let (request, certificate, lines) = (file("csr"), file("pem"), file("ext"));
        std::fs::write(&lines, extensions).unwrap();
        self.openssl(&["req", "-new", "-key", key, "-subj", subject, "-out", &request]);
        let (ca, ca_key) = (self.path(&format!("{by}.pem")), self.path(&format!("{by}.key")));
        let sign =
            ["x509", "-req", "-in", &request, "-CA", &ca, "-CAkey", &ca_key, "-days", "3650", "-extfile", &lines];
        self.openssl(&[&sign[..], &["-out", &certificate]].concat());
        certificate
    }

    /// Puts key and certificates into a PKCS#12 file.
    pub(crate) fn export(&self, name: &str, key: &str, certificate: &str, chain: &[&str]) -> String {
        let (file, above, secret) =
            (self.path(&format!("{name}.p12")), self.path("above.pem"), format!("pass:{PASSWORD}"));
        let pem: Vec<u8> = chain.iter().flat_map(|file| std::fs::read(file).unwrap()).collect();
        std::fs::write(&above, pem).unwrap();
        let export = ["pkcs12", "-export", "-inkey", key, "-in", certificate, "-passout", &secret, "-out", &file];
        let with = ["-certfile", &above];
        self.openssl(&[&export[..], if chain.is_empty() { &[] } else { &with[..] }].concat());
        file
    }
}

/// A site that accepts the CAs in a file, and a PC on which it has been added.
pub(crate) struct Site {
    pub(crate) nginx: Nginx,
    pub(crate) pc: Pc,
    servers: Authority,
}

impl Site {
    pub(crate) fn accepting(authorities: &str) -> Self {
        let servers = Authority::new("Site Servers");
        let authorities = PathBuf::from(authorities);
        let asked = ClientCertificates { authorities: &authorities, crl: None, protocols: "TLSv1.2 TLSv1.3" };
        Self { nginx: Nginx::demanding(&servers.server(), &asked), pc: Pc::new(), servers }
    }

    /// Adds the site, and returns the only row of the list for it.
    pub(crate) fn row(&self) -> Value {
        let (address, ca) = (self.nginx.address(), self.servers.certificate().display().to_string());
        self.pc.inkan(&["bank", "add", &address, "--site", "--ca", &ca], None).done();
        let rows = self.pc.inkan(&["certificates", "list", "--bank", "localhost"], None).done();
        assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
        rows[0].clone()
    }

    pub(crate) fn probe(&self, row: &Value) -> Value {
        let id = row["id"].as_str().unwrap();
        self.pc.inkan(&["probe", &self.nginx.address(), "--certificate", id], None).done()
    }

    pub(crate) fn import(&self, file: &str) -> Value {
        self.pc.inkan(&["certificates", "import", file], answers()).done()
    }
}
