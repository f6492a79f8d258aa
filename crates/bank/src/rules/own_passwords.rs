//! The passwords that a user chooses (S1-7 … S1-10): in a session, or before an acquisition.

use inkan_profile::PasswordKind;
use inkan_protocol::{ChosenPasswords, Code, OperationKind, Secret};
use time::OffsetDateTime;

use super::own_notice;
use super::password_rules::{acceptable, differs, name, unchanged};
use super::password_set::NewHash;
use super::proven_password::ProvenPassword;
use super::refusal::Refusal;
use super::service::Service;
use crate::audit::{self, AuditAction, Event};
use crate::database::sessions;
use crate::database::users::{self, Kind, SetBy, User};
use crate::database::{Change, operations};
use crate::keys::hash_queue::Requester;

/// The new passwords of a user, which follow the rules and are hashed. Comparing and hashing are slow, so this is done
/// before the transaction begins.
#[derive(Debug)]
pub(crate) struct OwnPasswords {
    /// The proof of the present confirmation password; none if no confirmation password was registered.
    confirmation: Option<ProvenPassword>,
    hashes: Vec<NewHash>,
    /// The stored hashes that the new passwords were compared with, if the user did not give the present password.
    compared: Vec<(PasswordKind, Option<String>)>,
}

impl Service {
    /// Checks and hashes the passwords that `user` chooses. The caller has proved the present login password.
    ///
    /// # Errors
    /// The errors of [`Service::confirm`] for the present confirmation password; [`Code::PasswordRuleBroken`];
    /// [`Code::ConfirmationPasswordUnregistered`] if the user's role has a confirmation password and no new one is
    /// given; [`Code::PasswordChangeRequired`] if a password that another person set is not among the new ones.
    pub(crate) async fn choose_passwords(
        &self,
        user: &User,
        present_login: &Secret,
        chosen: ChosenPasswords,
    ) -> Result<OwnPasswords, Refusal> {
        let confirmation = self.present_confirmation(user, &chosen).await?;
        let new = self.checked(user, present_login, &chosen)?;
        self.all_chosen(user, new.iter().map(|(kind, _)| *kind))?;
        let (mut hashes, mut compared) = (Vec::new(), Vec::new());
        for (kind, password) in new {
            if matches!(kind, PasswordKind::Approval | PasswordKind::Transfer) {
                let stored = users::hash(&mut *self.database.read().await?, &user.key, kind).await?;
                let place = self.hashing.place(Requester::Known(user.key.clone()))?;
                if self.hashing.verify(place, password.clone(), stored.clone()).await? {
                    return Err(unchanged(&self.profile.passwords, kind));
                }
                compared.push((kind, stored));
            }
            hashes.push((kind, self.hashing.hash(&user.key, password).await?));
        }
        Ok(OwnPasswords { confirmation, hashes, compared })
    }

    /// Returns the proof of the present confirmation password, if one is registered (S1-7).
    async fn present_confirmation(
        &self,
        user: &User,
        chosen: &ChosenPasswords,
    ) -> Result<Option<ProvenPassword>, Refusal> {
        let stored = users::password(&mut *self.database.read().await?, &user.key, Kind::Confirmation).await?;
        if stored.is_none_or(|stored| stored.hash.is_none()) {
            return Ok(None);
        }
        let given = chosen.confirmation_password.clone();
        let given = given.ok_or_else(|| Refusal::new(Code::ConfirmationPasswordWrong))?;
        Ok(Some(self.confirm(&user.key, given).await?))
    }

