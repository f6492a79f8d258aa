use inkan_profile::PasswordKind;
use inkan_protocol::{Freeze, Secret, Unlock, UserEdit, UserRecord, UserSettings, path};

use crate::login::with_id;
use crate::{Error, Session};

impl Session {
    /// What an administrator can see and change of a user (S4-7, S4-8, S4-12).
    ///
    /// # Errors
    /// As [`Self::user`].
    pub fn user_settings(&self, id: &str) -> Result<UserSettings, Error> {
        self.connection.get(&with_id(path::USER_SETTINGS, id), Some(&self.token))
    }

    /// Changes a user, all of it or nothing (登録, S4-13).
    ///
    /// # Errors
    /// As [`Self::user`]; the refusals of the confirmation password and of new passwords;
    /// [`inkan_protocol::Code::UserFieldNotAllowed`], [`inkan_protocol::Code::OwnNotAllowed`].
    pub fn edit_user(&self, id: &str, edit: &UserEdit) -> Result<UserRecord, Error> {
        self.connection.patch(&with_id(path::USER_SETTINGS, id), edit, &self.token)
    }

    /// Opens a user's locked passwords, all of them where none is named (M5).
    ///
    /// # Errors
    /// As [`Self::user`]; the refusals of the confirmation password; [`inkan_protocol::Code::OwnNotAllowed`].
    pub fn unlock_user(
        &self,
        id: &str,
        passwords: &[PasswordKind],
        confirmation_password: &Secret,
    ) -> Result<UserRecord, Error> {
        let unlock = Unlock { passwords: passwords.to_vec(), confirmation_password: confirmation_password.clone() };
        self.connection.post(&with_id(path::USER_UNLOCK, id), &unlock, Some(&self.token))
    }

    /// Stops the whole contract (S4-6, M7): this session is over, too, and nobody enters until the branch opens it.
    ///
    /// # Errors
    /// As [`Self::users`]; the refusals of the confirmation password.
    pub fn freeze(&self, confirmation_password: &Secret) -> Result<(), Error> {
        let freeze = Freeze { confirmation_password: confirmation_password.clone() };
        self.connection.post_for_nothing(path::FREEZE, &freeze, &self.token)
    }
}
