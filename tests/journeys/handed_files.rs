//! Tests the files that a user gives to Inkan: the kinds that it accepts, and its answers to all others.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use inkan_journeys::{Authority, Issued, Nginx, Pc, VALID, program, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const PASSWORD: &str = "pass1234";

/// A directory with a PKCS#12 file in it.
struct Files {
    directory: TempDir,
    issued: Issued,
    /// The CA, whose directory has the files that it issued.
    _authority: Authority,
}

impl Files {
    fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let authority = Authority::new("handed");
        let issued = authority.client("hanakodt", VALID);
        let files = Self { directory, issued, _authority: authority };
        let [key, certificate, out] =
            [files.issued.key.clone(), files.issued.certificate.clone(), files.path("good.p12")].map(shown);
        let secret = format!("pass:{PASSWORD}");
        openssl(&["pkcs12", "-export", "-inkey", &key, "-in", &certificate, "-passout", &secret, "-out", &out]);
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn good(&self) -> PathBuf {
        self.path("good.p12")
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.path(name), content).unwrap();
        self.path(name)
    }
}

fn shown(path: PathBuf) -> String {
    path.display().to_string()
}

fn openssl(arguments: &[&str]) {
    let output = run("openssl", arguments);
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn import(pc: &Pc, file: &Path, password: &str) -> inkan_journeys::Outcome {
    let file = file.display().to_string();
    pc.inkan(&["certificates", "import", &file, "--preview"], Some(json!({ "pkcs12_password": password })))
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Runs `inkan` in a language with standard input closed, and returns its output for people.
fn told(pc: &Pc, language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program("inkan"));
    command.args(["--lang", language]).args(arguments).env("INKAN_HOME", pc.home());
    command.env("INKAN_STORE", format!("nss:{}", pc.database().display())).stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn a_pkcs12_file_is_taken_with_bytes_after_it_in_pem_and_in_base64() {
    let (files, pc) = (Files::new(), Pc::new());
    let good = std::fs::read(files.good()).unwrap();
    let base64 = files.path("base64.txt");
    openssl(&["base64", "-in", &shown(files.good()), "-out", &shown(base64.clone())]);
    let base64 = std::fs::read_to_string(base64).unwrap();
    let pem = format!("-----BEGIN PKCS12-----\n{base64}-----END PKCS12-----\n");
    let forms = [
        files.write("padded.p12", [&good[..], &[0; 512]].concat()),
        files.write("followed.p12", [&good[..], b"\r\n--boundary--"].concat()),
        files.write("pem.p12", &pem),
        files.write("windows.p12", format!("\u{feff}{}", pem.replace('\n', "\r\n"))),
        files.write("base64.p12", &base64),
        files.write("powershell.p12", utf16(&base64.replace('\n', "\r\n"))),
    ];
    for form in forms {
        let keys = import(&pc, &form, PASSWORD).done();
        assert_eq!(keys[0]["certificate"]["name"], "hanakodt", "{}", form.display());
    }
}

#[test]
fn a_password_with_a_blank_or_in_full_width_letters_opens_the_file() {
    let (files, pc) = (Files::new(), Pc::new());
    for typed in ["pass1234 ", "pass1234\n", "　pass1234", "ｐａｓｓ１２３４"] {
        assert_eq!(import(&pc, &files.good(), typed).done().as_array().unwrap().len(), 1, "{typed:?}");
    }
    assert_eq!(import(&pc, &files.good(), "pass12345").problem()["code"], "pkcs12_password_wrong");
}

/// The kind of a wrong file is reported before a password is asked for, with what to ask for, in both languages.
#[test]
fn another_kind_of_file_is_named() {
    let (files, pc) = (Files::new(), Pc::new());
    let Issued { key, certificate, .. } = &files.issued;
    let der = files.path("hanako.cer");
    openssl(&["x509", "-in", &shown(certificate.clone()), "-outform", "DER", "-out", &shown(der.clone())]);
    let collection = files.path("hanako.p7b");
    let wrap = ["crl2pkcs7", "-nocrl", "-certfile", &shown(certificate.clone()), "-out", &shown(collection.clone())];
    openssl(&wrap);
    let [key_text, certificate_text] = [key, certificate].map(|file| std::fs::read(file).unwrap());
    let kinds = [
        (der, "file_certificate_only", "秘密鍵を含む", "private key"),
        (certificate.clone(), "file_certificate_only", "秘密鍵を含む", "private key"),
        (collection, "file_certificate_collection", "PKCS#7", "PKCS#7"),
        (key.clone(), "file_key_only", "秘密鍵だけ", "without its certificate"),
        (files.write("a.pem", [key_text, certificate_text].concat()), "file_key_and_certificate", "PEM", "PEM"),
        (files.write("a.jks", [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]), "file_java_key_store", "keytool", "keytool"),
        (files.write("a.zip", b"PK\x03\x04\x14\0\0\0"), "file_archive", "展開", "Unpack"),
        (files.write("a.p12", "<html><body>"), "file_web_page", "ダウンロード", "download"),
        (files.write("a.pdf", "%PDF-1.7"), "file_document", "PDF", "PDF"),
        (files.write("a.eml", "From: a\r\nSubject: b\r\n\r\nc"), "file_mail", "添付", "attached"),
        (
            files.write("a.url", "[InternetShortcut]\r\nURL=https://a.example/"),
            "file_shortcut",
            "ショートカット",
            "shortcut",
        ),
        (files.write("id", "ssh-ed25519 AAAA me"), "file_other_key", "SSH", "SSH"),
        (files.write("b.p12", ""), "file_empty", "空", "empty"),
        (files.write("c.p12", "hello"), "pkcs12_unreadable", ".p12", ".p12"),
    ];
    for (file, code, japanese, english) in kinds {
        let file = shown(file);
        for preview in [&[][..], &["--preview"]] {
            let arguments = [&["certificates", "import", &file], preview].concat();
            // Without answers, and without a terminal to ask.
            assert_eq!(pc.inkan(&arguments, None).problem()["code"], code, "{file}");
            for (language, word) in [("ja", japanese), ("en", english)] {
                let told = told(&pc, language, &arguments);
                let words = String::from_utf8(told.stderr).unwrap();
                assert!(words.contains(word) && words.contains(code), "{file}: {words}");
            }
        }
    }
    pc.assert_empty();
}

#[test]
fn a_ca_is_taken_in_every_form_that_windows_and_openssl_write() {
    let (files, pc) = (Files::new(), Pc::new());
    let authority = Authority::new("Handed Servers");
    let nginx = Nginx::serving(&authority.server(), "");
    let address = nginx.address();
    let pem = std::fs::read_to_string(authority.certificate()).unwrap();
    let source = shown(authority.certificate().to_owned());
    let made = |name: &str, arguments: &[&str]| {
        let out = files.path(name);
        openssl(&[arguments, &["-out", &shown(out.clone())]].concat());
        out
    };
    let other = Authority::new("Another CA");
    let both = [std::fs::read_to_string(other.certificate()).unwrap(), pem.clone()].concat();
    let forms = [
        made("ca.cer", &["x509", "-in", &source, "-outform", "DER"]),
        made("ca.p7b", &["crl2pkcs7", "-nocrl", "-certfile", &source]),
        made("ca.p7c", &["crl2pkcs7", "-nocrl", "-certfile", &source, "-outform", "DER"]),
        files.write("windows.pem", format!("\u{feff}{}", pem.replace('\n', "\r\n"))),
        files.write("powershell.pem", utf16(&pem)),
        files.write("both.pem", both),
    ];
    for form in forms {
        let form = shown(form);
        let site = pc.inkan(&["bank", "add", &address, "--site", "--ca", &form], None).done();
        let name = site["name"].as_str().unwrap();
        let report = pc.inkan(&["probe", &address, "--ca", &form], None).done();
        assert_eq!(report["server"]["trusted"], true, "{form}: {report}");
        pc.inkan(&["bank", "remove", name], None).done();
    }

    let unsuitable = [
        (files.good(), "PKCS#12", ".p12"),
        (files.issued.key.clone(), "秘密鍵のファイルです", "is a private key."),
        (files.write("a.zip", b"PK\x03\x04"), "圧縮", "archive"),
        (files.write("empty.cer", ""), "空のファイル", "is empty"),
        (files.write("broken.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n"), "壊れて", "damaged"),
    ];
    for (file, japanese, english) in unsuitable {
        let file = shown(file);
        for command in [&["bank", "add", &address, "--site", "--ca", &file][..], &["probe", &address, "--ca", &file]] {
            for (language, word) in [("ja", japanese), ("en", english)] {
                let problem = pc.inkan_in(language, command, None).problem();
                assert_eq!(problem["code"], "ca_file_unsuitable", "{file}");
                let detail = problem["detail"].as_str().unwrap();
                assert!(detail.contains(word) || word == "PKCS#12" && detail.contains(".p12"), "{problem}");
            }
        }
    }
}

/// A list with a damaged certificate is refused as a whole: the damaged one may be the one that matters.
#[test]
fn a_damaged_certificate_in_a_collection_is_named() {
    let (files, pc) = (Files::new(), Pc::new());
    let [first, second] = ["First CA", "Second CA"].map(Authority::new);
    let [first, second] = [&first, &second].map(|ca| shown(ca.certificate().to_owned()));
    let whole = files.path("whole.p7b");
    let collect = ["crl2pkcs7", "-nocrl", "-outform", "DER", "-certfile", &first, "-certfile", &second, "-out"];
    openssl(&[&collect[..], &[&shown(whole.clone())]].concat());
    let mut bytes = std::fs::read(&whole).unwrap();
    // The version of the second certificate gets another tag (RFC 5280 §4.1.2.1).
    let version = [0xa0, 3, 2, 1, 2];
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&version)).collect();
    assert_eq!(places.len(), 2);
    bytes[places[1] + 2] = 3;
    let file = shown(files.write("damaged.p7b", bytes));
    for command in
        [&["bank", "add", "https://localhost:1/", "--ca", &file][..], &["probe", "https://localhost:1/", "--ca", &file]]
    {
        let problem = pc.inkan_in("en", command, None).problem();
        assert_eq!(problem["code"], "ca_certificate_damaged", "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains('2'), "{problem}");
    }
}

#[test]
fn a_file_of_answers_is_read_as_windows_writes_it() {
    let (files, pc) = (Files::new(), Pc::new());
    let good = shown(files.good());
    let answers = json!({ "pkcs12_password": PASSWORD }).to_string();
    let forms = [
        files.write("bom.json", format!("\u{feff}{answers}\r\n")),
        files.write("powershell.json", utf16(&answers)),
        files.write("plain.json", &answers),
    ];
    for form in forms {
        let form = shown(form);
        let keys = pc.inkan(&["--answers", &form, "certificates", "import", &good, "--preview"], None).done();
        assert_eq!(keys.as_array().unwrap().len(), 1, "{form}");
    }
}

/// A fault is reported by line and key, and never by a value.
#[test]
fn a_fault_in_a_file_of_answers_is_named_by_line_and_key() {
    let (files, pc) = (Files::new(), Pc::new());
    let good = shown(files.good());
    let cases: [(&str, &[u8], &[&str]); 6] = [
        (
            "answers_key_unknown",
            b"{\n  \"pkcs12_pasword\": \"pass1234\"\n}",
            &["2", "pkcs12_pasword", "pkcs12_password"],
        ),
        ("answers_not_text", b"{\n\n  \"pkcs12_password\": 12345678\n}", &["3", "pkcs12_password"]),
        ("answers_key_twice", b"{\"otp\": \"pass1234\",\n\"otp\": \"pass1234\"}", &["2", "otp"]),
        ("answers_not_json", b"{\n\"otp\": \"pass1234\"\n\"store_pin\": \"12345678\"}", &["3"]),
        ("answers_not_json", b"pass1234", &["1"]),
        ("file_not_unicode", b"{\n\"pkcs12_password\": \"\x83\x70\x83\x58pass1234\"}", &["2"]),
    ];
    for (code, content, named) in cases {
        let file = shown(files.write("answers.json", content));
        for language in ["ja", "en"] {
            let output = told(&pc, language, &["--answers", &file, "certificates", "import", &good]);
            let words = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
            assert_eq!(output.status.code(), Some(1), "{words}");
            assert!(words.contains(code), "{code}: {words}");
            assert!(named.iter().all(|word| words.contains(word)), "{named:?}: {words}");
            assert!(!words.contains("pass1234") && !words.contains("12345678"), "{words}");
        }
    }
}

/// If Inkan read one of these as a file, the command would never end.
#[test]
fn a_pipe_a_device_or_a_directory_is_refused_wherever_a_file_is_named() {
    let (files, pc) = (Files::new(), Pc::new());
    let pipe = shown(files.path("pipe"));
    assert!(run("mkfifo", [pipe.as_str()]).status.success());
    let directory = files.directory.path().display().to_string();
    let good = shown(files.good());
    for named in [pipe.as_str(), "/dev/zero", "/dev/null", &directory] {
        let commands: [&[&str]; 5] = [
            &["certificates", "import", named],
            &["certificates", "import", named, "--preview"],
            &["bank", "add", "https://localhost:1/", "--ca", named],
            &["probe", "https://localhost:1/", "--ca", named],
            &["--answers", named, "certificates", "import", &good],
        ];
        for command in commands {
            let mut inkan = pc.command();
            let output = inkan.args(["--lang", "ja"]).args(command).stdin(Stdio::null()).output().unwrap();
            let value: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(value["problem"]["code"], "file_not_regular", "{command:?}: {value}");
        }
    }
    let missing = pc.inkan(&["certificates", "import", "/nowhere.p12"], None).problem();
    assert_eq!(missing["code"], "file_unreadable");
    assert!(missing["detail"].as_str().unwrap().contains("見つかりません"), "{missing}");
}
