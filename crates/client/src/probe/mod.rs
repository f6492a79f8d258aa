//! What a server asks for, what it answers, and what that means: the diagnosis of a login that does not work.

mod answer;
mod diagnosis;
mod exchange;
mod observer;
mod report;
mod scheme;
mod server;
mod target;

pub use report::{
    AnswerReport, ChainCertificate, Distrust, Finding, Page, ProbeReport, RequestReport, ServerReport, TlsReport,
};

use std::sync::Arc;

use inkan_store::{Authorities, DistinguishedName, StoredCertificate};
use rustls::crypto::CryptoProvider;
use rustls::version::TLS12;
use rustls::{PeerIncompatible, SupportedProtocolVersion};

use crate::connection::{Trust, authority, roots};
use crate::identity::Identity;
use crate::memory::Memory;
use crate::{Bank, CertificateId, Error, Inkan, Transport};
use diagnosis::Diagnosis;
use exchange::{End, Exchange, Plan};
use observer::{Observer, Presentation, Trusting};
use target::Target;
pub(crate) use target::address_of_any_site;

static ONLY_TLS12: &[&SupportedProtocolVersion] = &[&TLS12];

impl Inkan {
    /// Probes the server at `address`, which may be any https server: first without a certificate, then, where one is
    /// named and the server is trusted and asks, with that one. Its page is asked for by one `GET` each.
    ///
    /// `ca`, in PEM, is then the only CA trusted for it; otherwise the one that its bank was added with, if it is an
    /// added bank's, or those of this system. A client certificate is shown to no server that is not trusted.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::CaUnreadable`], [`Error::CertificateNotFound`], [`Error::Store`]. A server that
    /// cannot be reached or refuses is no error but a finding.
    pub fn probe(&self, address: &str, certificate: Option<&str>, ca: Option<&str>) -> Result<ProbeReport, Error> {
        let site = self.server(address, ca)?;
        let stored = self.store.certificates()?;
        let chosen = match certificate {
            Some(id) => Some(self.certificate(id, None)?.id),
            None => None,
        };
        let chosen = chosen.and_then(|id| stored.iter().find(|certificate| certificate.id == id));
        let mut last = site.exchange(self, None, true);
        let mut refused_key = None;
        if let Some(certificate) = chosen.filter(|_| last.asks_trusted()) {
            match self.signing_key(certificate) {
                Ok(key) => {
                    let chains = Authorities::read(self.store.as_ref())?.chains(certificate);
                    last = site.exchange(self, Some(&Identity::new(chains, key, self.clock.now())), true);
                }
                Err(error) => refused_key = Some(Error::Store(error)),
            }
        }
        let diagnosis = Diagnosis { inkan: self, site: &site, last: &last, chosen, refused_key };
        let findings = diagnosis.findings();
        self.report(&site, last, &stored, chosen, findings)
    }

    /// The names of the CAs whose client certificates the server at `address` accepts, for choosing one; empty
    /// where it names none, none where it asks for no certificate. Trust is as for [`Self::probe`]. Shows nothing.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::CaUnreadable`]; [`Error::Transport`] where the server is not reached or not trusted.
    pub fn accepted_authorities(
        &self,
        address: &str,
        ca: Option<&str>,
    ) -> Result<Option<Vec<DistinguishedName>>, Error> {
        let site = self.server(address, ca)?;
        let last = site.exchange(self, None, false);
        let failed = |cause| Error::Transport { address: authority(&site.target.url), cause };
        match (last.observed.verdict, last.end) {
            (Some(Err(rustls::Error::InvalidCertificate(cause))), _) => Err(failed(Transport::of(cause))),
            (Some(Ok(())), End::NotAsked) => Ok(last.observed.request.map(|request| request.authorities)),
            // Refused for want of a certificate, after it had said which.
            (Some(Ok(())), _) if last.observed.request.is_some() => {
                Ok(last.observed.request.map(|request| request.authorities))
            }
            (_, End::NoWay(way)) => Err(way.into_error(authority(&site.target.url))),
            (_, End::Unreachable(cause)) => Err(failed(Transport::NoConnection(cause))),
            (_, End::Tls(cause)) => Err(failed(Transport::Configuration(cause))),
            _ => Err(failed(Transport::AnswerUnknown)),
        }
    }

