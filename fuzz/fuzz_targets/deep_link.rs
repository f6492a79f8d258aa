#![no_main]
//! A link into the app, and an address that a person types.

use inkan_client::{Link, fuzzing as client};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    client::address(text);
    if let Ok(link) = text.parse::<Link>() {
        assert!(Link::is_meant(text.trim()));
        let (Link::Add { bank } | Link::Acquire { bank, .. }) = &link;
        assert!(bank.scheme() == "https" && bank.has_host());
        assert!(bank.username().is_empty() && bank.password().is_none());
        assert!(bank.query().is_none() && bank.fragment().is_none());
        if let Link::Acquire { user, .. } = &link {
            assert!(user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        }
    }
});
