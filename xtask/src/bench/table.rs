use std::path::Path;

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::workspace::target_directory;

/// The rows that were measured, as JSON.
pub(super) struct Table {
    rows: Vec<Value>,
    machine: Value,
    /// Whether the numbers only show that the measurements work.
    pub(super) small: bool,
}

/// A row whose number is compared with that of another program.
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    pub(super) what: String,
    pub(super) unit: &'a str,
    pub(super) ours: f64,
    /// The other program and its number.
    pub(super) peer: Option<(&'a str, f64)>,
    /// The greatest value that is good: of the ratio, or without a peer, of the number.
    pub(super) most: f64,
}

impl Table {
    /// Returns a table without rows.
    pub(super) fn new(small: bool) -> Self {
        Self { rows: Vec::new(), machine: Value::Null, small }
    }

    /// Adds a row and prints it.
    pub(super) fn add(&mut self, row: Row<'_>) {
        let ratio = row.peer.map(|(_, theirs)| row.ours / theirs);
        let most = row.most;
        let bound = if ratio.is_some() { format!("ratio at most {most}") } else { format!("at most {most}") };
        self.add_json(json!({
            "row": row.name,
            "what": row.what,
            "unit": row.unit,
            "ours": row.ours,
            "peer": row.peer.map(|(name, _)| name),
            "theirs": row.peer.map(|(_, theirs)| theirs),
            "ratio": ratio,
            "bound": (!self.small).then_some(bound),
            "held": (!self.small).then_some(ratio.unwrap_or(row.ours) <= most),
        }));
    }

    /// Adds a row that another program measured, and prints it. The row may be a description of the machine.
    pub(super) fn add_json(&mut self, row: Value) {
        if let Some(machine) = row.get("machine") {
            self.machine = machine.clone();
            return;
        }
        println!("{}", line(&row));
        self.rows.push(row);
    }

    /// Prints all rows again, together, and writes them to `bench.json` in Cargo's output.
    pub(super) fn close(self) -> Result<(), Failure> {
        println!("\nAll rows:");
        for row in &self.rows {
            println!("{}", line(row));
        }
        let file = target_directory()?.join("bench.json");
        write(&file, &json!({ "machine": self.machine, "small": self.small, "rows": self.rows }))?;
        println!("Written to {}.", file.display());
        Ok(())
    }
}

fn write(file: &Path, value: &Value) -> Result<(), Failure> {
    std::fs::write(file, format!("{value:#}\n")).map_err(Failure::file(file))
}

/// Returns a row for people.
fn line(row: &Value) -> String {
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    let number = |name: &str| row[name].as_f64().map(significant);
    let mut line = format!("{}: {} {}", text("what"), number("ours").unwrap_or_default(), text("unit"));
    if let (Some(theirs), Some(ratio)) = (number("theirs"), number("ratio")) {
        line += &format!("; {}: {theirs}; ratio {ratio}", text("peer"));
    }
    match row["held"].as_bool() {
        Some(true) => line += &format!(" ({}: held)", text("bound")),
        Some(false) => line += &format!(" ({}: MISSED)", text("bound")),
        None => {}
    }
    line
}

/// Returns the number with three significant digits.
fn significant(value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only_row(small: bool, most: f64) -> Value {
        let mut table = Table::new(small);
        let peer = Some(("other", 4.0));
        table.add(Row { name: "row", what: "a thing".into(), unit: "s", ours: 1.0, peer, most });
        table.rows.remove(0)
    }

    #[test]
    fn a_bound_of_a_ratio_is_held_or_missed() {
        assert_eq!(line(&only_row(false, 0.25)), "a thing: 1 s; other: 4; ratio 0.25 (ratio at most 0.25: held)");
        assert_eq!(line(&only_row(false, 0.2)), "a thing: 1 s; other: 4; ratio 0.25 (ratio at most 0.2: MISSED)");
    }

    #[test]
    fn a_small_run_has_no_bounds() {
        assert_eq!(line(&only_row(true, 0.2)), "a thing: 1 s; other: 4; ratio 0.25");
    }

    #[test]
    fn three_digits_are_shown() {
        assert_eq!((significant(1234.5), significant(0.012_345)), ("1230".to_owned(), "0.0123".to_owned()));
    }
}
