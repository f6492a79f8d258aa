use inkan_profile::TokenState;
use inkan_protocol::{Code, UserRecord};

use super::{Branch, BranchError};
use crate::audit::{self, Act, Actor, Event};
use crate::database::tokens;
use crate::rules::refusal::Refusal;
use crate::rules::user_record::record;

/// What stands as the operator of what the branch revokes.
const OPERATOR: &str = "branch";

impl Branch {
    /// Revokes the token of somebody whom nobody in the company can help (S2-8). The next can be activated as after
    /// any other revocation (S2-6, S2-7).
    ///
    /// # Errors
    /// No such user, or no token to revoke.
    pub async fn revoke_token(&self, contract: Option<&str>, id: &str) -> Result<UserRecord, BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        if matches!(user.token(now).state, TokenState::NotRequired | TokenState::Revoked) {
            return Err(Refusal::new(Code::TokenNone).with("user", id).into());
        }
        let opens = self.profile.token.activation_opens(now);
        tokens::set_of_user(&mut change, &user.key, TokenState::Revoked, None, Some(opens)).await?;
        let serial = user.token_serial().unwrap_or_default().to_owned();
        if !serial.is_empty() {
            tokens::revoke(&mut change, &serial, &user.key, OPERATOR, now).await?;
        }
        audit::record(&mut change, now, Event::done(Actor::Branch, Act::TokenRevoked { serial }).upon(&user)).await?;
        let user = self.user(&mut change, contract, id).await?;
        let record = record(&self.profile, &mut change, user, now).await?;
        change.commit().await?;
        Ok(record)
    }

    /// Opens the locked tokens of somebody (M4). False where none was locked.
    ///
    /// # Errors
    /// No such user.
    pub async fn unlock_tokens(&self, contract: Option<&str>, id: &str) -> Result<bool, BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        let mut opened = false;
        for token in tokens::handed_out(&mut change, &user.contract, &user.key).await? {
            if tokens::unlock(&mut change, &token.serial).await? {
                opened = true;
                let act = Act::TokenUnlocked { serial: token.serial };
                audit::record(&mut change, now, Event::done(Actor::Branch, act).upon(&user)).await?;
            }
        }
        change.commit().await?;
        Ok(opened)
    }
}
