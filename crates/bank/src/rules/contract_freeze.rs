use inkan_profile::{Permission, Profile};
use inkan_protocol::OperationKind;
use time::OffsetDateTime;

use super::operator::Operator;
use super::refusal::Refusal;
use crate::audit::{self, AuditAction};
use crate::database::{Change, contract, enrolment_codes, operations, sessions};

/// Freezes a contract: ends every session and every enrolment code in it (M7).
///
/// # Errors
/// The operator may not freeze the contract, judged inside the transaction `change`.
pub(crate) async fn freeze(
    profile: &Profile,
    change: &mut Change,
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

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;

    use super::*;
    use crate::database::users;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session};

    #[tokio::test]
    async fn m7_a_freeze_ends_every_session_and_code_of_the_contract() {
        let bank = TestService::open(OKMATE).await;
        let [hanako, jiro] = [bank.session("hanakodt", None).await, bank.session("jirodt", None).await];
        let freeze_by = async |user, session| {
            let mut change = bank.database.write().await.unwrap();
            enrolment_codes::add(&mut change, session, user, bank.now() + time::Duration::HOUR).await.unwrap();
            let done = freeze(&bank.profile, &mut change, in_session(user, session), "demo", bank.now()).await;
            let code = users::of_enrolment_code(&mut change, user, session, bank.now()).await.unwrap().is_some();
            change.commit().await.unwrap();
            (done.map_err(|refusal| refusal.code()), code)
        };
        assert_eq!(freeze_by("jirodt", &jiro).await, (Err(Code::NotPermitted), true));
        assert!(bank.user("hanakodt").await.frozen.is_none() && bank.has_session(&jiro).await);
        assert_eq!(freeze_by("hanakodt", &hanako).await, (Ok(()), false));
        assert_eq!(bank.user("jirodt").await.frozen, Some(bank.now()));
        assert!(!bank.has_session(&hanako).await && !bank.has_session(&jiro).await);
        assert_eq!(bank.acts().await, ["contract_frozen", "session_ended", "session_ended"]);
        assert_eq!(bank.operations("hanakodt").await[0].kind, OperationKind::ContractFrozen);
    }
}
