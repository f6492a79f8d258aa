//! Tests what a clean-up may delete, with thousands of generated stores (M10).
//!
//! The oracle knows how each certificate was made, and judges as a TLS server does: by its list of CAs, the dates, the
//! purposes and the key. It shares no code with the code that it judges.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::{fs, io};

use data_encoding::BASE64;
use inkan_client::{CertificateId, CertificateRow, Home, Inkan};
use inkan_profile::Profile;
use inkan_protocol::{Clock, Language};
use inkan_store::{
    CertificateStore, Contents, DeletedKey, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, PrivateKey, Protection,
    StoreError, StoredCertificate,
};
use proptest::prelude::*;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType,
};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 +9);
const STORES: u32 = 2_000;

/// The name of each CA and the number of its key. The first two CAs have the same name.
const AUTHORITIES: [&str; 4] = ["Bank CA", "Bank CA", "Corp CA", "Mail CA"];
const SUBJECTS: [&[(DnType, &str)]; 4] = [
    &[(DnType::CommonName, "hanakodt")],
    &[(DnType::OrganizationName, "Tokyo"), (DnType::CommonName, "hanakodt")],
    &[(DnType::OrganizationName, "Osaka"), (DnType::CommonName, "hanakodt")],
    &[(DnType::CommonName, "jirodt")],
];

/// How a certificate was made.
#[derive(Debug, Clone)]
struct Made {
    authority: usize,
    subject: usize,
    address: bool,
    /// The extended key usages; none if the extension is absent.
    extended: Option<BTreeSet<Use>>,
    /// Whether the key may sign, and whether it may decrypt; none if the extension is absent.
    usages: Option<(bool, bool)>,
    /// The number of days from the first moment until now, and from now until the last moment.
    validity: (i64, i64),
    key: usize,
    key_is_here: bool,
    /// Whether no list shows the key until a user types a PIN.
    key_hides: bool,
    /// The service that reported the certificate as revoked, or as replaced.
    refused: Option<(usize, bool)>,
    /// Whether a user picked the certificate for the last site.
    picked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Client,
    Mail,
    Server,
    Any,
}

/// A bank or a site, by the names of the CAs in its list.
#[derive(Debug, Clone)]
struct Service {
    is_bank: bool,
    list: BTreeSet<&'static str>,
    /// Whether the site asks for a certificate. A site without a list then accepts every certificate.
    asks: bool,
    /// Whether a bank's server sends its list.
    tells: bool,
}

#[derive(Debug, Clone)]
struct World {
    certificates: Vec<Made>,
    services: Vec<Service>,
    clock_is_compared: bool,
}

fn made() -> impl Strategy<Value = Made> {
    let extended = prop_oneof![
        4 => Just(Some(BTreeSet::from([Use::Client]))),
        2 => Just(None),
        3 => prop::collection::btree_set(
            prop::sample::select(vec![Use::Client, Use::Mail, Use::Server, Use::Any]), 1..3).prop_map(Some),
    ];
    let usages = prop_oneof![
        4 => Just(Some((true, false))),
        2 => Just(None),
        2 => Just(Some((true, true))),
        1 => Just(Some((false, true))),
    ];
    // Equal first days and ends at the very second are among them.
    let validity =
        (prop::sample::select(vec![400, 300, 300, 30, 0, -1]), prop::sample::select(vec![-200, -1, 0, 10, 300]));
    let refused = prop_oneof![3 => Just(None), 2 => (0..3usize, any::<bool>()).prop_map(Some)];
    let who = (0..AUTHORITIES.len(), 0..SUBJECTS.len(), prop::bool::weighted(0.2));
    let key = (0..6usize, prop::bool::weighted(0.8), prop::bool::weighted(0.2));
    (who, extended, usages, validity, key, refused, prop::bool::weighted(0.2)).prop_map(
        |(
            (authority, subject, address),
            extended,
            usages,
            (from, until),
            (key, key_is_here, key_hides),
            refused,
            picked,
        )| Made {
            authority,
            subject,
            address,
            extended,
            usages,
            validity: (from.max(-until), until),
            key,
            key_is_here,
            key_hides: key_is_here && key_hides,
            refused,
            picked,
        },
    )
}

fn service() -> impl Strategy<Value = Service> {
    let list =
        prop::collection::btree_set(prop::sample::select(vec![AUTHORITIES[0], AUTHORITIES[2], AUTHORITIES[3]]), 0..3);
    (any::<bool>(), list, prop::bool::weighted(0.8), any::<bool>()).prop_map(|(is_bank, mut list, asks, tells)| {
        if is_bank && list.is_empty() {
            list.insert(AUTHORITIES[0]);
        }
        Service { is_bank, list, asks, tells }
    })
}

