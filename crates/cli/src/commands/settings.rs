use inkan_client::protocol::Language;
use inkan_client::{Error, HistoryEntry, Inkan, Location, ManualProxy, Proxy, Remembered, Settings, check_store};
use serde::Serialize;

use crate::arguments;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// The output of `inkan settings show`.
#[derive(Debug, Serialize)]
struct Shown {
    language: Option<Language>,
    proxy: Proxy,
    store: Option<String>,
    remembered: Vec<Remembered>,
}

pub(crate) fn run(command: arguments::Settings, inkan: &Inkan, output: &Output) -> Result<(), Failure> {
    let settings = Settings::read(inkan.home()).map_err(Error::from)?;
    let change: Box<dyn FnOnce(&mut Settings)> = match command {
        arguments::Settings::Show => {
            let remembered = inkan.remembered()?;
            let shown = Shown { language: settings.language, proxy: settings.proxy, store: settings.store, remembered };
            output.result(&shown, |words| lines(&shown, &inkan.store_location(), words));
            return Ok(());
        }
        arguments::Settings::Proxy { system, manual, proxy_user, except, .. } => {
            let proxy = match manual {
                Some(address) => Proxy::Manual(by_hand(&address, proxy_user, except)?),
                None if system => Proxy::System,
                None => Proxy::None,
            };
            Box::new(|settings| settings.proxy = proxy)
        }
        // The system's own store is always accepted, so that a user can leave a store that does not open.
        arguments::Settings::Store { location } => {
            if location != Location::Native
                && let Err(error) = check_store(&location)
            {
                let now = settings.store.unwrap_or_else(|| Location::Native.to_string());
                output.aside_lines(|words| vec![words.with("settings-unchanged", &[("store", &now)])]);
                return Err(error.into());
            }
            Box::new(move |settings| settings.store = Some(location.to_string()))
        }
        arguments::Settings::Forget { number } => {
            let remembered = inkan.remembered()?;
            let entry = number.checked_sub(1).and_then(|at| remembered.get(at));
            let entry = entry.ok_or_else(|| {
                let facts = [("value", number.to_string()), ("argument", "N".to_owned())];
                let facts = facts.each_ref().map(|(name, value)| (*name, value.as_str()));
                let why = output.words().with("usage-value-invalid", &facts);
                Error::Usage { why, command: "inkan settings forget".to_owned() }
            })?;
            inkan.forget(entry)?;
            output.result(entry, |words| vec![words.text("settings-forgotten")]);
            return Ok(());
        }
    };
    let settings = Settings::change(inkan.home(), change).map_err(Error::from)?;
    output.result(&settings, |words| vec![words.text("settings-kept")]);
    Ok(())
}

fn by_hand(address: &str, user: Option<String>, except: Option<String>) -> Result<ManualProxy, Error> {
    let proxy = ManualProxy::at(address)?;
    let exceptions = except.unwrap_or_else(|| ManualProxy::USUAL_EXCEPTIONS.to_owned());
    ManualProxy { user, exceptions, ..proxy }.in_order()
}

fn lines(shown: &Shown, store: &str, words: &Words) -> Vec<String> {
    let mut lines = vec![match shown.language {
        Some(language) => words.with("settings-language", &[("language", language.tag())]),
        None => words.text("settings-language-system"),
    }];
    lines.push(match &shown.proxy {
        Proxy::System => words.text("settings-proxy-system"),
        Proxy::None => words.text("settings-proxy-none"),
        Proxy::Manual(proxy) => {
            let address = format!("{}:{}", proxy.host, proxy.port);
            let user = proxy.user.as_deref().unwrap_or("—");
            words.with("settings-proxy-manual", &[("proxy", &address), ("user", user), ("except", &proxy.exceptions)])
        }
    });
    lines.push(words.with("settings-store", &[("store", store)]));
    if shown.remembered.is_empty() {
        lines.push(words.text("settings-nothing-remembered"));
    }
    lines.extend((1..).zip(&shown.remembered).map(|(number, entry)| {
        let number = number.to_string();
        let name = entry.name.as_deref().unwrap_or_else(|| entry.certificate.0.get(..8).unwrap_or_default());
        match &entry.what {
            HistoryEntry::Used(bank) => {
                words.with("settings-used", &[("number", &number), ("bank", bank), ("name", name)])
            }
            HistoryEntry::Refused(code) => {
                words.with("settings-refused", &[("number", &number), ("name", name), ("reason", code.name())])
            }
        }
    }));
    lines
}
