use inkan_profile::Profile;

/// What the bank's tables know a user by: the login ID, which is unique in the bank, or, where people give a contract
/// number beside it, both (S3-10), since there two contracts may use the same login ID.
///
/// Neither part can hold the stroke between them: contract numbers are digits, and no login ID is made with one.
pub(crate) fn user_key(profile: &Profile, contract: Option<&str>, login_id: &str) -> String {
    match (&profile.contract_number, contract) {
        (Some(_), contract) => format!("{}/{login_id}", contract.unwrap_or_default()),
        (None, _) => login_id.to_owned(),
    }
}

/// The login ID inside a user's key, for people to read.
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
