use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use inkan_journeys::{Authority, Bank, ClientCertificates, Nginx, TokenPc, VALID, Wanted, program, run, softhsm};
use serde_json::Value;

use crate::mutation::Mutations;

/// Each command reads all certificates of a token, so several tokens make the work shorter.
const TOKENS: u64 = 5;
const EACH: usize = 1_000;

#[test]
fn five_thousand_mutated_certificates_are_listed_shown_and_checked() {
    let bank = Bank::start();
    let originals = originals(&bank);
    let own = Authority::new("Site CA");
    let clients = ClientCertificates { authorities: own.certificate(), crl: None, protocols: "TLSv1.3" };
    let site = Nginx::demanding(&own.server(), &clients);
    for seed in 0..TOKENS {
        let pc = TokenPc::with(&bank);
        let mut mutations = Mutations::new(seed);
        let certificates: Vec<Vec<u8>> = (0..EACH).map(|at| mutations.of(&originals[at % originals.len()])).collect();
        fill(&pc, &certificates);
        let ca = own.certificate().to_str().unwrap();
        let added = inkan(&pc, true, &["bank", "add", &site.address(), "--site", "--ca", ca]);
        assert_eq!(added.status.code(), Some(0), "{}", String::from_utf8_lossy(&added.stdout));
        let listed = inkan(&pc, true, &["certificates", "list"]);
        let rows: Vec<Value> = serde_json::from_slice(&listed.stdout).unwrap();
        assert!(rows.len() > EACH / 20, "only {} of the mutations can be read: they do not reach far", rows.len());
        for arguments in [
            &["certificates", "list"][..],
            &["certificates", "list", "--bank", "okmate"],
            &["certificates", "list", "--bank", "localhost"],
            &["certificates", "clean"],
            &["doctor"],
            &["doctor", "--report", "/dev/null"],
            &["probe", &site.address(), "--ca", ca],
        ] {
            for json in [true, false] {
                inkan(&pc, json, arguments);
            }
        }
        for row in rows.iter().step_by(rows.len().div_ceil(8)) {
            let id = row["id"].as_str().unwrap();
            inkan(&pc, false, &["certificates", "show", id]);
            inkan(&pc, true, &["probe", &site.address(), "--ca", ca, "--certificate", id]);
        }
    }
}

/// Returns certificates of several makers and kinds, in DER.
fn originals(bank: &Bank) -> Vec<Vec<u8>> {
    let extensions = |extra: &'static str| vec!["extendedKeyUsage=clientAuth", extra];
    let of_bank = Authority::of(bank);
    let stranger = Authority::new("別の認証局");
    let wanted = |name, extensions, validity| Wanted { name, extensions, validity };
    let mail = extensions("subjectAltName=email:hanako@example.jp,DNS:example.jp,IP:127.0.0.1");
    let usage = extensions("keyUsage=critical,digitalSignature");
    let mut issued = Vec::new();
    for authority in [&of_bank, &stranger] {
        for (name, extensions) in [("hanakodt", &usage), ("jirodt", &mail)] {
            issued.push(authority.issue(&wanted(name, extensions, VALID)).certificate);
        }
        issued.push(authority.issue(&wanted("forever", &usage, ("20200101000000Z", "99991231235959Z"))).certificate);
    }
    issued.extend(["rsa:2048", "ed25519"].map(|kind| self_signed(&stranger, kind)));
    let der = |file: &PathBuf| {
        let output = run("openssl", ["x509", "-outform", "DER", "-in", file.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    issued.iter().map(der).collect()
}

fn self_signed(authority: &Authority, kind: &str) -> PathBuf {
    let [certificate, key] =
        ["pem", "key"].map(|ending| authority.certificate().with_file_name(format!("{}.{ending}", &kind[..3])));
    let request = ["req", "-x509", "-newkey", kind, "-nodes", "-days", "365", "-utf8", "-subj", "/O=株式会社/CN=own"];
    let files = ["-keyout", key.to_str().unwrap(), "-out", certificate.to_str().unwrap()];
    let output = run("openssl", [&request[..], &files].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    certificate
}

fn fill(pc: &TokenPc, certificates: &[Vec<u8>]) {
    let mut process = Command::new(program("examples/fill_token"))
        .arg(softhsm())
        .env("SOFTHSM2_CONF", pc.configuration())
        .stdin(Stdio::piped())
        .spawn()
        .expect("fill_token starts");
    let mut input = process.stdin.take().expect("a pipe");
    for certificate in certificates {
        input.write_all(&u32::try_from(certificate.len()).unwrap().to_be_bytes()).unwrap();
        input.write_all(certificate).unwrap();
    }
    drop(input);
    assert!(process.wait().expect("fill_token ends").success());
}

/// Runs `inkan` to its end, and asserts that the end is not a crash.
fn inkan(pc: &TokenPc, json: bool, arguments: &[&str]) -> Output {
    let mut command = pc.command_for(json, &softhsm());
    let output = command.args(arguments).stdin(Stdio::null()).output().expect("inkan runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}: {said}", output.status);
    assert!(!said.contains("Inkan has a fault") && !said.contains("不具合"), "{arguments:?}: {said}");
    output
}
