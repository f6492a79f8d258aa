//! A bank's document may lead the certificate login to another host only if the user agrees.

use inkan_client::Location;
use inkan_protocol::{Code, Language};

use crate::est_server::EstServer;
use crate::scene::pc;

pub(crate) fn another_host_for_the_login_is_used_only_if_the_user_agrees(store: &Location) {
    let bank = EstServer::start("hanakodt");
    let (home, inkan) = pc(store);
    let ca = inkan_client::ca_certificates("ca", bank.trusted()).unwrap();
    let add = |agreed: Option<&str>| inkan.add_bank(&bank.address(), Some(&ca), agreed);
    // The bank is at `localhost`. Another name of the same machine is another host.
    bank.publish_login_host("127.0.0.1");
    for agreed in [None, Some("localhost"), Some("127.0.0.2"), Some("")] {
        let problem = add(agreed).unwrap_err().into_problem();
        assert_eq!((problem.code, problem.params["host"].as_str()), (Code::CertificateLoginElsewhere, "127.0.0.1"));
        for language in [Language::Ja, Language::En] {
            assert!(problem.document(language).detail.contains("127.0.0.1"));
        }
        assert!(inkan.banks().unwrap().is_empty(), "{agreed:?}");
    }
    let login = |agreed: Option<&str>| add(agreed).unwrap().certificate_login.host_str().map(str::to_owned);
    assert_eq!(login(Some("127.0.0.1")).as_deref(), Some("127.0.0.1"));
    assert_eq!(login(None).as_deref(), Some("127.0.0.1"), "the user has agreed before");
    bank.publish_login_host("localhost");
    let now = inkan.bank_now("okmate").unwrap();
    assert_eq!(now.certificate_login.host_str(), Some("localhost"), "the bank's own host needs no agreement");
    bank.publish_login_host("127.0.0.1");
    let now = inkan.bank_now("okmate").unwrap();
    assert_eq!(now.certificate_login.host_str(), Some("localhost"), "another host needs one");
    drop(home);
}
