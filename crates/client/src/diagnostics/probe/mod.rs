//! What a server asks for, what it answers, and what that means: the diagnosis of a login that does not work.

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

/// How long each of the two connections of a probe with a certificate is waited for.
const EACH_OF_TWO: Duration = Duration::from_secs(8);

impl Inkan {
    /// Probes the server at `address`, which may be any https server: first without a certificate, then, if one is
    /// named and the server is trusted and asks, with that one. Its page is asked for by one `GET` each.
    ///
    /// `ca`, in PEM, is then the only CA trusted for it; otherwise the one that its bank was added with, if it is an
    /// added bank's, or those of this system. A client certificate is shown to no server that is not trusted.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::CaUnreadable`], [`Error::CertificateNotFound`], [`Error::Store`]. A server that
    /// cannot be reached or refuses is no error but a finding.
    pub fn probe(
        &self,
        address: &str,
        certificate: Option<&CertificateId>,
        ca: Option<&str>,
    ) -> Result<ProbeReport, Error> {
        Ok(self.probed(address, certificate, ca)?.report)
    }

    /// As [`Self::probe`], with what the report does not show.
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
            // What the server asks for shows without the certificates of this PC.
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

    /// The names of the CAs whose client certificates the server at `address` accepts, for choosing one; empty
    /// where it names none, none if it asks for no certificate. Trust is as for [`Self::probe`]. Shows nothing.
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

    /// As [`Self::accepted_authorities`], waiting no longer than `limit`.
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
            // A known product on the way that is trusted keeps nothing from being asked.
            None | Some(Transport::Intercepted { .. }) if trusted => {}
            None => {}
            Some(Transport::ServerCertificate(_)) if !trusted => {
                // What such a server answers tells more, as its time does.
                let again = site.exchange(self, None, true, DIAGNOSIS);
                let cause = cause(&again).or_else(|| cause(&last)).unwrap_or_else(|| broken(Shown::NotAsked));
                return Err(Error::Transport { address: address(), cause });
            }
            Some(cause) => return Err(Error::Transport { address: address(), cause }),
        }
        match (last.end, last.observed.request) {
            (End::NotAsked, request) => Ok(request.map(|request| request.authorities)),
            // Refused for want of a certificate, after it had said which.
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

    /// Those here that the server would accept, as far as its request tells, the longest-lived first; and those in
    /// whose place a newer one is used. They are judged as in every list.
    fn fitting(
        &self,
        request: &CertificateRequest,
        stored: &[StoredCertificate],
    ) -> Result<(Vec<CertificateId>, Vec<CertificateId>), Error> {
        // Without certificates no store is needed, which may not open.
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

/// What a probe found.
#[derive(Debug)]
pub(crate) struct Probed {
    pub(crate) report: ProbeReport,
    /// Both clocks, if this PC's is wrong by a server that is believed.
    pub(crate) clocks: Option<Clocks>,
    /// The server's clock, as it says; an error if that is not to be believed.
    pub(crate) there: Option<Result<OffsetDateTime, OffsetDateTime>>,
}
