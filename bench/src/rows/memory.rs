use std::sync::Arc;

use inkan_protocol::path;
use serde_json::json;

use super::logins;
use crate::bank::Bank;
use crate::call::Call;
use crate::context::Context;
use crate::cpu;
use crate::enrolled::enrolled;
use crate::fault::Fault;
use crate::load::Load;
use crate::report::{Bound, Row};

/// Measures the memory that the bank keeps after a load of everything that takes memory: logins with right passwords,
/// logins with unknown IDs, handshakes, and pages.
pub(super) async fn measure(context: &Context) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for storage in context.storages().await? {
        let name = storage.name();
        let bank = Bank::start(storage)?;
        let right = logins::calls(&bank).await?;
        let identities = enrolled(&bank, 1_000..1_001).await?;
        let visitor = bank.certificate_login(identities.first().ok_or("no certificate")?)?;
        let portal = bank.portal()?;
        let (before, _) = cpu::memory(bank.process())?;
        let load = |clients, fresh| Load { clients, time: context.plan.memory, fresh };
        let nobody = |number: usize, turn: usize| {
            let login = json!({ "user": format!("nobody{number}x{turn}"), "login_password": "Wrong2026" });
            Arc::new(Call::post(path::SESSIONS, &login))
        };
        let judged = Arc::new(Call::get(path::EST_CA_CERTIFICATES));
        let (right, wrong, handshakes) = tokio::try_join!(
            load(64, false).run(
                |_| portal.clone(),
                move |number, turn| right.get((number * 8 + turn) % right.len()).map(Arc::clone)
            ),
            load(64, false).run(|_| portal.clone(), nobody),
            load(4, true).run(|_| visitor.clone(), move |_, _| Arc::clone(&judged)),
        )?;
        let (after, most) = cpu::memory(bank.process())?;
        rows.push(Row {
            name: "memory",
            what: format!("memory after {} s of load, {name}", context.plan.memory.as_secs()),
            unit: "MiB",
            ours: after,
            peer: Some(("before the load".to_owned(), before)),
            bound: Bound::AtMost(100.0),
            details: json!({
                "most": most,
                "logins": right.served.len(),
                "logins_refused": right.refused.len(),
                "logins_by_nobody": wrong.refused.len(),
                "handshakes": handshakes.served.len(),
                "failed": right.failed + wrong.failed + handshakes.failed,
                "reason": right.reason,
            }),
        });
    }
    Ok(rows)
}
