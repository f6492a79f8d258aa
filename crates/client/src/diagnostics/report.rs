use std::path::PathBuf;

use inkan_protocol::{Language, printable};
use time::format_description::well_known::Rfc3339;

use super::Known;
use super::log::RecentEvents;
use super::redact::redact;
use super::safe::describe;
use super::words::Words;
use crate::enrolment::journal::Entry;
use crate::services::bank::read_banks;
use crate::{CertificateList, CertificateRow, CheckUp, Home, Inkan, Level, Proxy, Reason, Settings, UnreadableRow};

impl Inkan {
    /// Returns everything that a help desk asks for, without names of people and without secrets. Data that cannot be
    /// read is named in the report.
    pub fn help_desk_report(&self, checked: &CheckUp, events: &RecentEvents) -> String {
        let list = self.certificate_list(None, None);
        let (rows, unreadable) = match list {
            Ok(CertificateList { certificates, unreadable }) => (certificates, unreadable),
            Err(_) => Default::default(),
        };
        for row in &unreadable {
            self.known.note(&row.name);
            row.label.iter().for_each(|label| self.known.note(label));
        }
        for row in &rows {
            self.known.note(&row.name);
            row.person.iter().chain(&row.organisation).for_each(|name| self.known.note(name));
        }
        let words = Words::of(self.language);
        let store = self.store_description().unwrap_or_else(|_| words.text("report-store-closed"));
        let subject = ReportContext {
            home: &self.home,
            known: &self.known,
            words,
            language: self.language,
            store,
            now: self.clock.now(),
        };
        subject.report(&rows, &unreadable, checked, events)
    }
}

/// The data that a report is made of.
struct ReportContext<'a> {
    home: &'a Home,
    known: &'a Known,
    words: Words,
    language: Language,
    store: String,
    now: time::OffsetDateTime,
}

