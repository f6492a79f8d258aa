use inkan_profile::Helper;

/// A certificate that was deleted here and that its bank may still count as valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedHere {
    /// Login ID of the holder.
    pub user: String,
    /// Day and minute of the deletion, in Japan.
    pub on: String,
    /// Whether `on` is a time that can be: the clock was ahead at the deletion otherwise.
    pub dated: bool,
    /// The bank's name here.
    pub bank: String,
    /// Who has the next one issued, if the holder's role is known (S0-10 … S0-14, S3-2, S3-4, S4-2, S4-4).
    pub helper: Option<Helper>,
    /// Whether the helper reissues (S3-2, S4-2); otherwise the helper revokes, and the holder acquires (S0-8).
    pub reissued: bool,
}

impl DeletedHere {
    /// Returns what the words are filled with.
    pub(crate) fn facts(&self) -> [(&'static str, &str); 7] {
        [
            ("user", &self.user),
            ("on", &self.on),
            ("dated", if self.dated { "yes" } else { "no" }),
            ("bank", &self.bank),
            ("helper", self.helper.unwrap_or(Helper::Administrator).name()),
            ("role", if self.helper.is_some() { "known" } else { "unknown" }),
            ("act", if self.reissued { "reissue" } else { "revoke" }),
        ]
    }
}
