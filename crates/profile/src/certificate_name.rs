use serde::{Deserialize, Serialize};

/// The pattern of the names of a bank's certificates: a text in which `{contract}` and `{user}` are replaced by the
/// contract number and the login ID, as in `{contract} {user} 1635` (S1-2, S3-15).
///
/// Neither of the two contains a blank, so a name can be read back in one way only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CertificateName(pub String);

/// The parts of a name that identify its holder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NameParts<'a> {
    /// The contract number.
    pub contract: Option<&'a str>,
    /// The login ID.
    pub user: Option<&'a str>,
}

impl CertificateName {
    /// Returns the common name of the certificate of that user.
    pub fn of(&self, contract: &str, user: &str) -> String {
        self.pieces()
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Contract => contract,
                Piece::User => user,
            })
            .collect()
    }

    /// Returns the contract number and the login ID in `common_name`, as the inverse of [`Self::of`]. Returns none if
    /// the name does not match this pattern (S3-16).
    pub fn read<'a>(&self, common_name: &'a str) -> Option<NameParts<'a>> {
        let pieces: Vec<Piece<'_>> = self.pieces().collect();
        read(&pieces, common_name)
    }

    /// Returns whether the pattern contains the login ID, and contains no part twice.
    pub fn names_the_user(&self) -> bool {
        self.0.matches(USER).count() == 1 && self.0.matches(CONTRACT).count() <= 1
    }

    /// Returns whether the pattern contains the contract number, and contains no part twice.
    pub fn names_the_contract(&self) -> bool {
        self.0.matches(CONTRACT).count() == 1 && self.0.matches(USER).count() <= 1
    }

    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (piece, length) = if rest.starts_with(CONTRACT) {
                (Piece::Contract, CONTRACT.len())
            } else if rest.starts_with(USER) {
                (Piece::User, USER.len())
            } else {
                let next = [CONTRACT, USER].iter().filter_map(|place| rest.find(place)).min();
                let end = next.unwrap_or(rest.len());
                (Piece::Text(&rest[..end]), end)
            };
            rest = &rest[length..];
            Some(piece)
        })
    }
}

const CONTRACT: &str = "{contract}";
const USER: &str = "{user}";

#[derive(Debug, Clone, Copy)]
enum Piece<'a> {
    Text(&'a str),
    Contract,
    User,
}

fn read<'a>(pieces: &[Piece<'_>], text: &'a str) -> Option<NameParts<'a>> {
    let Some((first, others)) = pieces.split_first() else {
        return text.is_empty().then(NameParts::default);
    };
    if let Piece::Text(literal) = first {
        return read(others, text.strip_prefix(literal)?);
    }
    let longest = text.find(' ').unwrap_or(text.len());
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= longest);
    ends.filter_map(|end| {
        let (value, rest) = text.split_at(end);
        let parts = read(others, rest)?;
        Some(match first {
            Piece::Contract => NameParts { contract: Some(value), ..parts },
            _ => NameParts { user: Some(value), ..parts },
        })
    })
    .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(pattern: &str) -> CertificateName {
        CertificateName(pattern.into())
    }

    #[test]
    fn s1_2_the_name_is_the_login_id() {
        assert_eq!(name("{user}").of("", "hanakodt"), "hanakodt");
        assert_eq!(name("{user}").read("hanakodt").unwrap().user, Some("hanakodt"));
        assert_eq!(name("{user}").read(""), None);
    }

    #[test]
    fn s3_15_contract_user_and_number() {
        let users = name("{contract} {user} 1635");
        assert_eq!(users.of("00009876543", "riyousya"), "00009876543 riyousya 1635");
        let parts = users.read("00009876543 riyousya 1635").unwrap();
        assert_eq!((parts.contract, parts.user), (Some("00009876543"), Some("riyousya")));
    }

    #[test]
    fn s3_16_a_name_without_a_user_is_not_of_the_users_pattern() {
        let users = name("{contract} {user} 1635");
        for other in ["00009876543 1635", "00009876543  1635", "00009876543 riyousya 1636", "riyousya"] {
            assert_eq!(users.read(other), None, "{other}");
        }
        let administrators = name("{contract} 1635");
        assert_eq!(administrators.read("00009876543 1635").unwrap().contract, Some("00009876543"));
        assert_eq!(administrators.read("00009876543 riyousya 1635"), None);
    }

    #[test]
    fn parts_that_touch_are_read_somehow_and_never_split_a_character() {
        let parts = name("{contract}{user}").read("1花子").unwrap();
        assert_eq!(format!("{}{}", parts.contract.unwrap(), parts.user.unwrap()), "1花子");
    }
}
