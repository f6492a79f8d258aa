//! The counters of the service, in the text format of Prometheus.
//!
//! No label names a user: routes are templates, outcomes are problem codes. Statistics of the whole bank are read from
//! the database at each request for the metrics, so that every instance reports the same.

use std::time::Duration;

use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder,
};

use crate::database::statistics::Statistics;

/// The media type of [`Metrics::text`].
pub(crate) const MEDIA_TYPE: &str = prometheus::TEXT_FORMAT;

/// The counters of one instance.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    authentications: IntCounterVec,
    refusals: IntCounterVec,
    database_errors: IntCounter,
    database_up: IntGauge,
    statistics: StatisticGauges,
}

#[derive(Debug)]
struct StatisticGauges {
    certificates_issued: IntGauge,
    certificates_revoked: IntGauge,
    passwords_locked: IntGauge,
    tokens_locked: IntGauge,
    sessions_live: IntGauge,
}

/// An answered request. Each field has few values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered<'a> {
    pub(crate) listener: &'static str,
    /// The path's template.
    pub(crate) route: &'a str,
    pub(crate) method: &'static str,
    pub(crate) status: u16,
    pub(crate) took: Duration,
}

impl Metrics {
    /// Returns counters at zero.
    pub(crate) fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let gauge = |name, help| register(&registry, IntGauge::new(name, help)?);
        let seconds = HistogramOpts::new("inkan_request_seconds", "How long requests took, in seconds.");
        let buckets = vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 30.0];
        let counters =
            |name, help, labels: &[&str]| register(&registry, IntCounterVec::new(Opts::new(name, help), labels)?);
        Ok(Self {
            requests: counters(
                "inkan_requests_total",
                "Requests that were answered.",
                &["listener", "route", "method", "status"],
            )?,
            seconds: register(
                &registry,
                HistogramVec::new(seconds.buckets(buckets), &["listener", "route", "method"])?,
            )?,
            authentications: counters(
                "inkan_authentications_total",
                "Logins and checks before an issue, by outcome: done, or the code of the problem.",
                &["listener", "purpose", "outcome"],
            )?,
            refusals: counters(
                "inkan_refusals_total",
                "Requests that were refused, by the problem's code.",
                &["code"],
            )?,
            database_errors: register(
                &registry,
                IntCounter::new("inkan_database_errors_total", "Requests that the database left undone.")?,
            )?,
            database_up: gauge("inkan_database_up", "Whether the database answered when this was asked for.")?,
            statistics: StatisticGauges {
                certificates_issued: gauge("inkan_certificates_issued", "Certificates ever issued by the bank.")?,
                certificates_revoked: gauge("inkan_certificates_revoked", "Certificates ever revoked by the bank.")?,
                passwords_locked: gauge("inkan_passwords_locked", "Passwords that are locked now.")?,
                tokens_locked: gauge("inkan_tokens_locked", "Hardware tokens that are locked now.")?,
                sessions_live: gauge("inkan_sessions_live", "Sessions that are in use now.")?,
            },
            registry,
        })
    }

    /// Counts a request.
    pub(crate) fn answered(&self, answered: Answered<'_>) {
        let Answered { listener, route, method, status, took } = answered;
        self.requests.with_label_values(&[listener, route, method, &status.to_string()]).inc();
        let histogram: Histogram = self.seconds.with_label_values(&[listener, route, method]);
        histogram.observe(took.as_secs_f64());
    }

    /// Counts a login, or a check before an issue.
    pub(crate) fn authenticated(&self, listener: &'static str, purpose: &'static str, outcome: &'static str) {
        self.authentications.with_label_values(&[listener, purpose, outcome]).inc();
    }

    /// Counts a refusal by its code.
    pub(crate) fn refused(&self, code: &'static str) {
        self.refusals.with_label_values(&[code]).inc();
    }

    /// Counts a failure of the database.
    pub(crate) fn database_failed(&self) {
        self.database_errors.inc();
    }

    /// Returns all metrics as text, with the statistics if the database answered.
    pub(crate) fn text(&self, statistics: Option<Statistics>) -> Result<String, prometheus::Error> {
        self.database_up.set(i64::from(statistics.is_some()));
        if let Some(statistics) = statistics {
            self.statistics.certificates_issued.set(statistics.certificates_issued);
            self.statistics.certificates_revoked.set(statistics.certificates_revoked);
            self.statistics.passwords_locked.set(statistics.passwords_locked);
            self.statistics.tokens_locked.set(statistics.tokens_locked);
            self.statistics.sessions_live.set(statistics.sessions_live);
        }
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        String::from_utf8(text).map_err(|error| prometheus::Error::Msg(error.to_string()))
    }
}

fn register<C: prometheus::core::Collector + Clone + 'static>(
    registry: &Registry,
    collector: C,
) -> Result<C, prometheus::Error> {
    registry.register(Box::new(collector.clone()))?;
    Ok(collector)
}
