//! Finds the chains from a certificate up to the CAs that servers know.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use time::OffsetDateTime;
use x509_parser::error::X509Error;
use x509_parser::prelude::{ParsedExtension, X509Certificate};
use x509_parser::verify::verify_signature;

use crate::certificate::{is_authority, parse};
use crate::certificate_parts::Parts;
use crate::unusual_dates::with_usual_dates;
use crate::{CertificateStore, DistinguishedName, KeyKind, StoreError, StoredCertificate};

/// The longest chain, as in OpenSSL. The limit also ends a circle of cross-signed CAs.
const LONGEST: usize = 100;
/// The greatest number of chains that are followed. CAs that cross-sign each other for a good reason make fewer.
const MOST_CHAINS: usize = 32;
/// The sizes of the RSA keys whose signatures can be verified here.
const VERIFIABLE_RSA: std::ops::RangeInclusive<u32> = 2048..=8192;

/// The CA certificates of a store. They are read once, and only when a certificate's chain is asked for.
#[derive(Debug, Default)]
pub struct Authorities<'a> {
    store: Option<&'a dyn CertificateStore>,
    known: OnceCell<Known>,
    /// The chains, by the name and the key of the CA that issued the certificate. Thousands of certificates may share
    /// them.
    chains: RefCell<HashMap<IssuingKey, Arc<[Chain]>>>,
}

/// The name of a CA, and the identifier of one of its keys.
type IssuingKey = (DistinguishedName, Vec<u8>);

#[derive(Debug, Default)]
struct Known {
    all: Vec<Authority>,
    by_subject: HashMap<DistinguishedName, Vec<usize>>,
}

#[derive(Debug)]
struct Authority {
    certificate: Intermediate,
    issuer: DistinguishedName,
    /// Whether the CA signed itself. The chain ends at such a CA, since a server that trusts the CA has its
    /// certificate.
    is_root: bool,
}

#[derive(Debug, Clone)]
struct Intermediate {
    der: Vec<u8>,
    not_before: OffsetDateTime,
    not_after: OffsetDateTime,
}

/// One chain of a certificate: intermediates of the store. Each of them issued the one before.
#[derive(Debug, Clone, Default)]
struct Chain {
    intermediates: Vec<Intermediate>,
    /// The issuer of the certificate, then the issuer of each intermediate.
    issuers: Vec<DistinguishedName>,
}

/// Every chain of one certificate.
#[derive(Debug, Clone)]
pub struct Chains {
    certificate: Vec<u8>,
    chains: Arc<[Chain]>,
    /// Whether the store has the certificate of the CA that issued this certificate.
    issuer_is_here: bool,
}

impl<'a> Authorities<'a> {
    /// Reads the CA certificates of `store` at once.
    ///
    /// # Errors
    /// The errors of [`CertificateStore::authorities`].
    pub fn read(store: &'a dyn CertificateStore) -> Result<Self, StoreError> {
        Ok(Self { store: None, known: OnceCell::from(Known::new(store.authorities()?)), chains: RefCell::default() })
    }

    /// Reads the CA certificates of `store` when they are first needed. If the store cannot be read then, there are no
    /// CA certificates.
    pub fn lazily(store: &'a dyn CertificateStore) -> Self {
        Self { store: Some(store), ..Self::default() }
    }

