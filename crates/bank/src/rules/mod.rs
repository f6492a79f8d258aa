//! The bank's rules: what is valid, who may do it, and what it writes. Requests and the branch use the same functions.

pub(crate) mod certificate_change;
pub(crate) mod certificate_permission;
pub(crate) mod certificate_validity;
pub(crate) mod contract_freeze;
pub(crate) mod crl_publication;
pub(crate) mod enrolment_code;
pub(crate) mod entitlement;
pub(crate) mod issue_limit;
pub(crate) mod known_senders;
pub(crate) mod operator;
pub(crate) mod own_notice;
pub(crate) mod own_passwords;
pub(crate) mod password_notice;
mod password_pattern;
pub(crate) mod password_queue;
pub(crate) mod password_rules;
pub(crate) mod password_set;
pub(crate) mod password_tries;
pub(crate) mod password_unlock;
pub(crate) mod person_name;
pub(crate) mod proven_password;
pub(crate) mod refusal;
pub(crate) mod reissue_notice;
pub(crate) mod renewal;
pub(crate) mod service;
pub(crate) mod session_limit;
pub(crate) mod standing;
pub(crate) mod time_format;
pub(crate) mod token_revocation;
pub(crate) mod token_unlock;
pub(crate) mod tokens;
pub(crate) mod user_edit;
pub(crate) mod user_key;
pub(crate) mod user_record;

mod authentication;
mod common_passwords;
mod notice_text;

#[cfg(test)]
pub(crate) mod tests {
    pub(crate) mod test_service;
}
