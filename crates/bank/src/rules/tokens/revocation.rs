use inkan_profile::{Act, TokenState};
use inkan_protocol::{Code, OperationKind, Secret, TokenLine, TokenRevocation, TokensRevoked};

use crate::audit::{self, Event};
use crate::database::users::{self, User};
use crate::database::{Connection, operations, tokens};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

impl Service {
    /// Revokes the tokens of several users, all or none, proved by the operator's confirmation password and one-time
    /// password (S2-3 … S2-5, S2-9).
    ///
    /// A shared token is revoked for each user who is named and goes on for the others, as the manual has the operator
    /// choose everybody who uses it (S2-4). Revoked for the last of them it is over for good.
    pub(crate) async fn revoke_tokens(
        &self,
        operator: &User,
        asked: TokenRevocation,
    ) -> Result<TokensRevoked, Refusal> {
        let mut named = asked.users;
        named.sort();
        named.dedup();
        if named.is_empty() {
            return Err(Refusal::because(Code::RequestInvalid, "no user is named"));
        }
        // Before the secrets: what cannot be done uses up no one-time password.
        self.subjects(&mut *self.database.read().await?, operator, &named).await?;
        self.confirm(&operator.key, asked.confirmation_password).await?;
        self.verify_otp(&operator.key, asked.otp).await.map_err(of_the_operator)?;

        let now = self.now();
        let opens = self.profile.token.activation_opens(now);
        let mut change = self.database.write().await?;
        for subject in self.subjects(&mut change, operator, &named).await? {
            tokens::set_of_user(&mut change, &subject.key, TokenState::Revoked, None, Some(opens)).await?;
            if let Some(serial) = subject.token_serial() {
                tokens::revoke(&mut change, serial, &subject.key, &operator.key, now).await?;
            }
            let act = audit::Act::TokenRevoked { serial: subject.token_serial().unwrap_or_default().to_owned() };
            audit::record(&mut change, now, Event::by(operator, act).upon(&subject)).await?;
            operations::add(&mut change, OperationKind::TokenRevoked, &operator.key, &subject.key, now).await?;
        }
        let mut lines = Vec::new();
        for id in &named {
            lines.push(self.line(self.subject(&mut change, operator, id).await?));
        }
        change.commit().await?;
        tracing::info!(operator = operator.key, subjects = ?named, "tokens revoked");
        Ok(TokensRevoked { users: lines, activation_from: opens })
    }

    /// Opens the tokens that are locked for a user, proved by the operator's confirmation password: another
    /// administrator's act, never one's own (M5), a token that both share included.
    pub(crate) async fn unlock_token(
        &self,
        operator: &User,
        id: &str,
        confirmation_password: Secret,
    ) -> Result<TokenLine, Refusal> {
        let subject = self.subject(&mut *self.database.read().await?, operator, id).await?;
        self.permit_upon(operator, Act::UnlockUsers, &subject)?;
        let own_not_allowed = || {
            let helper = self.profile.helper_with(&operator.person.role, &[Act::UnlockUsers]);
            Refusal::new(Code::OwnNotAllowed).helped_by(helper)
        };
        if subject.key == operator.key {
            return Err(own_not_allowed());
        }
        self.confirm(&operator.key, confirmation_password).await?;
        let mut change = self.database.write().await?;
        let subject = self.subject(&mut change, operator, id).await?;
        let mut opened = false;
        for token in tokens::handed_out(&mut change, &subject.contract, &subject.key).await? {
            let own = operator.token_serial() == Some(token.serial.as_str());
            if !own && tokens::unlock(&mut change, &token.serial).await? {
                opened = true;
                let act = audit::Act::TokenUnlocked { serial: token.serial };
                audit::record(&mut change, self.now(), Event::by(operator, act).upon(&subject)).await?;
            }
        }
        if !opened {
            let own = subject.token_serial().is_some() && subject.token_serial() == operator.token_serial();
            return Err(match own {
                true => own_not_allowed(),
                false => Refusal::new(Code::TokenNone).with("user", id),
            });
        }
        operations::add(&mut change, OperationKind::TokenUnlocked, &operator.key, &subject.key, self.now()).await?;
        let line = self.line(self.subject(&mut change, operator, id).await?);
        change.commit().await?;
        tracing::info!(operator = operator.key, subject = subject.key, "token unlocked");
        Ok(line)
    }

    /// The users whose tokens the operator may revoke, with their tokens (S2-11 … S2-14).
    pub(crate) async fn token_lines(&self, operator: &User) -> Result<Vec<TokenLine>, Refusal> {
        let mut connection = self.database.read().await?;
        let users = users::of_contract(&mut connection, &operator.contract).await?;
        let mine = users.into_iter().filter(|user| self.permit_upon(operator, Act::RevokeTokens, user).is_ok());
        Ok(mine.map(|user| self.line(user)).collect())
    }

    /// The users who were named, each with a token to revoke.
    async fn subjects(
        &self,
        connection: &mut Connection,
        operator: &User,
        named: &[String],
    ) -> Result<Vec<User>, Refusal> {
        let mut subjects = Vec::new();
        for id in named {
            let subject = self.subject(connection, operator, id).await?;
            self.permit_upon(operator, Act::RevokeTokens, &subject)?;
            if matches!(subject.token(self.now()).state, TokenState::NotRequired | TokenState::Revoked) {
                return Err(Refusal::new(Code::TokenNone).with("user", id));
            }
            subjects.push(subject);
        }
        Ok(subjects)
    }

    async fn subject(&self, connection: &mut Connection, operator: &User, id: &str) -> Result<User, Refusal> {
        let found = users::find(connection, &self.key(Some(&operator.contract), id)).await?;
        let subject = found.filter(|user| user.contract == operator.contract);
        subject.ok_or_else(|| Refusal::new(Code::UserUnknown).with("user", id))
    }

    fn permit_upon(&self, operator: &User, act: Act, subject: &User) -> Result<(), Refusal> {
        let permitted = match operator.key == subject.key {
            true => self.profile.may(&operator.person.role, act),
            false => self.profile.may_upon(&operator.person.role, act, &subject.person.role),
        };
        let refused = || {
            let helper = self.profile.helper_with(&subject.person.role, &[act]);
            Refusal::new(Code::NotPermitted).helped_by(helper)
        };
        if permitted { Ok(()) } else { Err(refused()) }
    }

    fn line(&self, user: User) -> TokenLine {
        TokenLine { token: user.token(self.now()), person: user.person }
    }
}

/// An operator whose own token does not work is told who else can act (S2-8, Q4).
fn of_the_operator(refusal: Refusal) -> Refusal {
    match refusal.code() {
        Code::TokenExpired | Code::TokenNotActive => Refusal::new(Code::TokenUnusable),
        _ => refusal,
    }
}
