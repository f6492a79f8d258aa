use std::sync::Arc;
use std::time::Duration;

use rustls::version::TLS12;
use rustls::{PeerIncompatible, SupportedProtocolVersion};

use crate::net::client_identity::Identity;
use crate::net::exchange::observer::Presentation;
use crate::net::exchange::{End, Exchange, Observer, Plan, Target};
use crate::net::trust::Trusting;
use crate::{Bank, Inkan};

static ONLY_TLS12: &[&SupportedProtocolVersion] = &[&TLS12];

/// A server with what decides on its certificate.
pub(super) struct Server {
    pub(super) target: Target,
    /// The added bank whose server it is.
    pub(super) bank: Option<Bank>,
    pub(super) trusting: Arc<Trusting>,
}

impl Server {
    /// One connection; another one over TLS 1.2 only, if nothing that both ends can sign with was left in TLS 1.3.
    pub(super) fn exchange(&self, inkan: &Inkan, identity: Option<&Identity>, ask: bool, limit: Duration) -> Exchange {
        let versions = identity.map_or(rustls::DEFAULT_VERSIONS, |identity| identity.versions);
        let plan = |versions| Plan { versions, limit, ask };
        let first = self.exchange_over(&plan(versions), inkan, identity);
        let over_tls13 = first.tls.as_ref().is_some_and(|tls| tls.protocol == "TLSv1.3");
        let no_scheme = first.observed.presentation == Presentation::NoScheme
            || matches!(
                first.end,
                End::Tls(rustls::Error::PeerIncompatible(
                    PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon
                ))
            );
        if over_tls13 && no_scheme {
            let mut second = self.exchange_over(&plan(ONLY_TLS12), inkan, identity);
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

    fn exchange_over(&self, plan: &Plan, inkan: &Inkan, identity: Option<&Identity>) -> Exchange {
        let resolver = identity.map(|identity| identity.resolver.clone());
        let observer = Arc::new(Observer::new(self.trusting.clone(), resolver));
        Exchange::make(&self.target, plan, &observer, &inkan.clock, &inkan.network)
    }
}