    /// Returns every chain of `certificate` through the store's CA certificates.
    pub fn chains(&self, certificate: &StoredCertificate) -> Chains {
        let known = self.known();
        let candidates = known.by_subject.get(&certificate.issuer_name).map_or(&[][..], Vec::as_slice);
        let usual = if candidates.is_empty() { Cow::default() } else { with_usual_dates(&certificate.der) };
        let parsed = parse(&usual).ok();
        let signed = Parts::of(&certificate.der).signed.unwrap_or_default();
        let chains = match parsed {
            None => Arc::from([Chain { issuers: vec![certificate.issuer_name.clone()], ..Chain::default() }]),
            Some(parsed) => match authority_key(&parsed) {
                // Two certificates by the same key of the same CA have the same chains.
                Some(key) => {
                    let key = (certificate.issuer_name.clone(), key.to_vec());
                    let known_chains = self.chains.borrow().get(&key).cloned();
                    known_chains.unwrap_or_else(|| {
                        let chains: Arc<[Chain]> = known.chains(&parsed, signed, &certificate.issuer_name).into();
                        self.chains.borrow_mut().insert(key, Arc::clone(&chains));
                        chains
                    })
                }
                None => known.chains(&parsed, signed, &certificate.issuer_name).into(),
            },
        };
        let issued_itself = certificate.subject_name == certificate.issuer_name;
        Chains { certificate: certificate.der.clone(), chains, issuer_is_here: issued_itself || !candidates.is_empty() }
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let read = self.store.map_or(Ok(Vec::new()), CertificateStore::authorities);
            Known::new(read.unwrap_or_else(|error| {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the CA certificates of the store cannot be read"
                );
                Vec::new()
            }))
        })
    }
}

impl Known {
    fn new(certificates: Vec<Vec<u8>>) -> Self {
        let mut known = Self::default();
        for der in certificates {
            let Ok(parsed) = parse(&der) else { continue };
            let subject = DistinguishedName::of(parsed.subject().as_raw());
            let issuer = DistinguishedName::of(parsed.issuer().as_raw());
            let of_that_name = known.by_subject.entry(subject.clone()).or_default();
            if of_that_name.iter().any(|at: &usize| known.all[*at].certificate.der == der) {
                continue;
            }
            of_that_name.push(known.all.len());
            let is_root = subject == issuer && may_have_signed(&parsed, &parsed);
            let (not_before, not_after) = (parsed.validity().not_before, parsed.validity().not_after);
            let (not_before, not_after) = (not_before.to_datetime(), not_after.to_datetime());
            known.all.push(Authority { certificate: Intermediate { der, not_before, not_after }, issuer, is_root });
        }
        known
    }

    /// Returns every chain of `certificate`. `signed` is the part of `certificate` that is signed.
    fn chains(&self, certificate: &X509Certificate<'_>, signed: &[u8], issuer: &DistinguishedName) -> Vec<Chain> {
        let mut chains = Vec::new();
        self.climb((certificate, signed), &mut vec![issuer.clone()], &mut Vec::new(), &mut chains);
        chains
    }

    /// Adds each chain that continues from `certificate`, which is the last of `below`. `issuers` are the issuers so
    /// far.
    fn climb(
        &self,
        (certificate, signed): (&X509Certificate<'_>, &[u8]),
        issuers: &mut Vec<DistinguishedName>,
        below: &mut Vec<usize>,
        chains: &mut Vec<Chain>,
    ) {
        let above = issuers.last().and_then(|issuer| self.by_subject.get(issuer)).map_or(&[][..], Vec::as_slice);
        let mut leads_further = false;
        for at in above.iter().copied().filter(|at| !self.all[*at].is_root) {
            if chains.len() >= MOST_CHAINS {
                return;
            }
            if below.contains(&at) || below.len() + 1 >= LONGEST {
                continue;
            }
            let authority = &self.all[at];
            let Ok(parsed) = parse(&authority.certificate.der) else { continue };
            if is_authority(&parsed) && may_have_signed_part(certificate, signed, &parsed) {
                leads_further = true;
                below.push(at);
                issuers.push(authority.issuer.clone());
                self.climb((&parsed, parsed.tbs_certificate.as_ref()), issuers, below, chains);
                issuers.pop();
                below.pop();
            }
        }
        if !leads_further {
            let intermediates = below.iter().map(|at| self.all[*at].certificate.clone()).collect();
            chains.push(Chain { intermediates, issuers: issuers.clone() });
        }
    }
}

impl Chain {
    /// Returns how many intermediates, counted from the certificate on, are valid at `now` without a gap.
    fn valid(&self, now: OffsetDateTime) -> usize {
        self.intermediates.iter().take_while(|one| one.not_before <= now && now <= one.not_after).count()
    }

