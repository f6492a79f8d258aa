//! A certificate that a bank has issued reaches the store only if it is right (RFC 7030 §4.2).

use inkan_client::{Error, Location};
use inkan_protocol::{Code, Language, Problem};
use time::Duration;

use crate::est_server::Issue;
use crate::scene::Scene;

/// Each wrong answer, with the code of the problem and the fault in its text.
const WRONG: [(Issue, Code, &str); 12] = [
    (Issue::AnotherName, Code::IssuedCertificateRefused, "name"),
    (Issue::SecondName, Code::IssuedCertificateRefused, "name"),
    (Issue::Authority, Code::IssuedCertificateRefused, "authority"),
    (Issue::ServerPurpose, Code::IssuedCertificateRefused, "purpose"),
    (Issue::DatesContradict, Code::IssuedCertificateRefused, "dates"),
    (Issue::Expired, Code::IssuedCertificateRefused, "expired"),
    (Issue::Future, Code::IssuedCertificateRefused, "early"),
    (Issue::AnotherAuthority, Code::IssuedCertificateRefused, "issuer"),
    (Issue::Namesake, Code::IssuedCertificateRefused, "signature"),
    (Issue::BrokenSignature, Code::IssuedCertificateRefused, "signature"),
    (Issue::AnotherKey, Code::KeyMismatch, ""),
    (Issue::TooLong, Code::BankAnswerUnknown, "too-long"),
];

fn check_refusal(refused: Error, (issue, code, fault): (Issue, Code, &str)) {
    let problem: Problem = refused.into_problem();
    let told = problem.params.get("fault").map_or("", String::as_str);
    assert_eq!((problem.code, told), (code, fault), "{issue:?}");
    for language in [Language::Ja, Language::En] {
        let document = problem.document(language);
        assert!(!document.detail.contains('{') && !document.next.is_empty(), "{document:?}");
    }
}

/// S1-2: nothing wrong reaches the store, and the acquisition goes on with the same key when the bank is right again.
pub(crate) fn no_wrong_certificate_is_acquired(store: &Location) {
    let scene = Scene::new(store, "hanakodt", Duration::ZERO);
    for wrong in WRONG {
        scene.bank.issue(wrong.0);
        check_refusal(scene.acquire().unwrap_err(), wrong);
        assert_eq!(scene.certificates(), [], "{wrong:?}");
        assert_eq!(scene.inkan.interrupted_acquisitions().unwrap().len(), 1, "{wrong:?}");
    }
    assert_eq!(scene.bank.counts(), (1, 0), "one key for all requests, and no confirmation");
    scene.bank.issue(Issue::Right);
    assert!(scene.acquire().unwrap());
    assert_eq!(scene.bank.counts(), (1, 1));
    let rows = scene.certificates();
    assert!(rows.len() == 1 && rows[0].usable, "{rows:?}");
    assert!(scene.inkan.interrupted_acquisitions().unwrap().is_empty());
}

/// M3: the same holds of a renewal. The old certificate stays until the new one is right.
pub(crate) fn no_wrong_certificate_replaces_an_old_one(store: &Location) {
    let scene = Scene::new(store, "jirodt", Duration::ZERO);
    scene.acquire().unwrap();
    let old = scene.certificates();
    for wrong in WRONG {
        scene.bank.issue(wrong.0);
        check_refusal(scene.renew().unwrap_err(), wrong);
        assert_eq!(scene.certificates(), old, "{wrong:?}");
        assert_eq!(scene.inkan.interrupted_renewals().unwrap().len(), 1, "{wrong:?}");
    }
    assert_eq!(scene.bank.counts(), (2, 1));
    scene.bank.issue(Issue::Right);
    assert!(scene.renew().unwrap());
    assert_eq!((scene.bank.counts(), scene.certificates().len()), ((2, 2), 2));
}

/// The dates are those of the bank's clock. This PC's clock is wrong by a year, in each direction.
pub(crate) fn a_wrong_clock_of_this_pc_refuses_no_right_certificate(store: &Location) {
    for (user, days) in [("saburodt", -365), ("shirodt", 365)] {
        for dated in [true, false] {
            let scene = Scene::new(store, user, Duration::days(days));
            if !dated {
                scene.bank.hide_date();
            }
            for wrong in WRONG.iter().filter(|wrong| matches!(wrong.0, Issue::Expired | Issue::Future)) {
                scene.bank.issue(wrong.0);
                check_refusal(scene.acquire().unwrap_err(), *wrong);
            }
            scene.bank.issue(Issue::Right);
            assert!(scene.acquire().unwrap(), "{days} {dated}");
        }
    }
}

/// RFC 7030 §4.1: the bank publishes the new key of its CA, and this PC asks for it.
pub(crate) fn a_certificate_by_a_new_key_of_the_ca_is_right(store: &Location) {
    let scene = Scene::new(store, "gorodt", Duration::ZERO);
    scene.bank.issue(Issue::NewKey);
    scene.acquire().unwrap();
    assert!(scene.certificates()[0].usable);
}
