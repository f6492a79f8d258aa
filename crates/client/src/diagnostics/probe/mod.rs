//! Diagnoses a login that does not work: what a server asks for, what it answers, and what that means.

mod diagnosis;
mod probed_server;
mod report;

pub use report::{Finding, ProbeReport};

use std::sync::Arc;
use std::time::Duration;

use inkan_store::{Authorities, DistinguishedName, StoredCertificate};
use time::OffsetDateTime;

use crate::net::address::authority;
use crate::net::cause::{broken, credible, of_end, of_exchange, server_fault};
use crate::net::client_identity::Identity;
use crate::net::clocks::Clocks;
use crate::net::exchange::observer::{CertificateRequest, Presentation};
use crate::net::exchange::{AnswerReport, End, Exchange, RequestReport, Target, scheme, server};
use crate::net::patience::{DIAGNOSIS, PATIENCE};
use crate::net::transport_error::Shown;
use crate::net::trust::{Trust, Trusting};
use crate::{CertificateId, CertificateRow, Error, Inkan, Reason, Transport};
use diagnosis::Diagnosis;
use probed_server::Server;

/// The time limit of each of the two connections of a probe with a certificate.
const EACH_OF_TWO: Duration = Duration::from_secs(8);

impl Inkan {
    /// Probes the server at `address`, which may be any https server. The first connection sends no certificate. If
    /// `certificate` is given, and the server is trusted and asks for a certificate, a second connection sends it. Each
    /// connection sends one `GET` for the page.
    ///
    /// If `ca` is given, in PEM, it is the only CA that is trusted for the server. Otherwise the CA with which its bank
    /// or site was added is trusted, or else the CAs of this system. A client certificate is sent only to a server that
    /// is trusted.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::CaUnreadable`], [`Error::CertificateNotFound`], [`Error::Store`]. A server that
    /// cannot be reached or that refuses the client is not an error but a finding.
    pub fn probe(
        &self,
        address: &str,
        certificate: Option<&CertificateId>,
        ca: Option<&str>,
    ) -> Result<ProbeReport, Error> {
        Ok(self.probed(address, certificate, ca)?.report)
    }

    /// Probes as [`Self::probe`] does, and returns the clocks besides the report.
    pub(crate) fn probed(
        &self,
        address: &str,
        certificate: Option<&CertificateId>,
        ca: Option<&str>,
    ) -> Result<Probed, Error> {
        let site = self.server(Target::new(address)?, ca)?;
        let stored = self.store().and_then(|store| store.certificates());
        let (stored, store_problem) = match (stored, certificate) {
            (Ok(stored), _) => (stored, None),
            // The server's request can be shown without the certificates of this PC.
            (Err(error), None) => (Vec::new(), Some(Error::Store(error).code())),
            (Err(error), Some(_)) => return Err(Error::Store(error)),
        };
        let chosen = certificate.map(|id| {
            let found = stored.iter().find(|one| one.id == *id);
            found.ok_or_else(|| Error::CertificateNotFound(id.0.clone()))
        });
        let chosen = chosen.transpose()?;
        let limit = if chosen.is_some() { EACH_OF_TWO } else { PATIENCE };
        let mut last = site.exchange(self, None, true, limit);
        let mut refused_key = None;
        if let Some(certificate) = chosen.filter(|_| last.asks_trusted()) {
            match self.signing_key(certificate) {
                Ok(key) => {
                    let chains = Authorities::read(self.store()?)?.chains(certificate);
                    last = site.exchange(self, Some(&Identity::new(chains, key, self.clock.now())), true, limit);
                }
                Err(error) => refused_key = Some(Error::Store(error)),
            }
        }
        let diagnosis = Diagnosis { inkan: self, site: &site, last: &last, chosen, refused_key };
        let (findings, clocks) = diagnosis.findings();
        let believed = matches!(last.observed.verdict, Some(Ok(())));
        let said = last.answer().and_then(|answer| answer.date).filter(|_| believed);
        let (chain, name) = (&last.observed.chain, site.target.name());
        let there = said.map(|said| match credible(chain, name, &site.trusting, self.clock.now(), said) {
            Some(clocks) => Ok(clocks.there),
            None => Err(said),
        });
        let report = ProbeReport { store_problem, ..self.report(&site, last, &stored, chosen, findings)? };
        Ok(Probed { report, clocks, there })
    }

    /// Returns the names of the CAs whose client certificates the server at `address` accepts, so that a certificate
    /// can be chosen. The list is empty if the server names no CA. Returns none if the server asks for no certificate.
    /// Trust is as for [`Self::probe`]. No certificate is sent.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::CaUnreadable`]; [`Error::Transport`] if the server is not reached or not trusted.
    pub fn accepted_authorities(
        &self,
        address: &str,
        ca: Option<&str>,
    ) -> Result<Option<Vec<DistinguishedName>>, Error> {
        self.accepted_within(Target::new(address)?, ca, PATIENCE)
    }

