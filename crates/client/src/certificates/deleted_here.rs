use inkan_profile::Helper;

/// A certificate that was deleted on this PC and that its bank may still count as valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedHere {
    /// The login ID of the holder.
    pub user: String,
    /// The day and minute of the deletion in Japan.
    pub on: String,
    /// Whether `on` is credible. If it is not, the clock was ahead at the deletion.
    pub dated: bool,
    /// The bank's name on this PC.
    pub bank: String,
    /// The helper who has the next certificate issued, if the holder's role is known (S0-10 … S0-14, S3-2, S3-4, S4-2,
    /// S4-4).
    pub helper: Option<Helper>,
    /// Whether the helper reissues the certificate (S3-2, S4-2). Otherwise the helper revokes it, and the holder
    /// acquires the next one (S0-8).
    pub reissued: bool,
}

impl DeletedHere {
    /// Returns the values for the message.
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
