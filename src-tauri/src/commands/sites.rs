use inkan_client::protocol::{Language, Problem};
use inkan_client::{CertificateId, Error, Site, SiteCheck, SiteSummary, SiteVisit};

use super::Shared;
use crate::desktop::blocking;

/// Returns the added sites, which publish no profile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sites(shared: Shared<'_>) -> Result<Vec<SiteSummary>, Problem> {
    blocking(&shared, |desktop| Ok(desktop.inkan()?.sites()?.iter().map(Site::summary).collect())).await
}

/// Adds a site by its address. `ca` is the text of a PEM file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_site(shared: Shared<'_>, address: String, ca: Option<String>) -> Result<SiteSummary, Problem> {
    blocking(&shared, move |desktop| Ok(desktop.inkan()?.add_site(&address, ca.as_deref())?.summary())).await
}

/// Removes a site. Its certificates stay.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_site(shared: Shared<'_>, name: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.remove_site(&name)).await
}

/// Opens a site in the system browser, and remembers the certificate that the user must pick there.
#[tauri::command]
#[specta::specta]
pub(crate) async fn visit_site(
    shared: Shared<'_>,
    name: String,
    certificate: Option<CertificateId>,
) -> Result<SiteVisit, Problem> {
    blocking(&shared, move |desktop| {
        let visit = desktop.inkan()?.visit(&name, certificate.as_ref())?;
        open::that_detached(&visit.address).map_err(|_| Error::CannotOpen(visit.address.clone()))?;
        desktop.used(&name);
        Ok(visit)
    })
    .await
}

/// Asks a site again which certificates it accepts, and whether it accepts `certificate`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_site(
    shared: Shared<'_>,
    name: String,
    certificate: Option<CertificateId>,
    language: Language,
) -> Result<SiteCheck, Problem> {
    blocking(&shared, move |desktop| {
        let inkan = desktop.inkan()?.with_language(language);
        inkan.check_site(&name, certificate.as_ref())
    })
    .await
}
