use inkan_client::{Error, Inkan, SiteSummary};
use serde_json::json;

use crate::dates::end;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// Adds a site that publishes no profile, and prints how many certificates on this PC it accepts.
pub(super) fn add(inkan: &Inkan, address: &str, ca: Option<&str>, output: &Output) -> Result<(), Failure> {
    let site = inkan.add_site(address, ca)?.summary();
    let fitting = inkan.certificates(Some(&site.name))?.into_iter().filter(|row| row.usable).count();
    output.result(&brief(&site), |words| {
        let mut lines = vec![words.with("bank-added", &[("bank", &line(&site, words))])];
        if !site.asks {
            lines.push(words.text("site-not-asking"));
        } else if site.authorities.is_empty() {
            lines.push(words.text("site-any-authority"));
        }
        lines.extend(site.authorities.iter().map(|name| words.with("site-authority", &[("name", name)])));
        let count = fitting.to_string();
        lines.push(words.with("site-fitting", &[("count", &count), ("bank", &site.name)]));
        lines
    });
    Ok(())
}

/// Opens the site in the system browser, and prints which certificate the user must pick there.
pub(super) fn open(inkan: &Inkan, name: &str, certificate: Option<&str>, output: &Output) -> Result<(), Failure> {
    let certificate = certificate.map(|typed| inkan.find_certificate(typed, Some(name))?.readable()).transpose()?;
    let visit = inkan.visit(name, certificate.map(|row| row.id).as_ref())?;
    open::that_detached(&visit.address).map_err(|_| Error::CannotOpen(visit.address.clone()))?;
    output.result(&visit, |words| {
        let pick = visit.certificate.as_ref().map(|row| {
            let until = end(row.not_after, words);
            words.with("site-pick", &[("name", &row.name), ("issuer", &row.issuer), ("until", &until)])
        });
        vec![visit.address.clone(), pick.unwrap_or_else(|| words.text("site-none-fits"))]
    });
    Ok(())
}

pub(super) fn brief(site: &SiteSummary) -> serde_json::Value {
    json!({
        "kind": "site", "name": site.name, "title": { "ja": site.title, "en": site.title }, "address": site.address,
        "asks": site.asks, "authorities": site.authorities,
    })
}

pub(super) fn line(site: &SiteSummary, words: &Words) -> String {
    format!("{}  {}  {}", site.name, words.text("site-kind"), site.address)
}
