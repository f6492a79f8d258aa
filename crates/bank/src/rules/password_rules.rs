use inkan_profile::{PasswordContext, PasswordFault, PasswordRule};
use inkan_protocol::{Code, Secret};

use super::refusal::Refusal;

/// Checks that a password follows its rule. The refusal names the first fault.
pub(crate) fn follows(
    which: &str,
    rule: &PasswordRule,
    candidate: &Secret,
    context: PasswordContext<'_>,
) -> Result<(), Refusal> {
    match rule.faults(candidate.expose(), context).first() {
        None => Ok(()),
        Some(PasswordFault::TooShort | PasswordFault::TooLong) if rule.min == rule.max => {
            Err(broken(which, rule, "exact_length"))
        }
        Some(fault) => Err(broken(which, rule, fault_name(*fault))),
    }
}

/// Checks that a new password differs from the present one (S1-7).
pub(crate) fn differs(
    which: &str,
    rule: &PasswordRule,
    candidate: &Secret,
    present: Option<&Secret>,
) -> Result<(), Refusal> {
    match present {
        Some(present) if present.expose() == candidate.expose() => Err(broken(which, rule, "unchanged")),
        _ => Ok(()),
    }
}

fn broken(which: &str, rule: &PasswordRule, fault: &str) -> Refusal {
    Refusal::new(Code::PasswordRuleBroken)
        .with("which", which)
        .with("min", rule.min.to_string())
        .with("max", rule.max.to_string())
        .with("fault", fault)
}

fn fault_name(fault: PasswordFault) -> &'static str {
    match fault {
        PasswordFault::TooShort => "too_short",
        PasswordFault::TooLong => "too_long",
        PasswordFault::Character => "character",
        PasswordFault::NotMixed => "not_mixed",
        PasswordFault::LikeUserId => "like_user_id",
        PasswordFault::LikeLoginPassword => "like_login_password",
    }
}
