//! Measures everything that has a bound, beside other programs that do the same, and writes the rows as JSON. A bound
//! that is missed is not a failure, since the machine may be slow.

mod client_login;
mod cpu_time;
mod first_paint;
mod last_line;
mod listing;
mod many;
mod pkcs12;
mod refusal;
mod scrolling;
mod server;
mod table;

use crate::failure::Failure;
use crate::setup;
use many::Many;
use table::Table;

/// The option for a run that only shows that the measurements work, without bounds.
const SMALL: &str = "--small";
/// The rows of the client's commands.
const COMMANDS: &[&str] = &["client-login", "list", "pkcs12", "refusal"];
/// The rows of the client's window.
const WINDOW: &[&str] = &["first-paint", "scrolling"];

/// The names that stand for several rows.
const GROUPS: &[(&str, &[&str])] = &[("bank", server::ROWS), ("commands", COMMANDS), ("window", WINDOW)];

/// Runs every measurement, one after the other, or those that `arguments` name.
pub(crate) fn bench(arguments: &[&str]) -> Result<(), Failure> {
    let rows = rows(arguments.iter().copied().filter(|argument| *argument != SMALL))?;
    let wanted = |row: &&str| rows.contains(row);
    if WINDOW.iter().any(wanted) {
        setup::for_the_bench()?;
    } else {
        setup::for_the_bench_without_window()?;
    }
    let mut table = Table::new(arguments.contains(&SMALL));
    let served: Vec<&str> = server::ROWS.iter().copied().filter(wanted).collect();
    if !served.is_empty() {
        server::measure(&mut table, &served)?;
    }
    if wanted(&"pkcs12") {
        pkcs12::measure(&mut table)?;
    }
    if wanted(&"client-login") {
        client_login::measure(&mut table)?;
    }
    if wanted(&"refusal") {
        refusal::measure(&mut table)?;
    }
    if wanted(&"first-paint") {
        first_paint::measure(&mut table)?;
    }
    if wanted(&"list") || wanted(&"scrolling") {
        let many = Many::fill(table.small)?;
        if wanted(&"list") {
            listing::measure(&mut table, &many)?;
        }
        if wanted(&"scrolling") {
            scrolling::measure(&mut table, &many)?;
        }
    }
    table.close()
}

/// Returns the rows with these names; without names, all rows.
fn rows<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<&'a str>, Failure> {
    let known: Vec<&str> = GROUPS.iter().flat_map(|(_, rows)| *rows).copied().collect();
    let mut found = Vec::new();
    for name in names {
        match GROUPS.iter().find(|(group, _)| *group == name) {
            Some((_, rows)) => found.extend_from_slice(rows),
            None if known.contains(&name) => found.push(name),
            None => {
                let found = format!("there is no row {name}, but these: {}", known.join(", "));
                return Err(Failure::Unexpected { step: "bench", found });
            }
        }
    }
    Ok(if found.is_empty() { known } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_one_by_one_or_in_groups() {
        assert_eq!(rows(["window", "list"].into_iter()).unwrap(), ["first-paint", "scrolling", "list"]);
        assert!(rows([].into_iter()).unwrap().contains(&"handshake"));
        assert!(rows(["no-such-row"].into_iter()).is_err());
    }
}
