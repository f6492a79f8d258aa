//! Keys, requests and TLS of clients.

use std::path::Path;
use std::sync::Arc;

use data_encoding::BASE64;
use inkan_protocol::certs_only;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, Issuer, KeyPair};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore};

use crate::fault::Fault;

/// A key of a client with its certificate.
pub(crate) struct Identity {
    pub(crate) key: KeyPair,
    pub(crate) der: Vec<u8>,
}

/// Returns a new key with its PKCS#10 request in base64.
pub(crate) fn request() -> Result<(KeyPair, String), Fault> {
    let key = KeyPair::generate()?;
    let request = CertificateParams::default().serialize_request(&key)?;
    Ok((key, BASE64.encode(request.der())))
}

/// Returns the certificate in an answer of EST.
pub(crate) fn issued(answer: &[u8]) -> Result<Vec<u8>, Fault> {
    let packed: Vec<u8> = answer.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let certificates = certs_only::decode(&BASE64.decode(&packed)?);
    Ok(certificates.map_err(|error| format!("{error:?}"))?.into_iter().next().ok_or("no certificate")?)
}

/// Returns TLS 1.3 over HTTP/1.1 of a client that trusts the CA in the file `ca`, without resumption.
pub(crate) fn tls(ca: &Path, identity: Option<&Identity>) -> Result<Arc<ClientConfig>, Fault> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca)?)?;
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_root_certificates(roots);
    let mut tls = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let key = PrivatePkcs8KeyDer::from(identity.key.serialize_der());
            builder.with_client_auth_cert(vec![identity.der.clone().into()], key.into())?
        }
    };
    tls.resumption = rustls::client::Resumption::disabled();
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(tls))
}

/// Writes certificate and key of a server `localhost` into `directory`, issued by the bank's own CA, and returns the two
/// files. The bank makes its own server key anew at each start and keeps it in memory.
pub(crate) fn server(data: &Path, directory: &Path) -> Result<[std::path::PathBuf; 2], Fault> {
    let key = KeyPair::from_pem(&std::fs::read_to_string(data.join("ca.key"))?)?;
    let issuer = Issuer::from_ca_cert_der(&CertificateDer::from_pem_file(data.join("ca.pem"))?, key)?;
    let own = KeyPair::generate()?;
    let mut parameters = CertificateParams::new(vec!["localhost".to_owned()])?;
    parameters.distinguished_name.push(DnType::CommonName, "localhost");
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = parameters.signed_by(&own, &issuer)?;
    let files = ["server.pem", "server.key"].map(|name| directory.join(name));
    std::fs::write(&files[0], certificate.pem())?;
    std::fs::write(&files[1], own.serialize_pem())?;
    Ok(files)
}
