//! Tests `inkan probe` with other servers: what it shows, and one right explanation for each failure (anchors 20).

mod interception;
mod nginx;
mod own_bank;
mod s_server;
mod server;

use std::path::Path;

use inkan_journeys::{Authority, Bank, Issued, Pc};
use serde_json::Value;

/// A PC on which a bank has been added, and a CA that issues server certificates.
struct Scene {
    bank: Bank,
    pc: Pc,
    servers: Authority,
    own: Issued,
}

impl Scene {
    fn new() -> Self {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let servers = Authority::new("Journey Servers");
        let own = servers.server();
        Self { bank, pc, servers, own }
    }

    /// Acquires a certificate with that kind of key, and returns its ID.
    fn acquire(&self, user: &str, key: &str) -> String {
        let answers = serde_json::json!({ "login_password": self.bank.secret(user, "login_password") });
        let acquire = ["acquire", "--bank", "okmate", "--user", user, "--key", key];
        let acquired = self.pc.inkan(&acquire, Some(answers)).done();
        acquired["certificate"]["id"].as_str().unwrap().to_owned()
    }

    /// Returns the report on a server of [`Self::servers`].
    fn probe(&self, address: &str, certificate: Option<&str>) -> Value {
        self.probe_trusting(Some(self.servers.certificate()), address, certificate)
    }

    fn probe_trusting(&self, ca: Option<&Path>, address: &str, certificate: Option<&str>) -> Value {
        let ca = ca.map(|file| file.display().to_string());
        let mut arguments = vec!["probe", address];
        arguments.extend(ca.iter().flat_map(|file| ["--ca", file]));
        arguments.extend(certificate.iter().flat_map(|id| ["--certificate", id]));
        self.pc.inkan(&arguments, None).report()
    }
}

/// Returns the codes of the findings, in order.
fn findings(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// Asserts that the only explanation has that code, and that its words are complete.
fn assert_explained(report: &Value, code: &str) {
    assert_eq!(findings(report), [code], "{report}");
    for part in ["title", "detail", "next", "who"] {
        let words = report["findings"][0][part].as_str().unwrap();
        assert!(!words.is_empty() && !words.contains('{') && !words.contains(".detail"), "{report}");
    }
}
