use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use inkan_journeys::Authority;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::ring::{default_provider, sign::any_supported_type};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, DistinguishedName, ServerConfig, ServerConnection, SignatureScheme, StreamOwned};

use crate::mutation::Mutations;
use crate::{panics, pc};

/// What a server sends about itself and about the certificates that it accepts. The server does not check it.
#[derive(Debug)]
struct Said {
    own: Arc<CertifiedKey>,
    accepted: Vec<DistinguishedName>,
}

impl ResolvesServerCert for Said {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.own))
    }
}

impl ClientCertVerifier for Said {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.accepted
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}

#[test]
fn a_thousand_servers_with_mutated_certificates_or_demands_are_probed() {
    panics::watch();
    let (inkan, _home) = pc::client();
    let authority = Authority::new("Mutated CA");
    let server = authority.server();
    let certificate = CertificateDer::from_pem_file(&server.certificate).unwrap();
    let key = any_supported_type(&PrivateKeyDer::from_pem_file(&server.key).unwrap()).unwrap();
    let ca = std::fs::read_to_string(authority.certificate()).unwrap();
    let root = CertificateDer::from_pem_file(authority.certificate()).unwrap();
    let name = x509_parser::parse_x509_certificate(&root).unwrap().1.subject().as_raw().to_vec();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    let mut mutations = Mutations::new(34);
    let mut understood = 0;
    for number in 0..1_000 {
        let (chain, accepted) = if number % 2 == 0 {
            (vec![mutations.of(&certificate).into()], vec![name.clone()])
        } else {
            // An empty name would be a fault that the server's own library does not write.
            let changed = (0..3).map(|_| mutations.of(&name)).filter(|name| !name.is_empty()).collect();
            (vec![certificate.clone()], changed)
        };
        let own = Arc::new(CertifiedKey::new(chain, Arc::clone(&key)));
        let said = Arc::new(Said { own, accepted: accepted.into_iter().map(DistinguishedName::from).collect() });
        let report = thread::scope(|scope| {
            scope.spawn(|| serve_once(&listener, &said));
            inkan.probe(&address, None, Some(&ca)).unwrap()
        });
        assert!(report.reached);
        understood += usize::from(report.client_certificate.asked);
    }
    assert!(understood > 400, "only {understood} handshakes came as far as the demand");
    panics::assert_none();
}

/// Serves one connection to its end.
fn serve_once(listener: &TcpListener, said: &Arc<Said>) {
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(said.clone())
        .with_cert_resolver(said.clone());
    let (stream, _) = listener.accept().unwrap();
    let mut stream = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream);
    // The probe asks for a page or closes the connection. Both end the connection.
    let _ = stream.read(&mut [0; 4096]);
}
