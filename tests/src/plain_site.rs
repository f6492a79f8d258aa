use crate::{Authority, ClientCertificates, EXPIRED, Issued, Nginx, Pc, VALID, Wanted};

/// A site without a profile, which is nginx with `ssl_verify_client`, and a PC with five certificates. Only one of them
/// fits the site (J13).
#[derive(Debug)]
pub struct PlainSite {
    /// The site.
    pub nginx: Nginx,
    /// The PC.
    pub pc: Pc,
    /// The CA of the site's server.
    pub servers: Authority,
    /// The IDs of the certificates, by name.
    certificates: Vec<(&'static str, String)>,
    /// The CA whose files nginx reads while it runs.
    clients: Authority,
}

impl PlainSite {
    /// The common name of the certificate that fits the site.
    pub const RIGHT: &str = "tanaka";

    /// Starts the site, and fills the PC.
    ///
    /// # Panics
    /// Panics if nginx, openssl or NSS's tools fail.
    pub fn start() -> Self {
        let (servers, clients, others) =
            (Authority::new("Site Servers"), Authority::new("Site Clients"), Authority::new("Other Clients"));
        let asked = ClientCertificates { authorities: clients.certificate(), crl: None, protocols: "TLSv1.2 TLSv1.3" };
        let nginx = Nginx::demanding(&servers.server(), &asked);
        let pc = Pc::new();
        // The client creates the database. NSS's tools need an existing one.
        pc.inkan(&["certificates"], None).done();
        let for_servers = Wanted { name: "server-only", extensions: &["extendedKeyUsage=serverAuth"], validity: VALID };
        let issued: [(&str, Issued); 4] = [
            ("stranger", others.client("stranger", VALID)),
            ("former", clients.client("former", EXPIRED)),
            ("server-only", clients.issue(&for_servers)),
            (Self::RIGHT, clients.client(Self::RIGHT, VALID)),
        ];
        let keyless = clients.client("keyless", VALID);
        let mut certificates = issued.map(|(name, one)| (name, pc.take_in(&one))).to_vec();
        pc.take_in_authority(others.certificate());
        certificates.push(("keyless", pc.take_in_without_key(&keyless)));
        Self { nginx, pc, servers, certificates, clients }
    }

    /// Returns the CA whose certificates the site accepts.
    pub fn clients(&self) -> &Authority {
        &self.clients
    }

    /// Returns the SHA-256 fingerprint of the certificate of that name.
    ///
    /// # Panics
    /// Panics if there is no such certificate.
    pub fn id(&self, name: &str) -> &str {
        &self.certificates.iter().find(|(own, _)| *own == name).expect("a certificate").1
    }

    /// Returns the arguments of the command that adds the site.
    pub fn addition(&self) -> Vec<String> {
        let ca = self.servers.certificate().display().to_string();
        vec!["bank".into(), "add".into(), self.nginx.address(), "--ca".into(), ca]
    }
}
