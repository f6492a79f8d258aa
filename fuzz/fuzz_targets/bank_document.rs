#![no_main]
//! The document that a bank publishes about itself, and what a client does with it.

use inkan_client::fuzzing as client;
use inkan_profile::{ChangePc, LoginMethod, Profile, Role, StepKind};
use libfuzzer_sys::fuzz_target;
use time::OffsetDateTime;

fuzz_target!(|json: &[u8]| {
    if let Some(document) = client::bank_document(json) {
        compute_dates(&document.profile, document.now);
        document.profile.roles.iter().for_each(|role| guide(&document.profile, role));
    }
});

fn compute_dates(profile: &Profile, now: OffsetDateTime) {
    profile.certificate.acquisition_deadline(now);
    profile.certificate.renewal_opens(now);
    profile.certificate.in_grace(now, now);
    profile.certificate.cooling_down(now, now);
    profile.token.activation_opens(now);
    profile.token.closed_until(now);
}

fn guide(profile: &Profile, role: &Role) {
    let pattern = profile.certificate_name(&role.id);
    pattern.read(&pattern.of("9999999", "hanakodt"));
    profile.helper_with_certificate(&role.id);
    for method in [LoginMethod::Certificate, LoginMethod::IdPassword] {
        for (old_pc_works, another_administrator) in [(true, true), (true, false), (false, true), (false, false)] {
            let asked = ChangePc { method, role: role.id.clone(), old_pc_works, another_administrator };
            let plan = profile.migration_plan(&asked);
            assert!(plan.steps.iter().any(|step| step.kind == StepKind::LogIn), "every plan leads to a login");
        }
    }
}