    /// Returns the names that valid intermediates lead to.
    fn reached(&self, now: OffsetDateTime) -> &[DistinguishedName] {
        self.issuers.get(..=self.valid(now)).unwrap_or(&self.issuers)
    }

    fn is_valid(&self, now: OffsetDateTime) -> bool {
        self.valid(now) == self.intermediates.len()
    }
}

impl Chains {
    /// Returns the chains of a certificate in DER that has no CA certificate above it.
    pub fn alone(certificate: Vec<u8>) -> Self {
        Self { certificate, chains: Arc::from([]), issuer_is_here: false }
    }

    /// Returns the names of the CAs that the certificate leads to through intermediates that are valid at `now`: its
    /// own issuer, and those above. A server that accepts one of them accepts the certificate (RFC 8446 §4.2.4).
    pub fn issuers(&self, now: OffsetDateTime) -> impl Iterator<Item = &DistinguishedName> {
        self.chains.iter().flat_map(move |chain| chain.reached(now))
    }

    /// Returns the names of all CAs that the certificate leads to, whether the intermediates are valid or not.
    pub fn issuers_at_any_time(&self) -> impl Iterator<Item = &DistinguishedName> {
        self.chains.iter().flat_map(|chain| &chain.issuers)
    }

    /// Returns whether an intermediate is missing: the store does not have the certificate of the CA that issued this
    /// certificate, or every chain has an intermediate that is out of date.
    pub fn is_incomplete(&self, now: OffsetDateTime) -> bool {
        !self.issuer_is_here || !self.chains.iter().any(|chain| chain.is_valid(now))
    }

    /// Returns the certificates to send to a server that accepts the CAs in `accepted`: the certificate, then the
    /// intermediates that lead to one of these CAs. Valid intermediates are preferred (RFC 8446 §4.4.2). The root is
    /// left out: a server that trusts the root has it.
    ///
    /// A server that names no CA gets every valid chain, since only the server knows which root it trusts.
    pub fn to_send(&self, accepted: &[DistinguishedName], now: OffsetDateTime) -> Vec<Vec<u8>> {
        let named = |issuer: &DistinguishedName| accepted.contains(issuer);
        let mut chains: Vec<&Chain> = self.chains.iter().collect();
        chains.sort_by_cached_key(|chain| {
            let reached = chain.reached(now);
            let wanting = [
                !reached.iter().any(named),
                !chain.issuers.iter().any(named),
                !chain.is_valid(now),
                !reached.last().is_some_and(named),
            ];
            (wanting, chain.intermediates.len())
        });
        let sent = if accepted.is_empty() { chains.len() } else { 1 };
        let mut to_send = vec![self.certificate.clone()];
        for (position, chain) in chains.into_iter().take(sent).enumerate() {
            let valid = chain.valid(now);
            // Without a valid intermediate the first is better than none: the server may have the renewed one itself.
            let count = if position == 0 && valid == 0 { chain.intermediates.len() } else { valid };
            let intermediates = chain.intermediates.iter().take(count).map(|one| &one.der);
            for der in intermediates {
                if !to_send.contains(der) {
                    to_send.push(der.clone());
                }
            }
        }
        to_send
    }

