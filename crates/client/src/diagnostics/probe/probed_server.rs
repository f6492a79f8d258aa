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

/// A server, the bank that it belongs to, and the CAs that are trusted for it.
pub(super) struct Server {
    pub(super) target: Target,
    /// The added bank that the server belongs to.
    pub(super) bank: Option<Bank>,
    pub(super) trusting: Arc<Trusting>,
}

impl Server {
    /// Makes one connection. If the connection fails over TLS 1.3 because both ends have no common signature scheme,
    /// makes a second one over TLS 1.2 only.
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
        // An identity whose key cannot sign in TLS 1.3 offers TLS 1.2 only. This counts as a fallback, too.
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
