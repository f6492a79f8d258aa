use x509_parser::prelude::X509Certificate;

use super::archive::Archive;
use super::bags::{Certificate, Key};
use super::{Pkcs12Entry, Pkcs12Error};
use crate::Identity;
use crate::certificate::{is_authority, parse};
use crate::key_material::is_pair;
use crate::public_key::PublicKey;

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
    for key in &archive.keys {
        for entry in entries_of(key, &parsed) {
            if !entries.iter().any(|other| other.identity.certificate() == entry.identity.certificate()) {
                entries.push(entry);
            }
        }
    }
    if entries.is_empty() { Err(Pkcs12Error::KeyMismatch) } else { Ok(entries) }
}

/// The certificate that the file itself puts to the key comes first.
fn entries_of(key: &Key, all: &[(&Certificate, X509Certificate<'_>)]) -> Vec<Pkcs12Entry> {
    let mut own: Vec<&(&Certificate, X509Certificate<'_>)> =
        all.iter().filter(|(_, certificate)| is_pair(&key.der, &PublicKey::of(certificate.public_key()))).collect();
    let labelled = |certificate: &Certificate| {
        key.label.local_key_id.is_some() && certificate.label.local_key_id == key.label.local_key_id
    };
    own.sort_by_key(|(certificate, parsed)| (!labelled(certificate), is_authority(parsed)));
    own.into_iter()
        .filter_map(|(certificate, parsed)| {
            let chain = chain_of(parsed, all);
            let identity = Identity::new(key.der.clone(), certificate.der.clone(), chain).ok()?;
            let name = certificate.label.friendly_name.clone().or_else(|| key.label.friendly_name.clone());
            Some(Pkcs12Entry { friendly_name: name, identity })
        })
        .collect()
}

/// The issuers of `certificate`, up to one that issued itself or whose issuer is not in the file.
fn chain_of(certificate: &X509Certificate<'_>, all: &[(&Certificate, X509Certificate<'_>)]) -> Vec<Vec<u8>> {
    let mut chain: Vec<&X509Certificate<'_>> = vec![certificate];
    while let Some(last) = chain.last().copied().filter(|last| last.subject().as_raw() != last.issuer().as_raw()) {
        let issuers = || {
            let named = all.iter().map(|(_, found)| found);
            named.filter(|found| found.subject().as_raw() == last.issuer().as_raw() && is_authority(found))
        };
        // A renewed authority has the same name and another key.
        let signed = issuers().find(|found| last.verify_signature(Some(found.public_key())).is_ok());
        let Some(issuer) = signed.or_else(|| issuers().next()) else { break };
        if chain.iter().any(|above| above.as_raw() == issuer.as_raw()) {
            break;
        }
        chain.push(issuer);
    }
    chain[1..].iter().map(|above| above.as_raw().to_vec()).collect()
}