    /// Does the same as [`Self::accepted_authorities`], and waits no longer than `limit`.
    pub(crate) fn accepted_within(
        &self,
        target: Target,
        ca: Option<&str>,
        limit: Duration,
    ) -> Result<Option<Vec<DistinguishedName>>, Error> {
        let site = self.server(target, ca)?;
        let last = site.exchange(self, None, false, limit);
        let address = || authority(&site.target.url);
        let cause = |exchange: &Exchange| of_exchange(exchange, &site.target, &site.trusting, self.clock.now());
        let trusted = matches!(last.observed.verdict, Some(Ok(())));
        match cause(&last) {
            // A known intercepting product does not prevent the request, if its certificate is trusted.
            None | Some(Transport::Intercepted { .. }) if trusted => {}
            None => {}
            Some(Transport::ServerCertificate(_)) if !trusted => {
                // The answer of such a server can show more, such as a different time.
                let again = site.exchange(self, None, true, DIAGNOSIS);
                let cause = cause(&again).or_else(|| cause(&last)).unwrap_or_else(|| broken(Shown::NotAsked));
                return Err(Error::Transport { address: address(), cause });
            }
            Some(cause) => return Err(Error::Transport { address: address(), cause }),
        }
        match (last.end, last.observed.request) {
            (End::NotAsked, request) => Ok(request.map(|request| request.authorities)),
            // The server refused the connection for want of a certificate, after it had named the CAs.
            (_, Some(request)) => Ok(Some(request.authorities)),
            (End::NotReached(failure), None) => Err(failure.into_error(address())),
            (end, None) => Err(Error::Transport { address: address(), cause: of_end(&end, Shown::NotAsked) }),
        }
    }

    fn server(&self, target: Target, ca: Option<&str>) -> Result<Server, Error> {
        let bank =
            self.banks()?.into_iter().find(|bank| target.is_at(&bank.address) || target.is_at(&bank.certificate_login));
        let site = self.sites()?.into_iter().find(|site| target.is_at(&site.address));
        let trust = match (ca, &bank, &site) {
            (Some(pem), ..) => Trust::Only(pem),
            (None, Some(bank), _) => bank.trust(),
            (None, None, Some(site)) => site.trust(),
            (None, None, None) => Trust::System,
        };
        let trusting = Arc::new(Trusting::new(&trust)?);
        Ok(Server { target, bank, trusting })
    }

    fn report(
        &self,
        site: &Server,
        last: Exchange,
        stored: &[StoredCertificate],
        chosen: Option<&StoredCertificate>,
        findings: Vec<Finding>,
    ) -> Result<ProbeReport, Error> {
        let fault = server_fault(&last, &site.trusting, self.clock.now());
        let distrust = fault.as_ref().map(server::distrust);
        let server = last.observed.verdict.is_some().then(|| server::report(&last.observed.chain, distrust));
        let client_certificate = match &last.observed.request {
            None => RequestReport::default(),
            Some(request) => {
                let (fitting, superseded) = self.fitting(request, stored)?;
                RequestReport {
                    asked: true,
                    authorities: request.authorities.iter().filter_map(DistinguishedName::text).collect(),
                    schemes: request.schemes.iter().map(|scheme| scheme::iana_name(*scheme)).collect(),
                    fitting,
                    superseded,
                }
            }
        };
        let answer = match last.end {
            End::Answered(answer) => Some(AnswerReport { status: answer.status, recognised: answer.page }),
            _ => None,
        };
        let sent = last.observed.presentation == Presentation::Sent;
        Ok(ProbeReport {
            store_problem: None,
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

    /// Returns two lists of certificates in the store that the server would accept, as far as its request says. The
    /// second list holds the certificates that a newer one supersedes, the first list all others. The latest expiry
    /// comes first. The certificates are judged as in every list.
    fn fitting(
        &self,
        request: &CertificateRequest,
        stored: &[StoredCertificate],
    ) -> Result<(Vec<CertificateId>, Vec<CertificateId>), Error> {
        // Without certificates the store is not needed. The store may be closed.
        if stored.is_empty() {
            return Ok(Default::default());
        }
        let now = self.clock.now();
        let authorities = Authorities::lazily(self.store()?);
        let rows = self.judged(stored, stored, None, None)?;
        let mut fitting: Vec<_> = stored
            .iter()
            .zip(&rows)
            .filter(|(certificate, row)| {
                row.reasons.iter().all(|reason| reason.is_superseded() || is_of_a_service(*reason))
                    && (request.accepts(&certificate.issuer_name)
                        || authorities.chains(certificate).issuers(now).any(|issuer| request.accepts(issuer)))
                    && scheme::suits(certificate, &request.schemes)
            })
            .collect();
        fitting.sort_by_key(|(certificate, _)| std::cmp::Reverse((certificate.not_after, certificate.not_before)));
        let (superseded, fitting): (Vec<_>, Vec<_>) =
            fitting.into_iter().partition(|(_, row)| row.reasons.iter().any(|reason| reason.is_superseded()));
        let ids =
            |all: Vec<(&StoredCertificate, &CertificateRow)>| all.into_iter().map(|(one, _)| one.id.clone()).collect();
        Ok((ids(fitting), ids(superseded)))
    }
}

/// Returns whether a reason is about a bank or a site that was added, and not about the server that is probed.
fn is_of_a_service(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::NotOfThisBank | Reason::NotOfThisEntrance | Reason::NotAcceptedByServer | Reason::IntermediateMissing
    )
}

/// The result of a probe.
#[derive(Debug)]
pub(crate) struct Probed {
    pub(crate) report: ProbeReport,
    /// Both clocks, if this PC's clock is wrong compared with a server whose time is credible.
    pub(crate) clocks: Option<Clocks>,
    /// The server's time, or an error with that time if it is not credible; none if the server gave no time or is not
    /// trusted.
    pub(crate) there: Option<Result<OffsetDateTime, OffsetDateTime>>,
}
