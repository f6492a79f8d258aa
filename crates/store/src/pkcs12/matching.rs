use std::borrow::Cow;

use x509_parser::prelude::X509Certificate;

use super::contents::{Archive, Certificate, Key};
use super::{Pkcs12Entry, Pkcs12Error};
use crate::certificate::{is_authority, parse};
use crate::certificate_parts::Parts;
use crate::chain::may_have_signed;
use crate::key_material::{is_pair, seems_pair};
use crate::public_key::PublicKey;
use crate::unusual_dates::with_usual_dates;
use crate::{DistinguishedName, Identity, StoredCertificate, UnreadableCertificate};

/// The greatest number of entries. Valid files need far fewer: a certificate or two for each key, and some CAs.
const MAX_ENTRIES: usize = 64;
const MAX_COMPARISONS: u32 = 512;
const MAX_CHAIN: usize = 100;
const MAX_CHAIN_BYTES: usize = 256 * 1024;

/// Joins each key with its certificates, by comparing the keys and not the labels.
pub(super) fn match_up(archive: Archive) -> Result<Vec<Pkcs12Entry>, Pkcs12Error> {
    if archive.keys.is_empty() {
        return Err(Pkcs12Error::NoKey);
    }
    // An authority goes on as it is: what is signed must not change.
    let usual = |der| if Parts::of(der).is_authority() { Cow::Borrowed(der) } else { with_usual_dates(der) };
    let usual: Vec<(&Certificate, Cow<'_, [u8]>)> =
        archive.certificates.iter().map(|certificate| (certificate, usual(certificate.der.as_slice()))).collect();
    let parsed: Vec<(&Certificate, X509Certificate<'_>)> =
        usual.iter().filter_map(|(certificate, der)| Some((*certificate, parse(der).ok()?))).collect();
    let mut entries: Vec<Pkcs12Entry> = Vec::new();
    let mut budget = Budget(MAX_COMPARISONS);
    for key in &archive.keys {
        entries_of(key, &parsed, &mut entries, &mut budget)?;
    }
    let unreadable = u32::try_from(usual.len() - parsed.len()).unwrap_or(u32::MAX);
    entries.iter_mut().for_each(|entry| entry.unreadable = unreadable);
    if entries.is_empty() { Err(without_entries(&archive)) } else { Ok(entries) }
}

/// Returns the reason why no key in the file has a certificate.
fn without_entries(archive: &Archive) -> Pkcs12Error {
    if archive.certificates.is_empty() {
        return Pkcs12Error::NoCertificate { keys: archive.keys.len() };
    }
    let unreadable =
        archive.certificates.iter().filter(|certificate| StoredCertificate::parse(&certificate.der, None).is_err());
    // A certificate that says nothing of its key may be for any.
    let may_be_for = |certificate: &&Certificate| {
        let public_key = Parts::of(&certificate.der).public_key();
        public_key.is_none_or(|public_key| archive.keys.iter().any(|key| seems_pair(&key.der, &public_key)))
    };
    match unreadable.clone().find(may_be_for) {
        Some(certificate) => {
            let UnreadableCertificate { fault, dates, .. } = UnreadableCertificate::of(&certificate.der, None, None);
            Pkcs12Error::CertificateUnreadable { fault, dates }
        }
        None => Pkcs12Error::KeyMismatch,
    }
}

/// The number of computations on curves, or with a CA's key, that may still be done.
struct Budget(u32);

impl Budget {
    fn spend(&mut self) -> Result<(), Pkcs12Error> {
        self.0 = self.0.checked_sub(1).ok_or(Pkcs12Error::TooLarge)?;
        Ok(())
    }
}

/// Adds the entries of `key`, each once. The certificate that the file assigns to the key comes first.
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
        entries.push(Pkcs12Entry { friendly_name: name, identity, unreadable: 0 });
    }
    Ok(())
}

