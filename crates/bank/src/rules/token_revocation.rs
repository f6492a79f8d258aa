use inkan_profile::{Permission, Profile, TokenState};
use inkan_protocol::{Code, OperationKind};
use time::OffsetDateTime;

use super::operator::{Operator, PresentOperator};
use super::refusal::Refusal;
use crate::audit::{self, AuditAction};
use crate::database::users::User;
use crate::database::{Change, operations, tokens};

/// The operator of a revocation by the branch, in the table of revocations.
const BRANCH: &str = "branch";

/// Checks that the operator may revoke the token of `subject`, and that `subject` has a token to revoke.
///
/// # Errors
/// The operator may not revoke it; [`Code::TokenNone`].
pub(crate) fn check(
    profile: &Profile,
    operator: &PresentOperator,
    subject: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    operator.permit_upon(profile, Permission::RevokeTokens, subject)?;
    match subject.token(now).state {
        TokenState::NotRequired | TokenState::Revoked => {
            Err(Refusal::new(Code::TokenNone).with("user", &subject.person.id))
        }
        _ => Ok(()),
    }
}

/// Revokes the token of `subject` (S2-3 … S2-8). The next token can be activated after the wait (S2-6, S2-7).
///
/// A shared token stays in use for its other users (S2-4). Once it is revoked for its last user, it is never used
/// again.
///
/// # Errors
/// The errors of [`check`], judged inside the transaction `change`.
pub(crate) async fn revoke(
    profile: &Profile,
    change: &mut Change,
    operator: Operator<'_>,
    subject: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let operator = operator.present(profile, change, now).await?;
    check(profile, &operator, subject, now)?;
    let opens = profile.token.activation_opens(now);
    tokens::set_of_user(change, &subject.key, TokenState::Revoked, None, Some(opens)).await?;
    let serial = subject.token_serial().map(str::to_owned);
    if let Some(serial) = &serial {
        tokens::revoke(change, serial, &subject.key, operator.key().unwrap_or(BRANCH), now).await?;
    }
    let revoked = AuditAction::TokenRevoked { serial: serial.unwrap_or_default() };
    audit::record(change, now, operator.event(revoked).upon(subject)).await?;
    if let Some(key) = operator.key() {
        operations::add(change, OperationKind::TokenRevoked, key, &subject.key, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::test_service::{OKMATE, TestService, in_session};

    async fn revoke_by(bank: &TestService, operator: Operator<'_>, subject: &str) -> Result<(), Code> {
        let subject = bank.user(subject).await;
        let mut change = bank.database.write().await.unwrap();
        let done = revoke(&bank.profile, &mut change, operator, &subject, bank.now()).await;
        change.commit().await.unwrap();
        done.map_err(|refusal| refusal.code())
    }

    #[tokio::test]
    async fn s2_3_an_administrator_revokes_a_token_and_a_general_user_none() {
        let bank = TestService::open(OKMATE).await;
        let [hanako, jiro] = [bank.session("hanakodt", None).await, bank.session("jirodt", None).await];
        assert_eq!(revoke_by(&bank, in_session("jirodt", &jiro), "shirodt").await, Err(Code::NotPermitted));
        assert_eq!(revoke_by(&bank, in_session("hanakodt", &hanako), "jirodt").await, Err(Code::TokenNone));
        assert!(bank.acts().await.is_empty());
        assert_eq!(revoke_by(&bank, in_session("hanakodt", &hanako), "shirodt").await, Ok(()));
        let token = bank.user("shirodt").await.token(bank.now());
        assert_eq!((token.state, token.serial), (TokenState::Revoked, None), "S2-14");
        assert_eq!(token.activation_from, Some(bank.profile.token.activation_opens(bank.now())), "S2-6");
        assert_eq!(bank.acts().await, ["token_revoked"]);
        assert_eq!(bank.operations("shirodt").await[0].kind, OperationKind::TokenRevoked);
        let mut connection = bank.database.read().await.unwrap();
        assert!(tokens::was_revoked(&mut connection, "43456789", "shirodt").await.unwrap());
        drop(connection);
        assert_eq!(revoke_by(&bank, Operator::Branch, "shirodt").await, Err(Code::TokenNone));
    }
}
