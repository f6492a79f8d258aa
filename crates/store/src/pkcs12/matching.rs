use x509_parser::prelude::X509Certificate;

use super::archive::Archive;
use super::bags::{Certificate, Key};
use super::{Pkcs12Entry, Pkcs12Error};
use crate::Identity;
use crate::certificate::{is_authority, parse};
use crate::key_material::{is_pair, seems_pair};
use crate::public_key::PublicKey;

/// Several times what honest files need: a certificate or two for each key, and some authorities.
const MAX_ENTRIES: usize = 64;
const MAX_COMPARISONS: u32 = 512;
const MAX_CHAIN: usize = 16;
const MAX_CHAIN_BYTES: usize = 64 * 1024;

/// Joins each key with the certificates that are for it, by the keys themselves and not by what the labels say.
pub(super) fn match_up(archive: Archive) -> Result<Vec<Pkcs12Entry>, Pkcs12Error> {
    if archive.keys.is_empty() {
        return Err(Pkcs12Error::NoKey);
    }
    let parsed: Vec<(&Certificate, X509Certificate<'_>)> = archive
        .certificates
        .iter()
        .filter_map(|certificate| Some((certificate, parse(&certificate.der).ok()?)))
        .collect();
    let mut entries: Vec<Pkcs12Entry> = Vec::new();
    let mut budget = Budget(MAX_COMPARISONS);
    for key in &archive.keys {
        entries_of(key, &parsed, &mut entries, &mut budget)?;
    }
    if entries.is_empty() { Err(Pkcs12Error::KeyMismatch) } else { Ok(entries) }
}

/// Computations on curves, or with an authority's key.
struct Budget(u32);

impl Budget {
    fn spend(&mut self) -> Result<(), Pkcs12Error> {
        self.0 = self.0.checked_sub(1).ok_or(Pkcs12Error::TooLarge)?;
        Ok(())
    }
}

/// Adds those of `key` that are not there yet. The certificate that the file itself puts to the key comes first.
fn entries_of(
    key: &Key,
    all: &[(&Certificate, X509Certificate<'_>)],
    entries: &mut Vec<Pkcs12Entry>,
    budget: &mut Budget,
) -> Result<(), Pkcs12Error> {
    let mut own: Vec<&(&Certificate, X509Certificate<'_>)> = Vec::new();
    for candidate in all {
        let public_key = PublicKey::of(candidate.1.public_key());
        let is_known = || entries.iter().any(|entry| entry.identity.certificate() == candidate.0.der);
        if seems_pair(&key.der, &public_key) && !is_known() {
            budget.spend()?;
            if is_pair(&key.der, &public_key) {
                own.push(candidate);
            }
        }
    }
    let labelled = |certificate: &Certificate| {
        key.label.local_key_id.is_some() && certificate.label.local_key_id == key.label.local_key_id
    };
    own.sort_by_key(|(certificate, parsed)| (!labelled(certificate), is_authority(parsed)));
    for (certificate, parsed) in own {
        if entries.iter().any(|entry| entry.identity.certificate() == certificate.der) {
            continue;
        }
        let chain = chain_of(parsed, all, budget)?;
        let Ok(identity) = Identity::new(key.der.clone(), certificate.der.clone(), chain) else { continue };
        if entries.len() == MAX_ENTRIES {
            return Err(Pkcs12Error::TooLarge);
        }
        let name = certificate.label.friendly_name.clone().or_else(|| key.label.friendly_name.clone());
        entries.push(Pkcs12Entry { friendly_name: name, identity });
    }
    Ok(())
}

/// The issuers of `certificate`, up to one that issued itself or whose issuer is not in the file.
fn chain_of(
    certificate: &X509Certificate<'_>,
    all: &[(&Certificate, X509Certificate<'_>)],
    budget: &mut Budget,
) -> Result<Vec<Vec<u8>>, Pkcs12Error> {
    let mut chain: Vec<&X509Certificate<'_>> = vec![certificate];
    while let Some(last) = chain.last().copied().filter(|last| last.subject().as_raw() != last.issuer().as_raw()) {
        let Some(issuer) = issuer_of(last, all, budget)? else { break };
        if chain.iter().any(|above| above.as_raw() == issuer.as_raw()) {
            break;
        }
        chain.push(issuer);
        if chain.len() > MAX_CHAIN {
            return Err(Pkcs12Error::TooLarge);
        }
    }
    let above: Vec<Vec<u8>> = chain[1..].iter().map(|above| above.as_raw().to_vec()).collect();
    if above.iter().map(Vec::len).sum::<usize>() > MAX_CHAIN_BYTES { Err(Pkcs12Error::TooLarge) } else { Ok(above) }
}

/// By name; a renewed authority has the same name and another key, and then the signature tells.
fn issuer_of<'a, 'b>(
    certificate: &X509Certificate<'_>,
    all: &'b [(&Certificate, X509Certificate<'a>)],
    budget: &mut Budget,
) -> Result<Option<&'b X509Certificate<'a>>, Pkcs12Error> {
    let mut named: Vec<&X509Certificate<'_>> = Vec::new();
    for (_, found) in all {
        let fits = found.subject().as_raw() == certificate.issuer().as_raw() && is_authority(found);
        if fits && !named.iter().any(|other| other.as_raw() == found.as_raw()) {
            named.push(found);
        }
    }
    if named.len() > 1 {
        for authority in &named {
            budget.spend()?;
            if certificate.verify_signature(Some(authority.public_key())).is_ok() {
                return Ok(Some(authority));
            }
        }
    }
    Ok(named.first().copied())
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

    use super::super::bags::Label;
    use super::*;

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params
    }

    fn archive(key: &KeyPair, certificates: Vec<Vec<u8>>) -> Archive {
        let key = Key { der: key.serialize_der().into(), label: Label::default() };
        let labelled = |der| Certificate { der, label: Label::default() };
        Archive { keys: vec![key], certificates: certificates.into_iter().map(labelled).collect() }
    }

    #[test]
    fn more_certificates_on_a_key_than_any_honest_file_has_are_too_many() {
        let key = KeyPair::generate().unwrap();
        let signed = |number: usize| params(&number.to_string()).self_signed(&key).unwrap().der().to_vec();
        assert_eq!(match_up(archive(&key, (0..MAX_ENTRIES).map(signed).collect())).unwrap().len(), MAX_ENTRIES);
        let refused = match_up(archive(&key, (0..=MAX_ENTRIES).map(signed).collect()));
        assert_eq!(refused, Err(Pkcs12Error::TooLarge));
    }

    /// Authorities of two names only, each the issuer of the other's: every one must be asked for each.
    #[test]
    fn a_chain_longer_than_any_honest_one_is_too_long() {
        let authority = |number: usize| {
            let mut params = params(["even", "odd"][number % 2]);
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params
        };
        let chain = |above: usize| {
            let keys: Vec<KeyPair> = (0..=above).map(|_| KeyPair::generate().unwrap()).collect();
            let issued = |number: usize| {
                let above = authority(number + 1);
                let issuer = Issuer::from_params(&above, &keys[number + 1]);
                authority(number).signed_by(&keys[number], &issuer).unwrap().der().to_vec()
            };
            match_up(archive(&keys[0], (0..above).map(issued).collect()))
        };
        assert_eq!(chain(4).unwrap()[0].identity.chain().len(), 3);
        assert_eq!(chain(MAX_CHAIN + 2), Err(Pkcs12Error::TooLarge));
    }
}
