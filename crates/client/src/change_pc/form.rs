use std::collections::BTreeMap;

use inkan_profile::{LastResort, Profile, RoleId};
use inkan_protocol::{Catalogue, Language, day_text};
use time::OffsetDateTime;

use super::form_html::{Paper, PaperRow};
use crate::session::entrance::local;

/// The data of the paper for the branch, which is used if no other user of the company can help: 失効届 or 依頼書 (S0-11,
/// S3-4). A field that is not known is left empty for writing by hand.
#[derive(Debug, Clone)]
pub struct PaperForm<'a> {
    /// The bank that receives the paper.
    pub profile: &'a Profile,
    /// The user's role (利用者区分).
    pub role: RoleId,
    /// The login ID.
    pub user: Option<String>,
    /// The contract number, at a bank that has contract numbers.
    pub contract: Option<String>,
    /// The user's name.
    pub person: Option<String>,
    /// The company that holds the contract.
    pub company: Option<String>,
    /// The serial number of the certificate, in hex.
    pub serial: Option<String>,
    /// The last moment of the certificate's validity.
    pub not_after: Option<OffsetDateTime>,
}

impl PaperForm<'_> {
    /// Returns whether the bank accepts paper for users of that role whom no other user of their company can help.
    pub fn is_taken(&self) -> bool {
        matches!(self.last_resort(), LastResort::RevocationForm | LastResort::RequestForm)
    }

    /// Returns the content of the paper in one language.
    pub fn paper(&self, language: Language) -> Paper {
        let page = Page { catalogue: Catalogue::new(language, source(language)), language };
        let reissue = self.last_resort() == LastResort::RequestForm;
        let act = page.text(if reissue { "act-reissue" } else { "act-revoke" });
        let to =
            self.profile.branch.as_ref().map_or_else(String::new, |branch| local(&branch.name, language).to_owned());
        Paper {
            title: page.text(if reissue { "title-request" } else { "title-revocation" }),
            to: page.with("addressed", &[("to", &to)]),
            date: page.text("date"),
            request: page.with(if reissue { "request-reissue" } else { "request-revocation" }, &[("act", &act)]),
            rows: self.rows(&page, &act),
            seal: page.text("seal"),
            note: self.note(&page),
            bank: page.text("bank-use"),
            bank_boxes: ["bank-received", "bank-seal-checked", "bank-done"].map(|id| page.text(id)).into(),
        }
    }

    /// Returns one HTML page of A4 size for printing. The page loads nothing else.
    pub fn html(&self, language: Language) -> String {
        self.paper(language).html(language)
    }

    fn rows(&self, page: &Page, act: &str) -> Vec<PaperRow> {
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        let role = self.profile.role(&self.role);
        let until = self.not_after.map(|at| day_text(at, page.language)).unwrap_or_default();
        let service = local(&self.profile.name, page.language).to_owned();
        let row = |name: String, value: String| PaperRow { name, value };
        let mut rows = vec![row(page.text("service"), service), row(page.text("company"), known(&self.company))];
        if let Some(number) = &self.profile.contract_number {
            rows.push(row(local(&number.name, page.language).to_owned(), known(&self.contract)));
        }
        let role = role.map(|role| local(&role.name, page.language).to_owned()).unwrap_or_default();
        rows.extend([
            row(page.text("user"), known(&self.user)),
            row(page.text("person"), known(&self.person)),
            row(page.text("role"), role),
            row(page.text("serial"), known(&self.serial)),
            row(page.text("until"), until),
            row(page.text("act"), act.to_owned()),
            row(page.text("reason"), page.text("reasons")),
            row(page.text("branch"), String::new()),
            row(page.text("telephone"), String::new()),
        ]);
        rows
    }

    fn note(&self, page: &Page) -> String {
        let Some(branch) = &self.profile.branch else { return page.text("note") };
        let facts = [
            ("branch", local(&branch.name, page.language)),
            ("telephone", branch.telephone.as_str()),
            ("hours", local(&branch.hours, page.language)),
        ];
        page.with("note-branch", &facts)
    }

    fn last_resort(&self) -> LastResort {
        self.profile.resort_alone(&self.role)
    }
}

/// The texts of the paper in one language.
struct Page {
    catalogue: Catalogue,
    language: Language,
}

impl Page {
    fn text(&self, id: &str) -> String {
        self.with(id, &[])
    }

    fn with(&self, id: &str, facts: &[(&str, &str)]) -> String {
        let params: BTreeMap<String, String> =
            facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.catalogue.text(id, &params)
    }
}

fn source(language: Language) -> &'static str {
    match language {
        Language::Ja => include_str!("../../locales/ja/form.ftl"),
        Language::En => include_str!("../../locales/en/form.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn profile(text: &str) -> Profile {
        Profile::from_toml(text).unwrap()
    }

    fn form<'a>(profile: &'a Profile, role: &str) -> PaperForm<'a> {
        PaperForm {
            profile,
            role: RoleId(role.into()),
            user: Some("ichirodt".into()),
            contract: Some("00009876543".into()),
            person: Some("ゲータ <一郎>".into()),
            company: Some("ゲータ & 商事".into()),
            serial: Some("0a1b".into()),
            not_after: Some(datetime!(2027-11-20 15:00 UTC)),
        }
    }

    #[test]
    fn s0_11_the_revocation_form_holds_what_is_known_and_nothing_from_elsewhere() {
        let okmate = profile(include_str!("../../../../profiles/okmate.toml"));
        let master = form(&okmate, "master");
        assert!(master.is_taken());
        let page = master.html(Language::Ja);
        for part in [
            "電子証明書失効届",
            "お取引店 御中",
            "ゲータ &lt;一郎&gt;",
            "ゲータ &amp; 商事",
            "ichirodt",
            "マスターユーザ",
            "0a1b",
            "2027年11月21日",
            "お届け印",
            "size:A4",
            "0120-000-000",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(!page.contains("<一郎>") && !page.contains("00009876543"), "this bank has no contract numbers");
        assert!(!page.contains("http") && !page.contains("<script") && !page.contains("url("), "{page}");
        assert!(form(&okmate, "general").is_taken(), "whom no administrator can help");
        let shinkin = profile(include_str!("../../../../profiles/shinkin.toml"));
        assert!(!form(&shinkin, "general").is_taken(), "S4-4: by telephone");
    }

    #[test]
    fn s3_4_the_request_form_asks_for_a_reissue() {
        let keiyaku = profile(include_str!("../../../../profiles/keiyaku.toml"));
        let blank = PaperForm { person: None, ..form(&keiyaku, "administrator") };
        let page = blank.html(Language::Ja);
        assert!(page.contains("電子証明書再発行依頼書") && page.contains("契約者ID</th><td>00009876543"), "{page}");
        assert!(page.contains("氏名</th><td></td>"), "left for the pen");
        assert!(form(&keiyaku, "administrator").html(Language::En).contains("<html lang=\"en\">"));
    }

    #[test]
    fn both_catalogues_hold_the_same_messages() {
        let ids = |language| -> Vec<&str> {
            let lines = source(language).lines().filter(|line| line.starts_with(char::is_alphabetic));
            lines.filter_map(|line| line.split(" =").next()).collect()
        };
        assert_eq!(ids(Language::Ja), ids(Language::En));
    }
}