    /// Returns the intermediates to show to a user, the nearest first, and the issuer of the last one. A valid chain
    /// comes before other chains.
    pub fn shown(&self, now: OffsetDateTime) -> (Vec<&[u8]>, Option<&DistinguishedName>) {
        let best = self.chains.iter().min_by_key(|chain| (!chain.is_valid(now), chain.intermediates.len()));
        let above = best.map(|chain| chain.intermediates.iter().map(|one| one.der.as_slice()).collect());
        (above.unwrap_or_default(), best.and_then(|chain| chain.issuers.last()))
    }
}

/// Returns whether `authority` signed `certificate`. A name alone proves nothing: two CAs may have had the same name,
/// and a renewed CA has another key. If this program cannot verify the signature, the key identifiers decide (RFC 5280
/// §4.2.1.1).
pub(crate) fn may_have_signed(certificate: &X509Certificate<'_>, authority: &X509Certificate<'_>) -> bool {
    may_have_signed_part(certificate, certificate.tbs_certificate.as_ref(), authority)
}

/// Returns whether the CA with the certificate `authority` (DER) issued `certificate`, by its name and its key. If both
/// certificates identify the key, the identifiers decide, otherwise the signature decides. Returns false if `authority`
/// does not parse.
pub fn may_have_issued(certificate: &StoredCertificate, authority: &[u8]) -> bool {
    let Ok(authority) = parse(authority) else { return false };
    if DistinguishedName::of(authority.subject().as_raw()) != certificate.issuer_name {
        return false;
    }
    if let (Some(wanted), Some(own)) = (&certificate.authority_key, subject_key(&authority)) {
        return wanted == own;
    }
    let usual = with_usual_dates(&certificate.der);
    let signed = Parts::of(&certificate.der).signed.unwrap_or_default();
    parse(&usual).is_ok_and(|parsed| may_have_signed_part(&parsed, signed, &authority))
}

/// Returns whether the key of `authority` (DER) verifies the signature of `certificate`. A signature that this program
/// cannot verify is not verified. Returns false if `authority` does not parse.
pub fn is_signed_by(certificate: &StoredCertificate, authority: &[u8]) -> bool {
    let Ok(authority) = parse(authority) else { return false };
    let usual = with_usual_dates(&certificate.der);
    let signed = Parts::of(&certificate.der).signed.unwrap_or_default();
    parse(&usual).is_ok_and(|parsed| {
        let (algorithm, signature) = (&parsed.signature_algorithm, &parsed.signature_value);
        verify_signature(authority.public_key(), algorithm, signature, signed).is_ok()
    })
}

/// Does the same as [`may_have_signed`]. `signed` is the part of `certificate` that is signed.
fn may_have_signed_part(certificate: &X509Certificate<'_>, signed: &[u8], authority: &X509Certificate<'_>) -> bool {
    let unverifiable = match KeyKind::of(authority.public_key()) {
        KeyKind::Rsa { bits } | KeyKind::RsaPss { bits } => !VERIFIABLE_RSA.contains(&bits),
        _ => false,
    };
    let (algorithm, signature) = (&certificate.signature_algorithm, &certificate.signature_value);
    match verify_signature(authority.public_key(), algorithm, signature, signed) {
        Ok(()) => true,
        Err(X509Error::SignatureVerificationError) if !unverifiable => false,
        Err(_) => match (authority_key(certificate), subject_key(authority)) {
            (Some(wanted), Some(own)) => wanted == own,
            _ => true,
        },
    }
}

fn authority_key<'a>(certificate: &'a X509Certificate<'_>) -> Option<&'a [u8]> {
    certificate.extensions().iter().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(found) => found.key_identifier.as_ref().map(|key| key.0),
        _ => None,
    })
}

