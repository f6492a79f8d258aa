use inkan_profile::PasswordKind;
use inkan_protocol::{Freeze, Secret, Unlock, UserEdit, UserRecord, UserSettings, path};

use crate::session::open_session::with_id;
use crate::{Error, Session};

impl Session {
    /// Returns the settings of a user that an administrator can see and change (S4-7, S4-8, S4-12).
    ///
    /// # Errors
    /// The errors of [`Self::user`].
    pub fn user_settings(&self, id: &str) -> Result<UserSettings, Error> {
        self.connection.get(&with_id(path::USER_SETTINGS, id), Some(&self.token))
    }

    /// Refuses an alarm period that is longer than its change period (S4-8). A period that is not given stays as it is
    /// in `before`. Both periods are in days, and 0 means no period.
    ///
    /// # Errors
    /// [`Error::AlarmPeriod`].
    pub fn check_periods(before: &UserSettings, change: Option<u32>, alarm: Option<u32>) -> Result<(), Error> {
        if change.or(alarm).is_none() {
            return Ok(());
        }
        let change = change.or(before.change_period_days).unwrap_or_default();
        let alarm = alarm.or(before.alarm_period_days).unwrap_or_default();
        if change > 0 && alarm > change { Err(Error::AlarmPeriod { alarm, change }) } else { Ok(()) }
    }

    /// Changes the settings of a user, all of them or none (登録, S4-13).
    ///
    /// # Errors
    /// The errors of [`Self::user`]; the refusals of the confirmation password and of new passwords;
    /// [`inkan_protocol::Code::UserFieldNotAllowed`], [`inkan_protocol::Code::OwnNotAllowed`].
    pub fn edit_user(&self, id: &str, edit: &UserEdit) -> Result<UserRecord, Error> {
        self.connection.patch(&with_id(path::USER_SETTINGS, id), edit, &self.token)
    }

    /// Unlocks a user's locked passwords, or all of them if none is named (M5).
    ///
    /// # Errors
    /// The errors of [`Self::user`]; the refusals of the confirmation password;
    /// [`inkan_protocol::Code::OwnNotAllowed`].
    pub fn unlock_user(
        &self,
        id: &str,
        passwords: &[PasswordKind],
        confirmation_password: &Secret,
    ) -> Result<UserRecord, Error> {
        let unlock = Unlock { passwords: passwords.to_vec(), confirmation_password: confirmation_password.clone() };
        self.connection.post(&with_id(path::USER_UNLOCK, id), &unlock, Some(&self.token))
    }

    /// Freezes the whole contract (S4-6, M7). This session ends, and no user of the contract can log in until the
    /// branch unfreezes the contract.
    ///
    /// # Errors
    /// The errors of [`Self::users`]; the refusals of the confirmation password.
    pub fn freeze(&self, confirmation_password: &Secret) -> Result<(), Error> {
        let freeze = Freeze { confirmation_password: confirmation_password.clone() };
        self.connection.post_for_nothing(path::FREEZE, &freeze, &self.token)
    }
}