fn world() -> impl Strategy<Value = World> {
    (prop::collection::vec(made(), 1..7), prop::collection::vec(service(), 0..4), prop::bool::weighted(0.8))
        .prop_map(|(certificates, services, clock_is_compared)| World { certificates, services, clock_is_compared })
}

impl Made {
    fn der(&self) -> Vec<u8> {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        for (kind, text) in SUBJECTS[self.subject] {
            parameters.distinguished_name.push(kind.clone(), *text);
        }
        if self.address {
            parameters.subject_alt_names = vec![SanType::Rfc822Name("hanako@example.jp".try_into().unwrap())];
        }
        parameters.not_before = NOW - Duration::days(self.validity.0);
        parameters.not_after = NOW + Duration::days(self.validity.1);
        parameters.use_authority_key_identifier_extension = true;
        parameters.extended_key_usages = self.extended.iter().flatten().map(|one| one.purpose()).collect();
        if let Some((signs, decrypts)) = self.usages {
            parameters.key_usages.extend(signs.then_some(KeyUsagePurpose::DigitalSignature));
            parameters.key_usages.extend(decrypts.then_some(KeyUsagePurpose::KeyEncipherment));
        }
        parameters.signed_by(&KEYS[self.key], &ISSUERS[self.authority]).unwrap().der().to_vec()
    }

    /// Returns whether a server that lists the certificate's CA may accept it now or later (RFC 5280 §4.2.1.3,
    /// §4.2.1.12, §4.1.2.5). This PC's clock may be a day ahead, and by any time if it was not compared.
    fn logs_in_where_its_ca_is_listed(&self, clock_is_compared: bool) -> bool {
        let purpose = self.extended.as_ref().is_none_or(|uses| uses.contains(&Use::Client) || uses.contains(&Use::Any));
        let signs = self.usages.is_none_or(|(signs, _)| signs);
        self.key_is_here && (self.validity.1 >= -1 || !clock_is_compared) && purpose && signs
    }

    /// Returns whether the certificate's key may have encrypted something, or another program may need it.
    fn may_serve_another_purpose(&self) -> bool {
        let decrypts = self.usages.is_some_and(|(_, decrypts)| decrypts);
        match &self.extended {
            Some(uses) => decrypts || uses.iter().any(|one| *one != Use::Client),
            None => decrypts || self.usages.is_none(),
        }
    }
}

impl Use {
    fn purpose(self) -> ExtendedKeyUsagePurpose {
        match self {
            Self::Client => ExtendedKeyUsagePurpose::ClientAuth,
            Self::Mail => ExtendedKeyUsagePurpose::EmailProtection,
            Self::Server => ExtendedKeyUsagePurpose::ServerAuth,
            Self::Any => ExtendedKeyUsagePurpose::Any,
        }
    }
}

impl World {
    fn name(number: usize) -> String {
        format!("service-{number}")
    }

    /// Returns the site for which certificates are picked.
    fn last_site(&self) -> Option<usize> {
        self.services.iter().rposition(|service| !service.is_bank)
    }

    fn is_picked(&self, made: &Made, service: usize) -> bool {
        made.picked && self.last_site() == Some(service)
    }

    fn could_log_in(&self, made: &Made) -> bool {
        self.services.iter().enumerate().any(|(number, service)| {
            let ca = AUTHORITIES[made.authority];
            let refused = service.is_bank && made.refused.is_some_and(|(by, _)| by == number);
            let listed = service.list.contains(ca) || service.list.is_empty() && service.asks;
            let asked = service.is_bank || service.asks;
            made.logs_in_where_its_ca_is_listed(self.clock_is_compared)
                && !refused
                && (listed && asked || self.is_picked(made, number))
        })
    }

    fn belongs_here(&self, made: &Made) -> bool {
        self.services
            .iter()
            .enumerate()
            .any(|(number, service)| service.list.contains(AUTHORITIES[made.authority]) || self.is_picked(made, number))
    }