impl ReportContext<'_> {
    fn report(
        &self,
        rows: &[CertificateRow],
        unreadable: &[UnreadableRow],
        checked: &CheckUp,
        events: &RecentEvents,
    ) -> String {
        self.know_whom_this_pc_knows();
        let events = events.all();
        let problems = events.iter().filter_map(|event| {
            let (code, reference) = event.problem.as_ref()?;
            Some(format!("{} {code} {}", event.at, self.with("report-reference", &[("reference", reference)])))
        });
        let certificates = rows.iter().map(|row| self.certificate(row));
        let certificates = certificates.chain(unreadable.iter().map(|row| self.unreadable(row))).collect();
        let sections = [
            ("report-app", self.app()),
            ("report-settings", self.settings()),
            ("report-banks", self.banks()),
            ("report-certificates", certificates),
            ("report-checks", self.checks(checked)),
            ("report-problems", problems.collect()),
            ("report-events", events.iter().map(|event| format!("{} {}", event.at, event.text)).collect()),
        ];
        let text: Vec<String> = sections
            .into_iter()
            .map(|(title, lines): (&str, Vec<String>)| {
                let lines = if lines.is_empty() { vec![self.text("report-nothing")] } else { lines };
                let lines: Vec<String> = lines.iter().map(|line| format!("  {}", self.safe(line))).collect();
                format!("{}\n{}\n", self.text(title), lines.join("\n"))
            })
            .collect();
        text.join("\n")
    }

    /// Notes the people who are named in the data of this PC, so that the report hides them.
    fn know_whom_this_pc_knows(&self) {
        for entry in Entry::all(self.home).iter().flatten() {
            self.known.note(&entry.acquisition.user);
            entry.acquisition.contract.iter().for_each(|contract| self.known.note(contract));
        }
        if let Ok(Settings { proxy: Proxy::Manual(proxy), .. }) = Settings::read(self.home) {
            proxy.user.iter().for_each(|user| self.known.note(user));
        }
    }

    fn app(&self) -> Vec<String> {
        let at = self.now.replace_nanosecond(0).unwrap_or(self.now).format(&Rfc3339).unwrap_or_default();
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        vec![
            self.with("report-version", &[("version", env!("CARGO_PKG_VERSION")), ("system", &system)]),
            self.with("report-at", &[("at", &at)]),
            self.with("report-store", &[("store", &self.store)]),
        ]
    }

    fn settings(&self) -> Vec<String> {
        let settings = match Settings::read(self.home) {
            Ok(settings) => settings,
            Err(error) => return vec![describe(&error)],
        };
        let proxy = match &settings.proxy {
            Proxy::System => self.text("report-proxy-system"),
            Proxy::None => self.text("report-proxy-none"),
            Proxy::Manual(proxy) => {
                let address = format!("{}:{}", proxy.host, proxy.port);
                // The number of exceptions is shown and not their text, which a user typed.
                let exceptions = proxy.exceptions.split(',').filter(|one| !one.trim().is_empty()).count().to_string();
                let facts = [("proxy", address.as_str()), ("exceptions", &exceptions)];
                self.with("report-proxy-manual", &facts)
            }
        };
        let language = settings.language.unwrap_or(self.language);
        vec![self.with("report-language", &[("language", language.tag())]), proxy]
    }

    fn banks(&self) -> Vec<String> {
        match read_banks(self.home) {
            Ok(banks) => {
                banks.iter().map(|bank| format!("{} {} {}", bank.name, bank.address, bank.certificate_login)).collect()
            }
            Err(error) => vec![describe(&error)],
        }
    }

    fn certificate(&self, row: &CertificateRow) -> String {
        let thumbprint = row.id.0.get(..8).unwrap_or_default();
        let until = row.not_after.date().to_string();
        let bank = row.bank.clone().unwrap_or_else(|| self.text("report-no-bank"));
        let kept = match row.key.protection {
            Some(protection) => format!("{protection:?}").to_lowercase(),
            None => self.text("report-no-key"),
        };
        let key = format!("{} {} {kept}", row.key.algorithm, row.key.bits);
        let reasons: Vec<String> = row.reasons.iter().map(reason).collect();
        let verdict = if row.usable { self.text("report-usable") } else { reasons.join(", ") };
        let facts = [
            ("thumbprint", thumbprint),
            ("until", until.as_str()),
            ("bank", &bank),
            ("key", &key),
            ("verdict", &verdict),
        ];
        self.with("report-certificate", &facts)
    }

    fn unreadable(&self, row: &UnreadableRow) -> String {
        let thumbprint = row.id.0.get(..8).unwrap_or_default();
        let fault = format!("{:?}", row.fault).to_lowercase();
        self.with("report-unreadable", &[("thumbprint", thumbprint), ("fault", &fault)])
    }

    fn checks(&self, checked: &CheckUp) -> Vec<String> {
        let lines = checked.checks.iter().map(|check| {
            let mark = match check.level {
                Level::Ok => "○",
                Level::Warning => "△",
                Level::Problem => "×",
            };
            let code = check.code.map(|code| format!(" [{}]", code.name())).unwrap_or_default();
            format!("{mark} {}{code}: {}", check.title, check.detail)
        });
        lines.collect()
    }

    fn safe(&self, line: &str) -> String {
        printable(&redact(line, self.known, user_home().as_deref())).into_owned()
    }

    fn text(&self, id: &str) -> String {
        self.words.text(id)
    }

    fn with(&self, id: &str, facts: &[(&str, &str)]) -> String {
        self.words.with(id, facts)
    }
}

/// Returns the name of the reason in the protocol.
fn reason(reason: &Reason) -> String {
    serde_json::to_value(reason).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn user_home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;

    use super::*;
    use crate::Location;

    #[test]
    fn a_report_is_made_where_nothing_opens_and_holds_no_secret() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let proxy =
            crate::ManualProxy { user: Some("keiri-taro".into()), ..crate::ManualProxy::at("p.example:80").unwrap() };
        Settings::change(&home, |settings| settings.proxy = Proxy::Manual(proxy)).unwrap();
        for language in Language::ALL {
            let closed = Location::Nss(directory.path().join("nowhere"));
            let inkan = Inkan::new(home.clone(), &closed, language);
            let checked = inkan.check_up(None).unwrap();
            assert!(checked.checks.iter().any(|check| check.code == Some(Code::StoreFolderMissing)), "{checked:?}");
            let text = inkan.help_desk_report(&checked, &RecentEvents::default());
            assert!(text.contains("p.example:80") && text.contains(env!("CARGO_PKG_VERSION")), "{text}");
            assert!(!text.contains("keiri-taro") && !text.contains("report-"), "{text}");
        }
    }
}