/// Returns the CA certificates of every chain of `certificate`, the nearest first. If several CAs have signed a CA, the
/// file has a certificate for each of these signatures, and a server may know only one of them.
fn chain_of(
    certificate: &X509Certificate<'_>,
    all: &[(&Certificate, X509Certificate<'_>)],
    budget: &mut Budget,
) -> Result<Vec<Vec<u8>>, Pkcs12Error> {
    let mut above: Vec<&X509Certificate<'_>> = Vec::new();
    let mut next = 0;
    let mut last = Some(certificate);
    while let Some(below) = last {
        for issuer in issuers_of(below, all, budget)? {
            if issuer.as_raw() != certificate.as_raw() && !above.iter().any(|one| one.as_raw() == issuer.as_raw()) {
                above.push(issuer);
            }
        }
        if above.len() > MAX_CHAIN {
            return Err(Pkcs12Error::TooLarge);
        }
        last = above.get(next).copied();
        next += 1;
    }
    let above: Vec<Vec<u8>> = above.iter().map(|one| one.as_raw().to_vec()).collect();
    if above.iter().map(Vec::len).sum::<usize>() > MAX_CHAIN_BYTES { Err(Pkcs12Error::TooLarge) } else { Ok(above) }
}

/// Returns the CAs with that name. A renewed CA has the same name and another key. So if there are several CAs, the
/// signature decides.
fn issuers_of<'a, 'b>(
    certificate: &X509Certificate<'_>,
    all: &'b [(&Certificate, X509Certificate<'a>)],
    budget: &mut Budget,
) -> Result<Vec<&'b X509Certificate<'a>>, Pkcs12Error> {
    let issuer = DistinguishedName::of(certificate.issuer().as_raw());
    let mut named: Vec<&X509Certificate<'_>> = Vec::new();
    for (_, found) in all {
        let fits = is_authority(found) && DistinguishedName::of(found.subject().as_raw()) == issuer;
        if fits && !named.iter().any(|other| other.as_raw() == found.as_raw()) {
            named.push(found);
        }
    }
    if named.len() > 1 {
        let mut signers = Vec::new();
        for authority in named {
            budget.spend()?;
            if may_have_signed(certificate, authority) {
                signers.push(authority);
            }
        }
        return Ok(signers);
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair, PKCS_ED25519};

    use super::super::contents::Label;
    use super::*;
    use crate::CertificateFault;

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params
    }

    fn authority(name: &str) -> CertificateParams {
        let mut params = params(name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
    }

    fn signed(below: CertificateParams, key: &KeyPair, issuer: &str, by: &KeyPair) -> Vec<u8> {
        below.signed_by(key, &Issuer::from_params(&authority(issuer), by)).unwrap().der().to_vec()
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

    #[test]
    fn each_cause_of_no_pair_has_its_own_error() {
        let [key, other] = [(); 2].map(|()| KeyPair::generate().unwrap());
        let signed = |key: &KeyPair| params("hanakodt").self_signed(key).unwrap().der().to_vec();
        assert_eq!(match_up(archive(&key, vec![])), Err(Pkcs12Error::NoCertificate { keys: 1 }));
        assert_eq!(match_up(archive(&key, vec![signed(&other)])), Err(Pkcs12Error::KeyMismatch));
        let unreadable = |key: &KeyPair| {
            let mut der = signed(key);
            let at = der.windows(13).position(|window| window == b"750101000000Z").unwrap();
            der[at + 2..at + 6].copy_from_slice(b"0230");
            der
        };
        let dates = Some(["750230000000Z".to_owned(), "40960101000000Z".to_owned()]);
        let own = Err(Pkcs12Error::CertificateUnreadable { fault: CertificateFault::Date, dates });
        assert_eq!(match_up(archive(&key, vec![unreadable(&key)])), own);
        assert_eq!(match_up(archive(&key, vec![signed(&other), unreadable(&key)])), own);
        assert_eq!(match_up(archive(&key, vec![unreadable(&other)])), Err(Pkcs12Error::KeyMismatch));
    }

    #[test]
    fn what_cannot_be_read_beside_a_pair_is_counted() {
        let key = KeyPair::generate().unwrap();
        let own = params("hanakodt").self_signed(&key).unwrap().der().to_vec();
        let damaged = own[..own.len() - 9].to_vec();
        assert_eq!(match_up(archive(&key, vec![own.clone()])).unwrap()[0].unreadable, 0);
        assert_eq!(match_up(archive(&key, vec![damaged.clone(), own, damaged])).unwrap()[0].unreadable, 2);
    }

    #[test]
    fn every_way_up_is_kept_once() {
        let [key, middle, a, b] = [(); 4].map(|()| KeyPair::generate().unwrap());
        let leaf = signed(params("hanakodt"), &key, "middle", &middle);
        let by_a = signed(authority("middle"), &middle, "root A", &a);
        let by_b = signed(authority("middle"), &middle, "root B", &b);
        let root = signed(authority("root B"), &b, "root B", &b);
        let stranger = signed(authority("middle"), &a, "root A", &a);
        let file = vec![leaf, by_a.clone(), stranger, by_b.clone(), root.clone()];
        assert_eq!(match_up(archive(&key, file)).unwrap()[0].identity.chain(), [by_a, by_b, root]);
    }

    /// The file has CAs of two names only, and each name is the issuer of the other. Each CA must be compared with
    /// each.
    #[test]
    fn a_chain_longer_than_any_honest_one_is_too_long() {
        let name = |number: usize| ["even", "odd"][number % 2];
        let chain = |above: usize| {
            let keys: Vec<KeyPair> = (0..=above).map(|_| KeyPair::generate().unwrap()).collect();
            let issued =
                |number: usize| signed(authority(name(number)), &keys[number], name(number + 1), &keys[number + 1]);
            match_up(archive(&keys[0], (0..above).map(issued).collect()))
        };
        assert_eq!(chain(4).unwrap()[0].identity.chain().len(), 3);
        assert_eq!(chain(MAX_CHAIN + 2), Err(Pkcs12Error::TooLarge));
    }

    #[test]
    fn a_chain_has_a_hundred_cas_at_most() {
        let chain = |above: usize| {
            let keys: Vec<KeyPair> = (0..above + 2).map(|_| KeyPair::generate().unwrap()).collect();
            let name = |number: usize| format!("level {number}");
            let issued = |number: usize| {
                let below = if number == 0 { params("hanakodt") } else { authority(&name(number)) };
                signed(below, &keys[number], &name(number + 1), &keys[number + 1])
            };
            match_up(archive(&keys[0], (0..=above).map(issued).collect()))
                .map(|entries| entries[0].identity.chain().len())
        };
        assert_eq!(chain(100), Ok(100));
        assert_eq!(chain(101), Err(Pkcs12Error::TooLarge));
    }

    #[test]
    fn a_chain_takes_256_kib_at_most() {
        let key = KeyPair::generate().unwrap();
        // Each of its signatures has the same length.
        let ca = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let sized = |filling: usize| {
            let mut middle = authority("middle");
            middle.custom_extensions = vec![CustomExtension::from_oid_content(&[1, 3, 6, 1], vec![0; filling])];
            signed(middle, &ca, "root", &ca)
        };
        let chain = |bytes: usize| {
            let middle = sized(2 * bytes - sized(bytes).len());
            assert_eq!(middle.len(), bytes);
            let leaf = signed(params("hanakodt"), &key, "middle", &ca);
            match_up(archive(&key, vec![leaf, middle])).map(|entries| entries[0].identity.chain().len())
        };
        assert_eq!(chain(1 << 18), Ok(1));
        assert_eq!(chain((1 << 18) + 1), Err(Pkcs12Error::TooLarge));
    }

    /// One comparison is that of the key with its certificate.
    #[test]
    fn the_cas_of_one_name_are_compared_up_to_the_limit() {
        let [key, middle, other] = [(); 3].map(|()| KeyPair::generate().unwrap());
        let chain = |namesakes: u32| {
            let numbered = |number: u32| {
                let mut namesake = authority("middle");
                namesake.serial_number = Some(u64::from(number).into());
                signed(namesake, &other, "root", &other)
            };
            let mut file: Vec<Vec<u8>> = (1..namesakes).map(numbered).collect();
            file.push(signed(authority("middle"), &middle, "root", &other));
            file.push(signed(params("hanakodt"), &key, "middle", &middle));
            match_up(archive(&key, file)).map(|entries| entries[0].identity.chain().len())
        };
        assert_eq!(chain(MAX_COMPARISONS - 1), Ok(1));
        assert_eq!(chain(MAX_COMPARISONS), Err(Pkcs12Error::TooLarge));
    }

    #[test]
    fn the_issuer_is_a_ca_of_that_name() {
        let [key, middle, other] = [(); 3].map(|()| KeyPair::generate().unwrap());
        let leaf = signed(params("hanakodt"), &key, "middle", &middle);
        let chain =
            |above: Vec<u8>| match_up(archive(&key, vec![leaf.clone(), above])).unwrap()[0].identity.chain().to_vec();
        assert_eq!(chain(signed(authority("stranger"), &other, "root", &other)), [] as [Vec<u8>; 0]);
        assert_eq!(chain(signed(params("middle"), &other, "root", &other)), [] as [Vec<u8>; 0], "no CA");
        let only = signed(authority("middle"), &other, "root", &other);
        assert_eq!(chain(only.clone()), [only], "its signature is not compared: there is no other");
    }

    #[test]
    fn a_key_that_the_file_has_many_times_is_compared_once() {
        let key = KeyPair::generate().unwrap();
        let signed = |number: usize| params(&number.to_string()).self_signed(&key).unwrap().der().to_vec();
        let mut archive = archive(&key, (0..20).map(signed).collect());
        archive.keys = vec![archive.keys[0].clone(); 64];
        assert_eq!(match_up(archive).unwrap().len(), 20);
    }

    #[test]
    fn the_certificate_that_the_file_assigns_to_a_key_comes_first() {
        let key = KeyPair::generate().unwrap();
        let [one, other] = ["one", "other"].map(|name| params(name).self_signed(&key).unwrap().der().to_vec());
        let first = |own: Option<u8>, ids: [Option<u8>; 2]| {
            let id = |id: Option<u8>| id.map(|id| vec![id]);
            let mut archive = archive(&key, vec![one.clone(), other.clone()]);
            archive.keys[0].label.local_key_id = id(own);
            for (certificate, own) in archive.certificates.iter_mut().zip(ids) {
                certificate.label.local_key_id = id(own);
            }
            let first = match_up(archive).unwrap().swap_remove(0).identity;
            if first.certificate() == one { "one" } else { "other" }
        };
        assert_eq!(first(Some(1), [Some(2), Some(1)]), "other");
        assert_eq!(first(Some(1), [None, Some(1)]), "other");
        assert_eq!(first(Some(1), [Some(1), Some(2)]), "one");
        assert_eq!(first(None, [Some(1), None]), "one", "the order of the file");
    }
}