    /// Writes the data that the client would have written.
    fn write(&self, home: &Path, ids: &[CertificateId]) -> io::Result<()> {
        for folder in ["banks", "sites"] {
            fs::create_dir_all(home.join(folder))?;
        }
        let encode = |name: &&str| BASE64.encode(&authority_name(name));
        for (number, service) in self.services.iter().enumerate() {
            let name = Self::name(number);
            let list: Vec<String> = service.list.iter().map(encode).collect();
            let address = format!("https://{name}.example/");
            let (folder, value) = if service.is_bank {
                let accepted = if service.tells { list.clone() } else { Vec::new() };
                let value = json!({
                    "name": name, "address": address, "certificate_login": address, "profile": *PROFILE,
                    "ca": null, "issuers": list, "accepted": accepted,
                });
                ("banks", value)
            } else {
                let value = json!({
                    "name": name, "address": address, "ca": null, "asks": service.asks, "accepted": list,
                    "asked_at": "2026-11-01T00:00:00Z",
                });
                ("sites", value)
            };
            fs::write(home.join(folder).join(name).with_extension("json"), value.to_string())?;
        }
        fs::write(home.join("memory.json"), self.memory(ids).to_string())
    }

    fn memory(&self, ids: &[CertificateId]) -> Value {
        let mut memory = json!({ "refused": {}, "refused_at": {}, "picked_for": {} });
        if self.clock_is_compared {
            memory["clock_compared_at"] = json!(NOW.format(&Rfc3339).unwrap());
        }
        for (made, id) in self.certificates.iter().zip(ids) {
            if let Some((by, revoked)) = made.refused {
                let code = if revoked { "certificate_revoked" } else { "certificate_superseded" };
                memory["refused"][&id.0] = json!(code);
                memory["refused_at"][&id.0] = json!(Self::name(by));
            }
            if let (true, Some(site)) = (made.picked, self.last_site()) {
                memory["picked_for"][&id.0] = json!([Self::name(site)]);
            }
        }
        memory
    }
}

fn authority_name(name: &str) -> Vec<u8> {
    let number = AUTHORITIES.iter().position(|own| *own == name).unwrap();
    let parameters = authority(name);
    let der = parameters.self_signed(ISSUERS[number].key()).unwrap().der().to_vec();
    StoredCertificate::parse(&der, None).unwrap().issuer_name.der().to_vec()
}

fn authority(name: &str) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters
}

static KEYS: LazyLock<Vec<KeyPair>> = LazyLock::new(|| (0..6).map(|_| KeyPair::generate().unwrap()).collect());
static ISSUERS: LazyLock<Vec<Issuer<'static, KeyPair>>> = LazyLock::new(|| {
    AUTHORITIES.iter().map(|name| Issuer::new(authority(name), KeyPair::generate().unwrap())).collect()
});
static PROFILE: LazyLock<Value> = LazyLock::new(|| {
    let profile = Profile::from_toml(include_str!("../../../profiles/okmate.toml")).unwrap().published();
    let mut profile = serde_json::to_value(profile).unwrap();
    // It is read thousands of times, and neither menu nor roles decide on a certificate here.
    profile["menu"] = json!([]);
    profile["roles"] = json!([]);
    profile
});

/// A store in memory. It makes and signs nothing.
#[derive(Debug)]
struct MemoryStore(Mutex<Vec<StoredCertificate>>, BTreeSet<CertificateId>);

impl MemoryStore {
    fn held(&self) -> Vec<StoredCertificate> {
        self.0.lock().unwrap().clone()
    }
}

fn no_keys() -> StoreError {
    StoreError::Unsupported("keys in a store in memory".to_owned())
}

impl CertificateStore for MemoryStore {
    fn description(&self) -> String {
        "memory".to_owned()
    }

    fn protection(&self) -> Protection {
        Protection::File
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        Ok(Contents { certificates: self.held(), unreadable: Vec::new() })
    }

    fn generate_named(&self, _: KeyAlgorithm, _: &KeyName, _: &str) -> Result<Arc<dyn PrivateKey>, StoreError> {
        Err(no_keys())
    }

    fn abandon(&self, _: &KeyName) -> Result<(), StoreError> {
        Ok(())
    }

    fn key(&self, _: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        Err(no_keys())
    }

    fn install(&self, _: &[u8], _: &str) -> Result<CertificateId, StoreError> {
        Err(no_keys())
    }

    fn import(&self, _: &Identity, _: &str) -> Result<CertificateId, StoreError> {
        Err(no_keys())
    }

