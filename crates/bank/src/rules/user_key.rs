use inkan_profile::Profile;

/// Returns the key of a user in the bank's tables: the login ID, or contract number and login ID at a bank with
/// contract numbers, since two contracts may use the same login ID there (S3-10).
///
/// A slash separates the two. A contract number has only digits, and a login ID has no slash.
pub(crate) fn user_key(profile: &Profile, contract: Option<&str>, login_id: &str) -> String {
    match (&profile.contract_number, contract) {
        (Some(_), contract) => format!("{}/{login_id}", contract.unwrap_or_default()),
        (None, _) => login_id.to_owned(),
    }
}

/// Returns the login ID in a user's key.
pub(crate) fn login_id(key: &str) -> &str {
    key.rsplit_once('/').map_or(key, |(_, login_id)| login_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_10_the_contract_number_tells_two_users_of_one_id_apart() {
        let keiyaku = Profile::from_toml(include_str!("../../../../profiles/keiyaku.toml")).unwrap();
        let first = user_key(&keiyaku, Some("00009876543"), "riyousya");
        assert_ne!(first, user_key(&keiyaku, Some("00009876544"), "riyousya"));
        assert_eq!(login_id(&first), "riyousya");
        assert_ne!(first, user_key(&keiyaku, None, "riyousya"));
        let okmate = Profile::from_toml(include_str!("../../../../profiles/okmate.toml")).unwrap();
        assert_eq!(user_key(&okmate, Some("1"), "hanakodt"), "hanakodt");
    }
}
