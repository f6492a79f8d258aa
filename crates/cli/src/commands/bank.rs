use inkan_client::{BankSummary, Error, Inkan, SiteSummary, read_ca_file};
use serde_json::json;

use crate::again;
use crate::arguments::Bank;
use crate::commands::site;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

pub(crate) fn run(command: Bank, inkan: &Inkan, output: &Output) -> Result<(), Failure> {
    match command {
        Bank::Add { address, ca, site: true, .. } => {
            let ca = ca.as_deref().map(read_ca_file).transpose()?;
            site::add(inkan, &address, ca.as_deref(), output)?;
        }
        Bank::Add { address, ca, login_host, site: false } => {
            let ca = ca.as_deref().map(read_ca_file).transpose()?;
            let added = inkan.add_bank(&address, ca.as_deref(), login_host.as_deref());
            if added.as_ref().is_err_and(Error::may_be_a_site) {
                let command = again::with_option("--site");
                output.aside_lines(|words| vec![words.with("bank-add-as-site", &[("command", &command)])]);
            }
            if let Err(Error::LoginElsewhere { host, .. }) = &added {
                let command = again::with_option(&format!("--login-host={host}"));
                output.aside_lines(|words| vec![words.with("bank-add-login-host", &[("command", &command)])]);
            }
            let added = added?;
            let same: Vec<BankSummary> =
                inkan.same_bank_elsewhere(&added)?.iter().map(inkan_client::Bank::summary).collect();
            let bank = added.summary();
            let mut value = brief(&bank);
            value["same_bank"] =
                same.iter().map(|other| json!({ "name": other.name, "address": other.address })).collect();
            output.result(&value, |words| {
                let said = words.with("bank-added", &[("bank", &line(&bank, words))]);
                std::iter::once(said).chain(same.iter().map(|other| moved_line(other, &bank, words))).collect()
            });
        }
        Bank::List => {
            let banks: Vec<BankSummary> = inkan.banks()?.iter().map(inkan_client::Bank::summary).collect();
            let sites: Vec<SiteSummary> = inkan.sites()?.iter().map(inkan_client::Site::summary).collect();
            let brief: Vec<_> = banks.iter().map(brief).chain(sites.iter().map(site::brief)).collect();
            output.result(&brief, |words| match brief.as_slice() {
                [] => vec![words.text("bank-none")],
                _ => {
                    let banks = banks.iter().flat_map(|bank| lines(bank, words));
                    banks.chain(sites.iter().map(|one| site::line(one, words))).collect()
                }
            });
        }
        Bank::Open { name, certificate } => site::open(inkan, &name, certificate.as_deref(), output)?,
        Bank::Remove { name } => {
            inkan.remove_service(&name)?;
            output.result(&json!({ "name": name }), |words| vec![words.with("bank-removed", &[("bank", &name)])]);
        }
    }
    Ok(())
}

/// Returns the advice for a bank that may have moved from the address of `before` to the address of `now`.
fn moved_line(before: &BankSummary, now: &BankSummary, words: &Words) -> String {
    let facts = [("before", before.name.as_str()), ("address", &before.address), ("now", &now.name)];
    words.with("bank-same", &facts)
}

/// Returns the bank without its profile. The profile is too long for a list.
fn brief(bank: &BankSummary) -> serde_json::Value {
    json!({
        "kind": "bank", "name": bank.name, "title": bank.title, "address": bank.address,
        "certificate_login": bank.certificate_login,
        "entrances": entrances(bank),
    })
}

fn line(bank: &BankSummary, words: &Words) -> String {
    format!("{}  {}  {}", bank.name, words.local(&bank.title), bank.address)
}

/// Returns the line of the bank. If the bank has several entrances, a line for each of them follows.
fn lines(bank: &BankSummary, words: &Words) -> Vec<String> {
    let entrances = bank.profile.entrances.iter().filter(|_| bank.profile.entrances.len() > 1);
    let named = entrances.map(|one| format!("  --entrance {}  {}", one.id.0, words.local(&one.name)));
    std::iter::once(line(bank, words)).chain(named).collect()
}

/// Returns the values that `--entrance` accepts (S3-18).
fn entrances(bank: &BankSummary) -> Vec<serde_json::Value> {
    let entrances = bank.profile.entrances.iter();
    entrances.map(|one| json!({ "id": one.id, "name": one.name, "methods": one.methods })).collect()
}
