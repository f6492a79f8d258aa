//! Tests an address as people type it.

use inkan_journeys::{Bank, Pc};

#[test]
fn a_bank_is_added_by_any_of_its_pages_and_kept_without_them() {
    let bank = Bank::start();
    let ca = bank.ca().display().to_string();
    let portal = bank.portal();
    let socket = portal.trim_start_matches("https://").trim_end_matches('/');
    let wide: String = portal.chars().map(|letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap()).collect();
    let typed = [
        format!("https://{socket}/login?x=1#top"),
        format!(" https://{socket} "),
        format!("　{wide}　"),
        socket.to_owned(),
        format!("{socket}/login"),
    ];
    for address in typed {
        let pc = Pc::new();
        let added = pc.inkan(&["bank", "add", &address, "--ca", &ca], None).done();
        let kept = added["address"].as_str().unwrap();
        assert_eq!(kept, format!("https://{socket}/"), "{address}");
        let listed = pc.inkan(&["bank", "list"], None).done();
        assert_eq!(listed[0]["address"], kept);
        assert!(!std::fs::read_to_string(pc.home().join("banks/okmate.json")).unwrap().contains("x=1"));
        // The same bank, added again, is one bank.
        pc.inkan(&["bank", "add", portal, "--ca", &ca], None).done();
        assert_eq!(pc.inkan(&["bank", "list"], None).done().as_array().unwrap().len(), 1);
    }
}

#[test]
fn what_is_typed_by_mistake_is_named_and_never_repeated() {
    let pc = Pc::new();
    let cases = [
        ("http://bank.example/", "http://"),
        ("ftp://bank.example/", "does not begin"),
        ("https://hanako:Himitsu99@bank.example/", "password"),
        ("hanako:Himitsu99@bank.example", "password"),
        ("https://bank.example Himitsu99", "blank"),
        ("Himitsu99", "cannot be read"),
        ("https://a..b/", "cannot be read"),
        ("https://-bank-.example/", "cannot be read"),
        ("https://localhost:0/", "from 1 to 65535"),
        ("https://localhost:65536/", "from 1 to 65535"),
        ("https://localhost:port/", "from 1 to 65535"),
        ("", "No address"),
    ];
    for (typed, word) in cases {
        for command in [&["bank", "add"][..], &["probe"]] {
            for language in ["ja", "en"] {
                let arguments = [command, &[typed]].concat();
                let refused = pc.inkan_in(language, &arguments, None).problem();
                assert_eq!(refused["code"], "bank_address_invalid", "{typed}");
                if language == "en" {
                    assert!(crate::detail(&refused).contains(word), "{refused}");
                }
                assert!(!refused.to_string().contains("Himitsu99"), "{refused}");
                crate::whole(&refused);
            }
        }
    }
}