    /// A locked store hides its keys from the list, but has them.
    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let hidden = self.1.contains(id);
        Err(if hidden { StoreError::Locked(None) } else { StoreError::KeyMissing(None) })
    }

    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError> {
        let mut held = self.0.lock().unwrap();
        let at = held.iter().position(|one| one.id == *id).ok_or(StoreError::CertificateNotFound)?;
        let gone = held.remove(at);
        let others: Vec<CertificateId> =
            held.iter().filter(|one| one.key_id == gone.key_id).map(|one| one.id.clone()).collect();
        let key = match gone.protection {
            None => DeletedKey::WasMissing,
            Some(_) if others.is_empty() => DeletedKey::Gone,
            Some(_) => DeletedKey::SharedWith(others),
        };
        Ok(Deletion { certificate: gone.id, key })
    }

    fn delete_key(&self, _: &KeyId) -> Result<(), StoreError> {
        Ok(())
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        Ok(Vec::new())
    }
}

#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> OffsetDateTime {
        NOW
    }
}

/// How often a certificate was proposed, and how often one that looks unused was not.
static PROPOSED: AtomicUsize = AtomicUsize::new(0);
static KEPT: AtomicUsize = AtomicUsize::new(0);

fn ids(rows: &[CertificateRow]) -> BTreeSet<CertificateId> {
    rows.iter().map(|row| row.id.clone()).collect()
}

fn check(world: &World) -> Result<(), TestCaseError> {
    let protection = |made: &Made| (made.key_is_here && !made.key_hides).then_some(Protection::File);
    let stored: Vec<StoredCertificate> = world
        .certificates
        .iter()
        .map(|made| StoredCertificate::parse(&made.der(), protection(made)).unwrap())
        .collect();
    let all: Vec<CertificateId> = stored.iter().map(|one| one.id.clone()).collect();
    let hides = world.certificates.iter().zip(&all).filter(|(made, _)| made.key_hides);
    let hidden: BTreeSet<CertificateId> = hides.map(|(_, id)| id.clone()).collect();
    let directory = tempfile::tempdir().unwrap();
    world.write(directory.path(), &all).unwrap();
    let store = Arc::new(MemoryStore(Mutex::new(stored), hidden));
    let inkan =
        Inkan::with_store(Home::at(directory.path()), store.clone(), Language::En).with_clock(Arc::new(Stopped));

    let found = inkan.clean_up().unwrap();
    let spent = ids(&found.spent);
    prop_assert_eq!(&ids(&inkan.spent_certificates().unwrap()), &spent);
    for (made, id) in world.certificates.iter().zip(&all) {
        let needed = world.could_log_in(made) || !world.belongs_here(made) || made.may_serve_another_purpose();
        prop_assert!(!(needed && spent.contains(id)), "proposed: {made:?} among {:?}", world.services);
        // What is expired and belongs here alone is proposed: a clean-up that proposes nothing would be safe too.
        let over = world.clock_is_compared && made.validity.1 < -1 || !made.key_is_here;
        prop_assert!(needed || !over || spent.contains(id), "not proposed: {made:?} among {:?}", world.services);
    }
    for row in inkan.certificates(None).unwrap() {
        let replaced = ids(&inkan.replaced_by(&row).unwrap());
        prop_assert!(replaced.is_subset(&spent) && !replaced.contains(&row.id));
    }

    // The path of `--yes` and of the window, with everything ticked that there is.
    let everything: Vec<CertificateId> = all.to_vec();
    let mut told = Vec::new();
    let outcomes = inkan.clear_away(&everything, |outcome| told.push(outcome.clone())).unwrap();
    prop_assert_eq!(&outcomes, &told);
    let gone: BTreeSet<CertificateId> =
        outcomes.iter().filter(|outcome| outcome.problem.is_none()).map(|outcome| outcome.id.clone()).collect();
    prop_assert_eq!(&gone, &spent);
    let left: BTreeSet<CertificateId> = store.held().iter().map(|one| one.id.clone()).collect();
    let expected: BTreeSet<CertificateId> = all.iter().filter(|id| !spent.contains(id)).cloned().collect();
    prop_assert_eq!(left, expected);
    PROPOSED.fetch_add(spent.len(), Ordering::Relaxed);
    KEPT.fetch_add(found.kept.len(), Ordering::Relaxed);
    Ok(())
}

#[test]
fn m10_nothing_goes_that_could_log_in_or_belongs_to_no_service_here() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: STORES,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner.run(&world(), |world| check(&world)).unwrap();
    let (proposed, kept) = (PROPOSED.load(Ordering::Relaxed), KEPT.load(Ordering::Relaxed));
    assert!(proposed > STORES as usize / 10 && kept > STORES as usize / 10, "{proposed} proposed, {kept} kept");
}
