use inkan_profile::Profile;

use crate::{Error, Inkan};

impl Inkan {
    /// Returns the address if it may be opened in the system browser. It must equal, letter by letter, a page that the
    /// profile of an added bank names (S1-14, S1-18).
    ///
    /// # Errors
    /// [`Error::CannotOpen`] for every other address.
    pub fn page(&self, address: &str) -> Result<String, Error> {
        let banks = self.banks()?;
        let page = named(banks.iter().map(|bank| &bank.profile), address);
        page.map(str::to_owned).ok_or_else(|| Error::CannotOpen(address.to_owned()))
    }
}

/// Returns the page as a profile writes it. Each page is https, since no other profile is accepted.
fn named<'a>(profiles: impl IntoIterator<Item = &'a Profile>, address: &str) -> Option<&'a str> {
    profiles.into_iter().flat_map(Profile::pages).find(|page| *page == address && page.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(text: &str) -> Profile {
        Profile::from_toml(text).unwrap()
    }

    #[test]
    fn s1_14_s1_18_each_page_that_a_profile_names_may_be_opened() {
        let banks = [
            profile(include_str!("../../../../profiles/okmate.toml")),
            profile(include_str!("../../../../profiles/shinkin.toml")),
        ];
        let pages: Vec<&str> = banks.iter().flat_map(Profile::pages).collect();
        assert!(pages.len() > 10, "{pages:?}");
        for page in pages {
            assert_eq!(named(&banks, page), Some(page));
        }
    }

    #[test]
    fn nothing_else_may() {
        let bank = profile(include_str!("../../../../profiles/okmate.toml"));
        let page = bank.pages().next().unwrap().to_owned();
        let host = page.split('/').nth(2).unwrap();
        for other in [
            String::new(),
            format!("{page}/"),
            format!("{page}?next=https://other.example"),
            format!("{page}#top"),
            format!("{page} "),
            format!(" {page}"),
            format!("{page}\n"),
            format!("{page} --new-window"),
            format!("{page}/../../etc"),
            page[..page.len() - 1].to_owned(),
            page.to_uppercase(),
            page.replacen("https:", "http:", 1),
            page.replacen("https:", "javascript:", 1),
            page.replacen("https://", "https://somebody@", 1),
            page.replacen(host, &format!("{host}.other.example"), 1),
            format!("https://{host}/"),
            "https://other.example/".to_owned(),
            "file:///etc/passwd".to_owned(),
            "javascript:alert(1)".to_owned(),
            "inkan://add?bank=https://bank.example".to_owned(),
            "mailto:somebody@bank.example".to_owned(),
            "-h".to_owned(),
            "/usr/bin/true".to_owned(),
        ] {
            assert_eq!(named([&bank], &other), None, "{other:?}");
        }
        assert_eq!(named([], &page), None, "the bank is not added");
    }

    #[test]
    fn a_page_of_another_bank_may_not_before_that_bank_is_added() {
        let [here, elsewhere] =
            [include_str!("../../../../profiles/okmate.toml"), include_str!("../../../../profiles/shinkin.toml")]
                .map(profile);
        let theirs = elsewhere.pages().find(|page| !here.pages().any(|own| own == *page)).unwrap();
        assert_eq!(named([&here], theirs), None);
        assert_eq!(named([&here, &elsewhere], theirs), Some(theirs));
    }
}