    /// Returns the new passwords that the role of `user` has. Each follows its rule and differs from the present one
    /// (S1-9, S1-10).
    fn checked(
        &self,
        user: &User,
        present_login: &Secret,
        chosen: &ChosenPasswords,
    ) -> Result<Vec<(PasswordKind, Secret)>, Refusal> {
        let rules = &self.profile.passwords;
        let login = &chosen.new_login_password;
        acceptable(&self.profile, PasswordKind::Login, login, user.into(), None)?;
        differs("login", &rules.login, login, Some(present_login))?;
        let mut new = vec![(PasswordKind::Login, login.clone())];
        let others = [
            (PasswordKind::Confirmation, &chosen.new_confirmation_password),
            (PasswordKind::Approval, &chosen.new_approval_password),
            (PasswordKind::Transfer, &chosen.new_transfer_password),
        ];
        for (kind, given) in others {
            let Some(rule) = rules.rule(kind).filter(|_| self.has_password(user, kind)) else { continue };
            let Some(password) = given else {
                if kind == PasswordKind::Confirmation {
                    return Err(Refusal::new(Code::ConfirmationPasswordUnregistered));
                }
                continue;
            };
            acceptable(&self.profile, kind, password, user.into(), Some(login))?;
            if kind == PasswordKind::Confirmation {
                // The present one was compared before, if there is one.
                differs(name(kind), rule, password, chosen.confirmation_password.as_ref())?;
            }
            new.push((kind, password.clone()));
        }
        Ok(new)
    }

    /// Checks that the user has chosen each password that another person set, if the role of the user has it.
    fn all_chosen(&self, user: &User, chosen: impl Iterator<Item = PasswordKind> + Clone) -> Result<(), Refusal> {
        let set = user.set_by_another.iter().filter(|kind| self.has_password(user, **kind));
        match set.copied().find(|kind| chosen.clone().all(|chosen| chosen != *kind)) {
            Some(_) => Err(self.must_choose(user)),
            None => Ok(()),
        }
    }

    /// Returns the refusal of a user who must choose passwords first, because another person set some. It names every
    /// password that the user must choose.
    pub(crate) fn must_choose(&self, user: &User) -> Refusal {
        let must = |kind: &PasswordKind| match kind {
            PasswordKind::Login => true,
            PasswordKind::Confirmation => self.has_password(user, *kind),
            PasswordKind::Approval | PasswordKind::Transfer => {
                self.has_password(user, *kind) && user.set_by_another.contains(kind)
            }
        };
        let kinds: Vec<&str> = PasswordKind::ALL.iter().filter(|kind| must(kind)).map(|kind| name(*kind)).collect();
        Refusal::new(Code::PasswordChangeRequired).with("by", "another").with("passwords", kinds.join(" "))
    }
}

impl OwnPasswords {
    /// Returns the proof of the present confirmation password; none if no confirmation password was registered.
    pub(crate) fn confirmation(&self) -> Option<&ProvenPassword> {
        self.confirmation.as_ref()
    }

    /// Stores the new passwords of `user`, who is read inside the transaction `change`, and ends every session of
    /// `user` but the one of the token hash `session`. Returns the proof of the new login password. The caller has
    /// judged the proof of the present login password.
    ///
    /// # Errors
    /// The errors of [`ProvenPassword::holds`] for the present confirmation password;
    /// [`Code::PasswordChangeRequired`] if another person has set a password meanwhile.
    pub(crate) async fn write(
        &self,
        service: &Service,
        change: &mut Change,
        user: &User,
        session: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<ProvenPassword, Refusal> {
        let key = user.key.as_str();
        if let Some(confirmation) = &self.confirmation {
            confirmation.holds(&service.profile, change).await?;
        }
        for (kind, compared) in &self.compared {
            if users::hash(change, key, *kind).await? != *compared {
                return Err(service.must_choose(user));
            }
        }
        service.all_chosen(user, self.hashes.iter().map(|(kind, _)| *kind))?;
        let mut proof = None;
        for (kind, hash) in &self.hashes {
            match kind {
                PasswordKind::Login => {
                    users::set_login_password(change, key, hash, SetBy::TheUser, now).await?;
                    proof = Some(ProvenPassword::new(key, Kind::Login, hash));
                }
                other => users::set_other_password(change, key, *other, Some(hash), SetBy::TheUser).await?,
            }
        }
        let proof = proof.ok_or_else(|| Refusal::new(Code::BankFault))?;
        users::end_forced_change(change, key).await?;
        let ended = sessions::end_of_user(change, key, session).await?;
        own_notice::passwords_changed(change, user, now).await?;
        operations::add(change, OperationKind::PasswordsChanged, key, key, now).await?;
        audit::record(change, now, Event::by(user, AuditAction::PasswordsChanged)).await?;
        audit::sessions_ended(change, now, ended).await?;
        Ok(proof)
    }
}
