use inkan_profile::{Permission, Profile};
use inkan_protocol::OperationKind;
use time::OffsetDateTime;

use super::operator::Operator;
use super::refusal::Refusal;
use crate::audit::{self, AuditAction};
use crate::database::{Connection, contract, enrolment_codes, operations, sessions};

/// Freezes a contract: ends every session and every enrolment code in it (M7).
///
/// # Errors
/// The operator may not freeze the contract, judged inside the transaction `change`.
pub(crate) async fn freeze(
    profile: &Profile,
    change: &mut Connection,
    operator: Operator<'_>,
    contract: &str,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let operator = operator.present(profile, change, now).await?;
    operator.permit(profile, Permission::FreezeContract)?;
    contract::freeze(change, contract, operator.key(), now).await?;
    let ended = sessions::end_of_contract(change, contract).await?;
    enrolment_codes::end_of_contract(change, contract).await?;
    if let Some(key) = operator.key() {
        operations::add(change, OperationKind::ContractFrozen, key, key, now).await?;
    }
    audit::record(change, now, operator.event(AuditAction::ContractFrozen).in_contract(contract)).await?;
    audit::sessions_ended(change, now, ended).await?;
    Ok(())
}