    fn server<'a>(&self, address: &str, ca: Option<&'a str>) -> Result<Server<'a>, Error> {
        let target = Target::new(address)?;
        let bank =
            self.banks()?.into_iter().find(|bank| target.is_at(&bank.address) || target.is_at(&bank.certificate_login));
        let site = self.sites()?.into_iter().find(|site| target.is_at(&site.address));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let trust = match (ca, &bank, &site) {
            (Some(pem), ..) => Trust::Only(pem),
            (None, Some(bank), _) => bank.trust(),
            (None, None, Some(site)) => site.trust(),
            (None, None, None) => Trust::System,
        };
        let trusting = Arc::new(Trusting::new(roots(&trust)?, &provider));
        Ok(Server { target, bank, given_ca: ca, provider, trusting })
    }

    fn report(
        &self,
        site: &Server<'_>,
        last: Exchange,
        stored: &[StoredCertificate],
        chosen: Option<&StoredCertificate>,
        findings: Vec<Finding>,
    ) -> Result<ProbeReport, Error> {
        let distrust = last.observed.verdict.as_ref().and_then(|verdict| verdict.as_ref().err()).map(server::distrust);
        let server = last.observed.verdict.is_some().then(|| server::report(&last.observed.chain, distrust));
        let client_certificate = match &last.observed.request {
            None => RequestReport::default(),
            Some(request) => RequestReport {
                asked: true,
                authorities: request.authorities.iter().filter_map(DistinguishedName::text).collect(),
                schemes: request.schemes.iter().map(|scheme| scheme::iana_name(*scheme)).collect(),
                fitting: self.fitting(request, stored)?,
            },
        };
        let answer = match last.end {
            End::Answered(Some(answer)) => Some(AnswerReport { status: answer.status, recognised: answer.page }),
            _ => None,
        };
        let sent = last.observed.presentation == Presentation::Sent;
        Ok(ProbeReport {
            address: site.target.url.to_string(),
            reached: last.reached,
            tls: last.tls,
            server,
            client_certificate,
            presented: chosen.filter(|_| sent).map(|certificate| certificate.id.clone()),
            answer,
            findings,
        })
    }

    /// Those here that the server would accept, as far as its request tells; the longest-lived first.
    fn fitting(
        &self,
        request: &observer::CertificateRequest,
        stored: &[StoredCertificate],
    ) -> Result<Vec<CertificateId>, Error> {
        let memory = Memory::read(&self.home)?;
        let now = self.clock.now();
        let authorities = Authorities::lazily(self.store.as_ref());
        let mut fitting: Vec<_> = stored
            .iter()
            .filter(|certificate| {
                certificate.protection.is_some()
                    && certificate.client_authentication
                    && (certificate.not_before..=certificate.not_after).contains(&now)
                    && !memory.is_revoked(&certificate.id)
                    && (request.accepts(&certificate.issuer_name)
                        || authorities.chains(certificate).issuers(now).any(|issuer| request.accepts(issuer)))
                    && scheme::suits(certificate, &request.schemes)
            })
            .collect();
        fitting.sort_by_key(|certificate| std::cmp::Reverse((certificate.not_after, certificate.not_before)));
        Ok(fitting.into_iter().map(|certificate| certificate.id.clone()).collect())
    }
}

/// A server with what decides on its certificate.
struct Server<'a> {
    target: Target,
    /// The added bank whose server it is.
    bank: Option<Bank>,
    given_ca: Option<&'a str>,
    provider: Arc<CryptoProvider>,
    trusting: Arc<Trusting>,
}

impl Server<'_> {
    /// One connection; another one over TLS 1.2 only, where nothing that both ends can sign with was left in TLS 1.3.
    fn exchange(&self, inkan: &Inkan, identity: Option<&Identity>, ask: bool) -> Exchange {
        let versions = identity.map_or(rustls::DEFAULT_VERSIONS, |identity| identity.versions);
        let first = self.exchange_over(versions, inkan, identity, ask);
        let over_tls13 = first.tls.as_ref().is_some_and(|tls| tls.protocol == "TLSv1.3");
        let no_scheme = first.observed.presentation == Presentation::NoScheme
            || matches!(
                first.end,
                End::Tls(rustls::Error::PeerIncompatible(
                    PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon
                ))
            );
        if over_tls13 && no_scheme {
            let mut second = self.exchange_over(ONLY_TLS12, inkan, identity, ask);
            if let Some(tls) = &mut second.tls {
                tls.fallback = true;
                return second;
            }
        }
        // With such a key TLS 1.3 is not even offered.
        let mut first = first;
        if let Some(tls) = &mut first.tls {
            tls.fallback = versions.len() == 1;
        }
        first
    }

    fn exchange_over(
        &self,
        versions: &'static [&'static SupportedProtocolVersion],
        inkan: &Inkan,
        identity: Option<&Identity>,
        ask: bool,
    ) -> Exchange {
        let resolver = identity.map(|identity| identity.resolver.clone());
        let plan = Plan { versions, with_key: resolver.is_some(), ask };
        let observer = Arc::new(Observer::new(self.trusting.clone(), self.provider.clone(), resolver));
        Exchange::make(&self.target, &plan, &observer, &self.provider, &inkan.clock, &inkan.network)
    }
}
