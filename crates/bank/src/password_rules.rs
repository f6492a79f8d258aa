use inkan_profile::{PasswordContext, PasswordFault, PasswordRule};
use inkan_protocol::{Code, Secret};

use crate::refusal::Refusal;

/// Refuses a password that breaks its rule, with the first fault.
pub(crate) fn follows(
    which: &str,
    rule: &PasswordRule,
    candidate: &Secret,
    context: PasswordContext<'_>,
) -> Result<(), Refusal> {
    match rule.faults(candidate.expose(), context).first() {
        None => Ok(()),
        Some(fault) => Err(Refusal::new(Code::PasswordRuleBroken)
            .with("which", which)
            .with("min", rule.min.to_string())
            .with("max", rule.max.to_string())
            .with("fault", fault_name(*fault))),
    }
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
