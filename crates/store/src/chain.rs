use x509_parser::prelude::{FromDer, X509Certificate};

use crate::{CertificateStore, StoreError, StoredCertificate};

/// Longer than any chain of a bank; one that goes in a circle ends here too.
const LONGEST: usize = 8;

/// What goes to a server with `certificate`: itself, then the intermediates that the store holds, as far as they lead
/// (RFC 8446 §4.4.2). The root stays here: whoever trusts it has it.
///
/// # Errors
/// As [`CertificateStore::authorities`].
pub fn chain(store: &dyn CertificateStore, certificate: &StoredCertificate) -> Result<Vec<Vec<u8>>, StoreError> {
    Ok(lead(&certificate.der, &store.authorities()?))
}

fn lead(certificate: &[u8], authorities: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut chain = vec![certificate.to_vec()];
    while let Some(issuer) = chain.last().filter(|_| chain.len() < LONGEST).and_then(|last| issuer(last, authorities)) {
        chain.push(issuer.to_vec());
    }
    chain
}

/// Who signed it. A name alone proves nothing: two CAs may have had the same.
fn issuer<'a>(certificate: &[u8], authorities: &'a [Vec<u8>]) -> Option<&'a [u8]> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let signed = |der: &&Vec<u8>| {
        X509Certificate::from_der(der).is_ok_and(|(_, authority)| {
            let root = authority.subject().as_raw() == authority.issuer().as_raw();
            !root
                && authority.subject().as_raw() == certificate.issuer().as_raw()
                && certificate.verify_signature(Some(authority.public_key())).is_ok()
        })
    };
    authorities.iter().find(signed).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

    struct Made {
        der: Vec<u8>,
        issuer: Issuer<'static, KeyPair>,
    }

    fn made(name: &str, by: Option<&Made>) -> Made {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = match by {
            Some(by) => parameters.signed_by(&key, &by.issuer),
            None => parameters.self_signed(&key),
        };
        Made { der: certificate.unwrap().der().to_vec(), issuer: Issuer::new(parameters, key) }
    }

    #[test]
    fn intermediates_follow_and_the_root_stays() {
        let root = made("root", None);
        let upper = made("upper", Some(&root));
        let lower = made("lower", Some(&upper));
        let stranger = made("lower", Some(&upper));
        let leaf = made("hanakodt", Some(&lower));
        let all = [&root, &stranger, &upper, &lower].map(|one| one.der.clone());
        assert_eq!(lead(&leaf.der, &all), [leaf.der.clone(), lower.der.clone(), upper.der.clone()]);
        assert_eq!(lead(&leaf.der, &all[..3]), std::slice::from_ref(&leaf.der), "a name is no signature");
        assert_eq!(lead(&leaf.der, &[]), std::slice::from_ref(&leaf.der));
    }
}