fn subject_key<'a>(certificate: &'a X509Certificate<'_>) -> Option<&'a [u8]> {
    certificate.extensions().iter().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::SubjectKeyIdentifier(found) => Some(found.0),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use rcgen::{
        BasicConstraints, CertificateParams, DnType, DnValue, IsCa, Issuer, KeyPair, PKCS_ECDSA_P256_SHA256,
        PKCS_ED25519, SignatureAlgorithm,
    };
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-27 0:00 UTC);
    const PAST: OffsetDateTime = datetime!(2026-01-01 0:00 UTC);
    const FUTURE: OffsetDateTime = datetime!(2030-01-01 0:00 UTC);

    /// The name and the key of a CA. Several certificates may be about the same CA.
    struct Ca {
        name: DnValue,
        key: KeyPair,
    }

    fn ca(name: &str) -> Ca {
        of_kind(name, &PKCS_ECDSA_P256_SHA256)
    }

    fn of_kind(name: &str, kind: &'static SignatureAlgorithm) -> Ca {
        Ca { name: DnValue::Utf8String(name.into()), key: KeyPair::generate_for(kind).unwrap() }
    }

    fn parameters(name: &DnValue, is_ca: IsCa, until: OffsetDateTime) -> CertificateParams {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name.clone());
        parameters.is_ca = is_ca;
        (parameters.not_before, parameters.not_after) = (datetime!(2025-01-01 0:00 UTC), until);
        parameters
    }

    impl Ca {
        fn signs(&self, subject: &Ca, until: OffsetDateTime) -> Vec<u8> {
            let above = parameters(&self.name, IsCa::Ca(BasicConstraints::Unconstrained), FUTURE);
            let issuer = Issuer::from_params(&above, &self.key);
            let below = parameters(&subject.name, IsCa::Ca(BasicConstraints::Unconstrained), until);
            below.signed_by(&subject.key, &issuer).unwrap().der().to_vec()
        }

        fn issues(&self, name: &str) -> StoredCertificate {
            let above = parameters(&self.name, IsCa::Ca(BasicConstraints::Unconstrained), FUTURE);
            let issuer = Issuer::from_params(&above, &self.key);
            let key = KeyPair::generate().unwrap();
            let der = parameters(&DnValue::Utf8String(name.into()), IsCa::NoCa, FUTURE).signed_by(&key, &issuer);
            StoredCertificate::parse(der.unwrap().der(), None).unwrap()
        }

        fn dn(&self) -> DistinguishedName {
            self.issues("anybody").issuer_name
        }
    }

    fn chains(leaf: &StoredCertificate, authorities: &[&Vec<u8>]) -> Chains {
        let known = Known::new(authorities.iter().map(|der| (*der).clone()).collect());
        Authorities { known: OnceCell::from(known), ..Authorities::default() }.chains(leaf)
    }

    #[test]
    fn intermediates_follow_and_the_root_stays() {
        let [root, upper, lower, stranger] = ["root", "upper", "lower", "lower"].map(ca);
        let leaf = lower.issues("hanakodt");
        let [own, above, below] =
            [(&root, &root), (&root, &upper), (&upper, &lower)].map(|(by, of)| by.signs(of, FUTURE));
        let other = upper.signs(&stranger, FUTURE);
        let all = chains(&leaf, &[&own, &other, &above, &below]);
        assert_eq!(all.to_send(&[], NOW), [leaf.der.clone(), below.clone(), above.clone()]);
        assert_eq!(all.to_send(&[root.dn()], NOW), [leaf.der.clone(), below.clone(), above.clone()]);
        let found: Vec<_> = all.issuers(NOW).cloned().collect();
        assert_eq!(found, [lower.dn(), upper.dn(), root.dn()]);
        assert!(!all.is_incomplete(NOW));
        assert_eq!(all.shown(NOW), (vec![below.as_slice(), &above], Some(&root.dn())));
        let strangers = chains(&leaf, &[&own, &other, &above]);
        assert_eq!(strangers.to_send(&[], NOW), std::slice::from_ref(&leaf.der), "a name is no signature");
        assert!(chains(&leaf, &[]).is_incomplete(NOW));
        assert_eq!(chains(&leaf, &[]).to_send(&[root.dn()], NOW), std::slice::from_ref(&leaf.der));
    }

    #[test]
    fn of_a_cross_signed_authority_the_way_to_the_named_root_is_sent() {
        let [a, b, middle] = ["root A", "root B", "middle"].map(ca);
        let leaf = middle.issues("hanakodt");
        let (by_a, by_b) = (a.signs(&middle, FUTURE), b.signs(&middle, FUTURE));
        for order in [[&by_a, &by_b], [&by_b, &by_a]] {
            let all = chains(&leaf, &order);
            assert_eq!(all.to_send(&[a.dn()], NOW), [leaf.der.clone(), by_a.clone()]);
            assert_eq!(all.to_send(&[b.dn()], NOW), [leaf.der.clone(), by_b.clone()]);
            assert_eq!(all.to_send(&[], NOW).len(), 3, "the server knows which it trusts");
            assert!([&a, &b, &middle].iter().all(|one| all.issuers(NOW).any(|name| *name == one.dn())));
        }
    }

    #[test]
    fn a_root_that_another_one_signed_leads_to_both() {
        let [old, new, middle] = ["old root", "new root", "middle"].map(ca);
        let leaf = middle.issues("hanakodt");
        let (own, crossed, below) = (new.signs(&new, FUTURE), old.signs(&new, FUTURE), new.signs(&middle, FUTURE));
        let all = chains(&leaf, &[&own, &crossed, &below]);
        assert_eq!(all.to_send(&[old.dn()], NOW), [leaf.der.clone(), below, crossed]);
        assert!(all.issuers(NOW).any(|name| *name == new.dn()));
    }

    #[test]
    fn an_expired_intermediate_is_not_preferred_to_a_valid_one() {
        let [root, middle] = ["root", "middle"].map(ca);
        let leaf = middle.issues("hanakodt");
        let (expired, renewed) = (root.signs(&middle, PAST), root.signs(&middle, FUTURE));
        for order in [[&expired, &renewed], [&renewed, &expired]] {
            for accepted in [&[][..], &[root.dn()]] {
                assert_eq!(chains(&leaf, &order).to_send(accepted, NOW), [leaf.der.clone(), renewed.clone()]);
            }
        }
        let only = chains(&leaf, &[&expired]);
        assert_eq!(only.to_send(&[root.dn()], NOW), [leaf.der.clone(), expired]);
        assert_eq!(only.issuers(NOW).cloned().collect::<Vec<_>>(), [middle.dn()]);
        assert!(only.is_incomplete(NOW));
    }

    #[test]
    fn an_authority_with_a_new_key_is_linked_by_its_old_one() {
        let [old, new] = ["root", "root"].map(ca);
        let leaf = new.issues("hanakodt");
        let link = old.signs(&new, FUTURE);
        let all = chains(&leaf, &[&new.signs(&new, FUTURE), &old.signs(&old, FUTURE), &link]);
        assert_eq!(all.to_send(&[old.dn()], NOW), [leaf.der.clone(), link], "RFC 4210 §4.4");
    }

    #[test]
    fn authorities_that_signed_each_other_end() {
        let all: Vec<Ca> = (0..6).map(|number| ca(&number.to_string())).collect();
        let every: Vec<Vec<u8>> = all.iter().flat_map(|by| all.iter().map(move |of| by.signs(of, FUTURE))).collect();
        let leaf = all[0].issues("hanakodt");
        let found = chains(&leaf, &every.iter().collect::<Vec<_>>());
        assert_eq!(found.chains.len(), MOST_CHAINS);
        assert!(found.chains.iter().all(|chain| chain.intermediates.len() < LONGEST));
    }

    #[test]
    fn a_name_in_another_string_type_is_the_same_authority() {
        let root = ca("root");
        let printable =
            Ca { name: DnValue::PrintableString("MIDDLE".try_into().unwrap()), key: KeyPair::generate().unwrap() };
        let utf8 = Ca {
            name: DnValue::Utf8String("middle".into()),
            key: KeyPair::from_pem(&printable.key.serialize_pem()).unwrap(),
        };
        let leaf = utf8.issues("hanakodt");
        let above = root.signs(&printable, FUTURE);
        assert_eq!(chains(&leaf, &[&above]).to_send(&[], NOW), [leaf.der.clone(), above]);
    }

    #[test]
    fn every_kind_of_key_that_signs_certificates_leads_further() {
        let root = ca("root");
        let middle = of_kind("middle", &PKCS_ED25519);
        let leaf = middle.issues("hanakodt");
        assert_eq!(chains(&leaf, &[&root.signs(&middle, FUTURE)]).to_send(&[], NOW).len(), 2);
    }
}
