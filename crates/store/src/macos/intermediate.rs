use std::collections::HashSet;

use crate::DistinguishedName;
use crate::certificate::{is_authority, parse};
use crate::chain::may_have_signed;

/// Returns the intermediate CA certificates among `certificates`, each once. A keychain of several files may have some
/// of them twice.
pub(super) fn intermediates(certificates: impl IntoIterator<Item = Vec<u8>>) -> Vec<Vec<u8>> {
    let mut seen = HashSet::new();
    certificates.into_iter().filter(|der| is_intermediate(der) && seen.insert(der.clone())).collect()
}

/// Returns whether `der` is the certificate of a CA and not a root. A server has the root itself, or must not trust it.
/// A CA's certificate for its own next key (RFC 4210 §4.4) has the same name as subject and issuer and is not a root.
pub(super) fn is_intermediate(der: &[u8]) -> bool {
    let name = |raw: &[u8]| DistinguishedName::of(raw);
    parse(der).is_ok_and(|authority| {
        let names_itself = name(authority.subject().as_raw()) == name(authority.issuer().as_raw());
        is_authority(&authority) && !(names_itself && may_have_signed(&authority, &authority))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair};

    fn parameters(name: &str, is_ca: IsCa) -> CertificateParams {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = is_ca;
        parameters
    }

    #[test]
    fn authorities_below_a_root_are_told_from_all_else_and_come_once() {
        let authority = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let above = parameters("root", authority);
        let root = above.self_signed(&key).unwrap().der().to_vec();
        let issuer = Issuer::new(above, &key);
        let below = |name, is_ca| parameters(name, is_ca).signed_by(&key, &issuer).unwrap().der().to_vec();
        let [lower, upper] = ["lower", "upper"].map(|name| below(name, authority));
        let person = below("hanakodt", IsCa::NoCa);
        let all = [lower.clone(), root, person, b"damaged".to_vec(), upper.clone(), lower.clone()];
        assert_eq!(intermediates(all), [lower, upper]);
    }
}
