use inkan_client::profile::Profile;
use inkan_client::protocol::Top;

use crate::bank_terms::role;
use crate::dates::moment;
use crate::words::Words;

/// Returns the frame of a bank that has a code: its code and name, the user with the role, this login and the previous
/// one (S4-6). Returns no lines for other banks.
pub(crate) fn lines(top: &Top, profile: &Profile, words: &Words) -> Vec<String> {
    let Some(code) = &profile.bank_code else { return Vec::new() };
    let at = |index: usize| top.logins.get(index).map_or_else(|| "-".to_owned(), |it| moment(it.at, words.language()));
    let facts = [
        ("code", code.as_str()),
        ("bank", words.local(&profile.name)),
        ("name", &top.person.name),
        ("role", &role(&top.person.role, profile, words)),
        ("this", &at(0)),
        ("last", &at(1)),
    ];
    ["frame-bank", "frame-person", "frame-this-login", "frame-last-login"].map(|id| words.with(id, &facts)).to_vec()
}
