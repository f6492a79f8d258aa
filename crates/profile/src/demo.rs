use serde::{Deserialize, Serialize};

use crate::{LocalText, RoleId, TokenState};

/// The sample people of a profile, with whom a bank can be tried out. They are never published.
///
/// Their passwords are valid only at a demonstration bank that was started from the same file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// The company that holds the contract.
    pub company: String,
    /// The contract number, if the bank has contract numbers (S3-10).
    #[serde(default)]
    pub contract: Option<String>,
    /// The users of the company.
    pub users: Vec<DemoUser>,
    /// Companies that users may act for (S4-12).
    #[serde(default)]
    pub companies: Vec<DemoCompany>,
    /// Notices on the top page (S1-19).
    #[serde(default)]
    pub notices: Vec<DemoNotice>,
    /// Unapproved transactions on the top page (S1-18).
    #[serde(default)]
    pub transactions: Vec<DemoTransaction>,
}

/// A sample user.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoUser {
    /// Login ID.
    pub id: String,
    /// The user's name (利用者名).
    pub name: String,
    /// The user's role (利用者区分).
    pub role: RoleId,
    /// Registered login password.
    pub login_password: String,
    /// Registered confirmation password; none if the first login must register one (S1-7).
    pub confirmation_password: Option<String>,
    /// Registered approval password (S4-7).
    #[serde(default)]
    pub approval_password: Option<String>,
    /// Registered password for single transfers (S4-7).
    #[serde(default)]
    pub transfer_password: Option<String>,
    /// Whether the next login must change the passwords (S1-7).
    #[serde(default)]
    pub forced_change: bool,
    /// Serial number engraved on the hardware token, 8 to 12 digits; none if the user has no token (S2-15).
    pub token_serial: Option<String>,
    /// What the bank knows of the token.
    pub token_state: TokenState,
    /// Days from seeding to the token's expiry; negative for a token already expired (S2-12).
    pub token_expires_days: Option<i64>,
}

/// A company that users may act for (S4-12).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoCompany {
    /// The name of the company (企業名).
    pub name: String,
    /// The company code (会社コード), 10 digits.
    pub code: String,
    /// The company's account (口座情報).
    pub account: LocalText,
    /// The kind of contract (契約種別).
    pub contracts: LocalText,
}

/// A sample notice.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoNotice {
    /// The line on the top page.
    pub title: LocalText,
    /// The text that is shown when the notice is opened.
    pub body: LocalText,
    /// How many days before seeding the notice was published.
    pub days_ago: u32,
}

/// A sample transaction that is not approved yet (S1-18).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoTransaction {
    /// The kind of the transaction, such as 総合振込.
    pub kind: LocalText,
    /// The number of payments in the transaction.
    pub count: u32,
    /// The sum of the payments, in yen.
    pub amount_yen: u32,
    /// Whether the transaction waits for approval (承認待ち); if not, it is still being drafted (作成中).
    pub awaits_approval: bool,
}
