use inkan_protocol::UserRecord;

use super::{Branch, BranchError};
use crate::rules::operator::Operator;
use crate::rules::token_revocation;
use crate::rules::token_unlock;
use crate::rules::user_record::record;

impl Branch {
    /// Revokes the token of a user whom no administrator can help (S2-8). The next token can be activated as after any
    /// other revocation (S2-6, S2-7).
    ///
    /// # Errors
    /// There is no such user, or no token to revoke.
    pub async fn revoke_token(&self, contract: Option<&str>, id: &str) -> Result<UserRecord, BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        token_revocation::revoke(&self.profile, &mut change, Operator::Branch, &user, now).await?;
        let user = self.user(&mut change, contract, id).await?;
        let record = record(&self.profile, &mut change, user, now).await?;
        change.commit().await?;
        Ok(record)
    }

    /// Unlocks the tokens of a user (M4). Returns false if none was locked.
    ///
    /// # Errors
    /// There is no such user.
    pub async fn unlock_tokens(&self, contract: Option<&str>, id: &str) -> Result<bool, BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        let user = self.user(&mut change, contract, id).await?;
        let unlocked = token_unlock::unlock(&self.profile, &mut change, Operator::Branch, &user, now).await?;
        change.commit().await?;
        Ok(unlocked)
    }
}
