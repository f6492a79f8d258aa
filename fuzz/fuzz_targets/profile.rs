#![no_main]
//! The profile of a bank, in TOML.

use inkan_profile::Profile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(profile) = Profile::from_toml(text) {
        let published = serde_json::to_string(&profile.published()).expect("a profile can be published");
        let read: Profile = serde_json::from_str(&published).expect("what was published can be read");
        assert!(read.check().is_ok(), "what a bank publishes is consistent: {published}");
        assert!(read.demo.is_none(), "the sample people are not published");
    }
});
