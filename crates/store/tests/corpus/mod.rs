//! Makes PKCS#12 files with programs that users have.

mod bytes;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) use bytes::{positions, with_integer};
use tempfile::TempDir;

/// A directory in which files are made.
pub(crate) struct Workshop {
    directory: TempDir,
    number: Cell<u32>,
}

/// A key and its certificate, as PEM files.
pub(crate) struct Made {
    key: PathBuf,
    certificate: PathBuf,
}

impl Made {
    /// Returns the certificate in DER.
    pub(crate) fn certificate(&self) -> Vec<u8> {
        run(Command::new("openssl").args(["x509", "-outform", "DER", "-in"]).arg(&self.certificate)).stdout
    }
}

impl Workshop {
    pub(crate) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), number: Cell::new(0) }
    }

    fn path(&self) -> PathBuf {
        self.number.set(self.number.get() + 1);
        self.directory.path().join(self.number.get().to_string())
    }

    fn file(&self, content: &[u8]) -> PathBuf {
        let path = self.path();
        fs::write(&path, content).unwrap();
        path
    }

    fn password(&self, password: impl AsRef<[u8]>) -> String {
        format!("file:{}", self.file(&[password.as_ref(), b"\n"].concat()).display())
    }

    /// Makes a key of that kind, with a self-signed certificate.
    pub(crate) fn identity(&self, name: &str, kind: &str) -> Made {
        let made = self.key(kind);
        let subject = format!("/O=Okmate/CN={name}");
        let request = ["req", "-x509", "-days", "30", "-subj", &subject, "-addext", "basicConstraints=CA:FALSE"];
        run(Command::new("openssl").args(request).arg("-key").arg(&made.key).arg("-out").arg(&made.certificate));
        made
    }

    /// Makes a CA. Without `issuer`, its certificate is self-signed.
    pub(crate) fn authority(&self, name: &str, issuer: Option<&Made>) -> Made {
        match issuer {
            Some(issuer) => self.signed(name, issuer, "basicConstraints=critical,CA:TRUE"),
            None => {
                let made = self.key("P-256");
                let request = ["req", "-x509", "-days", "30", "-subj", &format!("/CN={name}")];
                run(Command::new("openssl")
                    .args(request)
                    .arg("-key")
                    .arg(&made.key)
                    .arg("-out")
                    .arg(&made.certificate));
                made
            }
        }
    }

    pub(crate) fn issued(&self, name: &str, issuer: &Made) -> Made {
        self.signed(name, issuer, "extendedKeyUsage=clientAuth")
    }

    fn signed(&self, name: &str, issuer: &Made, extension: &str) -> Made {
        let made = self.key("P-256");
        let request = self.path();
        let asked = ["req", "-new", "-subj", &format!("/CN={name}")];
        run(Command::new("openssl").args(asked).arg("-key").arg(&made.key).arg("-out").arg(&request));
        let extensions = self.file(extension.as_bytes());
        let mut sign = Command::new("openssl");
        sign.args(["x509", "-req", "-days", "30", "-in"]).arg(&request).arg("-CA").arg(&issuer.certificate);
        sign.arg("-CAkey").arg(&issuer.key).arg("-extfile").arg(&extensions).arg("-out").arg(&made.certificate);
        run(&mut sign);
        made
    }

    fn key(&self, kind: &str) -> Made {
        let made = Made { key: self.path(), certificate: self.path() };
        let curve = format!("ec_paramgen_curve:{kind}");
        let options: &[&str] = match kind {
            "RSA" => &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
            "ED25519" => &["-algorithm", "ED25519"],
            _ => &["-algorithm", "EC", "-pkeyopt", &curve],
        };
        run(Command::new("openssl").arg("genpkey").args(options).arg("-out").arg(&made.key));
        made
    }

    /// Makes a file by `openssl pkcs12 -export`, which takes the password as any bytes.
    pub(crate) fn export(&self, made: &Made, password: impl AsRef<[u8]>, options: &[&str]) -> Vec<u8> {
        self.export_with(made, &[], password, options)
    }

    pub(crate) fn export_with(
        &self,
        made: &Made,
        chain: &[&Made],
        password: impl AsRef<[u8]>,
        options: &[&str],
    ) -> Vec<u8> {
        let pem: Vec<u8> = chain.iter().flat_map(|above| fs::read(&above.certificate).unwrap()).collect();
        let chain_file = self.file(&pem);
        let mut export = Command::new("openssl");
        export.args(["pkcs12", "-export", "-name", "データ花子", "-inkey"]).arg(&made.key).arg("-in");
        export.arg(&made.certificate).args(options).args(["-passout", &self.password(password)]);
        if !chain.is_empty() {
            export.arg("-certfile").arg(&chain_file);
        }
        run(&mut export).stdout
    }

    /// Makes a file with a certificate without its key.
    pub(crate) fn export_certificate(&self, made: &Made, password: &str) -> Vec<u8> {
        let mut export = Command::new("openssl");
        export.args(["pkcs12", "-export", "-nokeys", "-in"]).arg(&made.certificate);
        run(export.args(["-passout", &self.password(password)])).stdout
    }

    /// Returns how many keys `openssl pkcs12` extracts; none if it refuses the file.
    pub(crate) fn keys_as_openssl_sees_them(&self, file: &[u8], password: &str) -> Option<usize> {
        let file = self.file(file);
        let mut read = Command::new("openssl");
        read.args(["pkcs12", "-legacy", "-nodes", "-nocerts", "-in"]).arg(file);
        let output = read.args(["-passin", &self.password(password)]).output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).matches("BEGIN PRIVATE KEY").count())
    }

    /// Makes a file with certificates of one subject, each with its key, by NSS's `pk12util`.
    pub(crate) fn nss(&self, count: usize, password: &str) -> Vec<u8> {
        let database = self.path();
        fs::create_dir(&database).unwrap();
        let location = format!("sql:{}", database.display());
        run(Command::new("certutil").args(["-N", "--empty-password", "-d", &location]));
        for _ in 0..count {
            let file = self.file(&self.export(&self.identity("hanakodt", "P-256"), "s3cret", &["-name", "nick"]));
            run(Command::new("pk12util").args(["-d", &location, "-W", "s3cret", "-i"]).arg(file));
        }
        let (out, secret) = (self.path(), self.file(password.as_bytes()));
        let mut export = Command::new("pk12util");
        export.args(["-d", &location, "-n", "nick", "-o"]).arg(&out).arg("-w").arg(secret);
        run(export.env("LC_ALL", "C.UTF-8"));
        fs::read(out).unwrap()
    }

    /// Makes a file by GnuTLS.
    pub(crate) fn certtool(&self, made: &Made, options: &[&str]) -> Vec<u8> {
        self.certtool_of(&made.key, &made.certificate, options)
    }

    /// Makes a file with the key of `one` and the certificate of `other`, which GnuTLS accepts.
    pub(crate) fn export_mismatched(&self, one: &Made, other: &Made, password: &str) -> Vec<u8> {
        self.certtool_of(&one.key, &other.certificate, &["--password", password])
    }

    fn certtool_of(&self, key: &Path, certificate: &Path, options: &[&str]) -> Vec<u8> {
        let out = self.path();
        let mut export = Command::new("certtool");
        export.args(["--to-p12", "--outder", "--p12-name", "hanakodt", "--load-privkey"]).arg(key);
        export.arg("--load-certificate").arg(certificate).args(options).arg("--outfile").arg(&out);
        run(&mut export);
        fs::read(out).unwrap()
    }

    /// Makes files by Java, in its present format and in its old one, with two keys each; none if Java is not
    /// installed.
    pub(crate) fn keytool(&self) -> Option<Vec<Vec<u8>>> {
        Command::new("keytool").arg("-help").output().ok()?;
        let files = [&[][..], &["-J-Dkeystore.pkcs12.legacy"]].map(|options| {
            let out = self.path();
            for alias in ["hanakodt", "ichirodt"] {
                let mut make = Command::new("keytool");
                make.args(options).args(["-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-alias", alias]);
                make.args(["-storetype", "PKCS12", "-storepass", "s3cret", "-dname", &format!("CN={alias}")]);
                run(make.arg("-keystore").arg(&out));
            }
            fs::read(out).unwrap()
        });
        Some(files.into())
    }

    /// Makes files by Python's `cryptography`, with each of its encryptions; none if it cannot be imported. The
    /// password is パスワード１２３.
    pub(crate) fn python(&self, made: &Made) -> Option<Vec<Vec<u8>>> {
        const SCRIPT: &str = "
import sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.serialization import pkcs12
key = s.load_pem_private_key(open(sys.argv[1], 'rb').read(), None)
certificate = x509.load_pem_x509_certificate(open(sys.argv[2], 'rb').read())
password = 'パスワード１２３'.encode()
ways = [(s.pkcs12.PBES.PBESv2SHA256AndAES256CBC, hashes.SHA256()), (s.pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC, hashes.SHA1())]
for number, (way, mac) in enumerate(ways):
    how = s.PrivateFormat.PKCS12.encryption_builder().key_cert_algorithm(way).hmac_hash(mac).build(password)
    open(sys.argv[3] + str(number), 'wb').write(pkcs12.serialize_key_and_certificates(b'hanakodt', key, certificate, None, how))
";
        let python = |arguments: &[&str]| Command::new("python3").arg("-c").args(arguments).output().ok();
        python(&["import cryptography"]).filter(|output| output.status.success())?;
        let out = self.path().display().to_string();
        run(Command::new("python3").args(["-c", SCRIPT]).arg(&made.key).arg(&made.certificate).arg(&out));
        Some((0..2).map(|number| fs::read(format!("{out}{number}")).unwrap()).collect())
    }
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
