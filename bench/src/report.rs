use serde_json::{Value, json};

use crate::machine;
use crate::measure::rounded;

/// A bound.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bound {
    /// A row that explains another one.
    None,
    AtMost(f64),
    AtLeast(f64),
    RatioAtMost(f64),
    RatioAtLeast(f64),
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    /// The name by which the row is asked for.
    pub(crate) name: &'static str,
    /// What is measured.
    pub(crate) what: String,
    pub(crate) unit: &'static str,
    pub(crate) ours: f64,
    /// What it is compared with, and its number.
    pub(crate) peer: Option<(String, f64)>,
    pub(crate) bound: Bound,
    /// Everything else that was measured.
    pub(crate) details: Value,
}

impl Row {
    /// Prints the row in one line of JSON.
    pub(crate) fn print(&self, small: bool) {
        let ratio = self.peer.as_ref().map(|(_, theirs)| self.ours / theirs);
        let (bound, held) = match self.bound {
            Bound::None => (None, None),
            Bound::AtMost(most) => (Some(format!("at most {most}")), Some(self.ours <= most)),
            Bound::AtLeast(least) => (Some(format!("at least {least}")), Some(self.ours >= least)),
            Bound::RatioAtMost(most) => (Some(format!("ratio at most {most}")), ratio.map(|ratio| ratio <= most)),
            Bound::RatioAtLeast(least) => (Some(format!("ratio at least {least}")), ratio.map(|ratio| ratio >= least)),
        };
        let (bound, held) = if small { (None, None) } else { (bound, held) };
        let row = json!({
            "row": self.name,
            "what": self.what,
            "unit": self.unit,
            "ours": rounded(self.ours),
            "peer": self.peer.as_ref().map(|(name, _)| name),
            "theirs": self.peer.as_ref().map(|(_, theirs)| rounded(*theirs)),
            "ratio": ratio.map(rounded),
            "bound": bound,
            "held": held,
            "load": machine::load(),
            "details": self.details,
        });
        println!("{row}");
    }
}
