//! Decides who acts next when a user changes PC (S0), from the permission table alone.

use serde::{Deserialize, Serialize};

use crate::{LastResort, LoginMethod, Permission, Profile, Role, RoleClass, RoleId};

/// The facts on which the steps to a new PC depend (S0-3, S0-4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct ChangePc {
    /// How the user logs in.
    pub method: LoginMethod,
    /// The role of the user.
    pub role: RoleId,
    /// Whether the user can still log in at the old PC with the certificate.
    pub old_pc_works: bool,
    /// Whether another user of the company may act for this user.
    pub another_administrator: bool,
}

/// All steps from the user's situation to the bank's top page on the new PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MigrationPlan {
    /// The steps, in the order in which they are done (S0-8).
    pub steps: Vec<Step>,
    /// Whether no other user can help once the first step is done. The user must be warned of that (Q9).
    pub alone: bool,
}

/// One step: who does what, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Step {
    /// Who does it.
    pub actor: Actor,
    /// Where it is done.
    pub location: Location,
    /// What is done.
    pub kind: StepKind,
}

/// Who does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The user whose PC changes.
    You,
    /// Another user of the company whose role permits it.
    Administrator,
    /// The home branch (お取引店) or the bank's telephone desk.
    Branch,
}

/// Where a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// The old PC.
    OldPc,
    /// The new PC.
    NewPc,
    /// The PC of the user who acts.
    TheirPc,
    /// The branch, not a PC of the company.
    Branch,
}

/// What is done in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Check that the bank supports the new PC (S0-2).
    CheckPc,
    /// Revoke the certificate (S0-6).
    Revoke,
    /// Have the certificate issued again, which revokes it (S3-2, Q7).
    Reissue,
    /// Print, fill in and stamp the form, and hand it to the home branch (S0-11, S3-4).
    HandInForm,
    /// Call the bank (S4-4).
    Telephone,
    /// Revoke the certificate and report it (S0-11).
    RevokeAndReport,
    /// Issue the next certificate and report it (S3-4, S4-4).
    ReissueAndReport,
    /// Acquire the certificate (S0-7, S3-12, S4-15).
    Acquire,
    /// Log in.
    LogIn,
    /// Delete the old certificate from the PC (S0-15).
    DeleteOld,
}

impl Profile {
    /// Returns what a user of `role` can do if no other user of the company can act for them. That is the last resort
    /// of the role. If the last resort is to ask an administrator, returns the last resort of the masters, or else of
    /// the administrators, or else the telephone (S0-11, S3-4, S4-4).
    pub fn resort_alone(&self, role: &RoleId) -> LastResort {
        let by_the_bank = |resort: LastResort| resort != LastResort::Administrator;
        let own = self.role(role).map(|role| role.last_resort);
        let of_class = |class| self.roles.iter().filter(move |role| role.class == class).map(|role| role.last_resort);
        let mut resorts = own.into_iter().chain(of_class(RoleClass::Master)).chain(of_class(RoleClass::Administrator));
        resorts.find(|resort| by_the_bank(*resort)).unwrap_or(LastResort::Telephone)
    }

    /// Returns the steps to a new PC. Whatever the answers are, the last steps lead to the bank's top page (S0-9 …
    /// S0-15, S3-1 … S3-4, S4-1 … S4-4).
    pub fn migration_plan(&self, asked: &ChangePc) -> MigrationPlan {
        let mut steps = vec![you(Location::NewPc, StepKind::CheckPc)];
        if asked.method == LoginMethod::IdPassword {
            steps.push(you(Location::NewPc, StepKind::LogIn));
            return MigrationPlan { steps, alone: false };
        }
        let own = asked.old_pc_works && self.may(&asked.role, Permission::RevokeOwnCertificate);
        let helper = self.helper_of(&asked.role);
        if own {
            steps.push(you(Location::OldPc, StepKind::Revoke));
        } else {
            match helper {
                Some(kind) if asked.another_administrator => {
                    steps.push(Step { actor: Actor::Administrator, location: Location::TheirPc, kind });
                }
                _ => steps.extend(by_the_bank(self.resort_alone(&asked.role))),
            }
        }
        steps.extend([you(Location::NewPc, StepKind::Acquire), you(Location::NewPc, StepKind::LogIn)]);
        if asked.old_pc_works {
            steps.push(you(Location::OldPc, StepKind::DeleteOld));
        }
        let alone = own && helper.is_some() && !asked.another_administrator;
        MigrationPlan { steps, alone }
    }

    /// Returns the roles whose users can revoke or reissue the certificate of a user of `role`. The helpers of a master
    /// are never masters, since a contract has one master, who is the person who asks (S0-10).
    pub fn helpers_of(&self, role: &RoleId) -> Vec<&Role> {
        let acts = [Permission::RevokeOthersCertificate, Permission::ReissueOthersCertificate];
        let own = |helper: &Role| helper.id == *role && helper.class == RoleClass::Master;
        let may = |helper: &Role| acts.iter().any(|act| self.may_upon(&helper.id, *act, role));
        self.roles.iter().filter(|helper| may(helper) && !own(helper)).collect()
    }

    /// Returns what another user of the company can do for a user of `role`: reissue the certificate if the bank has
    /// reissues, otherwise revoke it.
    fn helper_of(&self, role: &RoleId) -> Option<StepKind> {
        let anybody = |act| self.roles.iter().any(|helper| self.may_upon(&helper.id, act, role));
        if anybody(Permission::ReissueOthersCertificate) {
            Some(StepKind::Reissue)
        } else {
            anybody(Permission::RevokeOthersCertificate).then_some(StepKind::Revoke)
        }
    }
}

fn you(location: Location, kind: StepKind) -> Step {
    Step { actor: Actor::You, location, kind }
}

fn by_the_bank(resort: LastResort) -> [Step; 2] {
    let (yours, theirs) = match resort {
        LastResort::RevocationForm => (StepKind::HandInForm, StepKind::RevokeAndReport),
        LastResort::RequestForm => (StepKind::HandInForm, StepKind::ReissueAndReport),
        LastResort::Telephone | LastResort::Administrator => (StepKind::Telephone, StepKind::ReissueAndReport),
    };
    [you(Location::Branch, yours), Step { actor: Actor::Branch, location: Location::Branch, kind: theirs }]
}

#[cfg(test)]
mod tests {
    use super::*;

    const OKMATE: &str = include_str!("../../../profiles/okmate.toml");
    const KEIYAKU: &str = include_str!("../../../profiles/keiyaku.toml");
    const SHINKIN: &str = include_str!("../../../profiles/shinkin.toml");

    fn steps_of(profile: &str, role: &str, old_pc_works: bool, another_administrator: bool) -> Vec<(Actor, StepKind)> {
        let asked = ChangePc {
            method: LoginMethod::Certificate,
            role: RoleId(role.into()),
            old_pc_works,
            another_administrator,
        };
        let plan = Profile::from_toml(profile).unwrap().migration_plan(&asked);
        plan.steps.iter().map(|step| (step.actor, step.kind)).collect()
    }

    fn between_check_and_acquisition(steps: &[(Actor, StepKind)]) -> &[(Actor, StepKind)] {
        assert_eq!(steps[0], (Actor::You, StepKind::CheckPc), "S0-2");
        let acquired = steps.iter().position(|step| *step == (Actor::You, StepKind::Acquire)).unwrap();
        assert_eq!(steps[acquired + 1], (Actor::You, StepKind::LogIn));
        &steps[1..acquired]
    }

    #[test]
    fn s0_9_s0_12_who_has_the_old_pc_revokes_there_and_deletes_at_last() {
        for role in ["master", "administrator"] {
            for other in [true, false] {
                let steps = steps_of(OKMATE, role, true, other);
                assert_eq!(between_check_and_acquisition(&steps), [(Actor::You, StepKind::Revoke)], "S0-8");
                assert_eq!(steps.last(), Some(&(Actor::You, StepKind::DeleteOld)), "S0-15");
            }
        }
    }

    #[test]
    fn s0_10_s0_13_s0_14_another_revokes_where_one_cannot() {
        for (role, old_pc_works) in [("master", false), ("administrator", false), ("general", false), ("general", true)]
        {
            let steps = steps_of(OKMATE, role, old_pc_works, true);
            assert_eq!(between_check_and_acquisition(&steps), [(Actor::Administrator, StepKind::Revoke)], "{role}");
        }
    }

    #[test]
    fn s0_11_a_master_alone_hands_in_paper() {
        let steps = steps_of(OKMATE, "master", false, false);
        let paper = [(Actor::You, StepKind::HandInForm), (Actor::Branch, StepKind::RevokeAndReport)];
        assert_eq!(between_check_and_acquisition(&steps), paper);
    }

    /// S0-13, S0-14, S3-2, S4-2: the person has answered that no administrator can help.
    #[test]
    fn who_has_nobody_to_ask_goes_to_the_bank_whatever_their_role() {
        for (profile, role, yours, theirs) in [
            (OKMATE, "administrator", StepKind::HandInForm, StepKind::RevokeAndReport),
            (OKMATE, "general", StepKind::HandInForm, StepKind::RevokeAndReport),
            (KEIYAKU, "user", StepKind::HandInForm, StepKind::ReissueAndReport),
            (SHINKIN, "approver", StepKind::Telephone, StepKind::ReissueAndReport),
            (SHINKIN, "general", StepKind::Telephone, StepKind::ReissueAndReport),
        ] {
            let steps = steps_of(profile, role, false, false);
            let bank = [(Actor::You, yours), (Actor::Branch, theirs)];
            assert_eq!(between_check_and_acquisition(&steps), bank, "{role}");
        }
    }

    /// S0-11: the master's last resort is tried before the administrators'. Other users' last resorts are never used.
    #[test]
    fn what_is_left_to_one_alone_is_their_own_then_the_master_s_then_the_administrators() {
        let resort = |master, administrator, general, role: &str| {
            let mut profile = Profile::from_toml(OKMATE).unwrap();
            for (role, resort) in profile.roles.iter_mut().zip([master, administrator, general]) {
                role.last_resort = resort;
            }
            profile.resort_alone(&RoleId(role.into()))
        };
        use LastResort::{Administrator, RequestForm, RevocationForm, Telephone};
        assert_eq!(resort(RevocationForm, Telephone, RequestForm, "general"), RequestForm);
        assert_eq!(resort(RevocationForm, Telephone, Administrator, "general"), RevocationForm);
        assert_eq!(resort(Administrator, RequestForm, Administrator, "general"), RequestForm);
        assert_eq!(resort(Administrator, Administrator, RequestForm, "master"), Telephone);
        assert_eq!(resort(Administrator, Administrator, Administrator, "general"), Telephone);
    }

    #[test]
    fn s3_1_s4_2_the_helpers_of_each_are_those_who_look_after_them() {
        let names = |profile: &str, role: &str| -> Vec<String> {
            let profile = Profile::from_toml(profile).unwrap();
            profile.helpers_of(&RoleId(role.into())).into_iter().map(|role| role.id.0.clone()).collect()
        };
        assert_eq!(names(KEIYAKU, "user"), ["administrator"], "S3-1");
        assert_eq!(names(KEIYAKU, "administrator"), [""; 0], "S3-4");
        assert_eq!(names(SHINKIN, "general"), ["master"], "S4-2");
        assert_eq!(names(SHINKIN, "master"), [""; 0], "S4-4");
    }

    #[test]
    fn s3_2_s3_4_users_ask_the_administrator_and_the_administrator_the_branch() {
        for old_pc_works in [true, false] {
            let steps = steps_of(KEIYAKU, "user", old_pc_works, true);
            assert_eq!(between_check_and_acquisition(&steps), [(Actor::Administrator, StepKind::Reissue)]);
            let steps = steps_of(KEIYAKU, "administrator", old_pc_works, true);
            let paper = [(Actor::You, StepKind::HandInForm), (Actor::Branch, StepKind::ReissueAndReport)];
            assert_eq!(between_check_and_acquisition(&steps), paper);
        }
    }

    #[test]
    fn s4_2_s4_4_public_ids_ask_the_master_and_the_master_calls() {
        for role in ["approver", "general"] {
            let steps = steps_of(SHINKIN, role, false, true);
            assert_eq!(between_check_and_acquisition(&steps), [(Actor::Administrator, StepKind::Reissue)]);
        }
        let steps = steps_of(SHINKIN, "master", false, true);
        let call = [(Actor::You, StepKind::Telephone), (Actor::Branch, StepKind::ReissueAndReport)];
        assert_eq!(between_check_and_acquisition(&steps), call);
    }

    #[test]
    fn s0_3_who_logs_in_with_id_and_password_only_checks_the_pc() {
        let profile = Profile::from_toml(OKMATE).unwrap();
        for role in &profile.roles {
            let asked = ChangePc {
                method: LoginMethod::IdPassword,
                role: role.id.clone(),
                old_pc_works: false,
                another_administrator: false,
            };
            let kinds: Vec<_> = profile.migration_plan(&asked).steps.iter().map(|step| step.kind).collect();
            assert_eq!(kinds, [StepKind::CheckPc, StepKind::LogIn]);
        }
    }

    #[test]
    fn s0_10_s0_13_s0_14_each_is_sent_to_whom_the_manual_names() {
        let okmate = Profile::from_toml(OKMATE).unwrap();
        let names = |role: &str| -> Vec<&str> {
            okmate.helpers_of(&RoleId(role.into())).into_iter().map(|role| role.id.0.as_str()).collect()
        };
        assert_eq!(names("master"), ["administrator"], "S0-10");
        assert_eq!(names("administrator"), ["master", "administrator"], "S0-13");
        assert_eq!(names("general"), ["master", "administrator"], "S0-14");
    }

    #[test]
    fn q9_who_stands_alone_is_warned() {
        let profile = Profile::from_toml(OKMATE).unwrap();
        let alone = |old_pc_works, another_administrator| {
            let role = RoleId("master".into());
            let method = LoginMethod::Certificate;
            profile.migration_plan(&ChangePc { method, role, old_pc_works, another_administrator }).alone
        };
        assert!(alone(true, false));
        assert!(!alone(true, true));
        assert!(!alone(false, false), "nothing of theirs is given up before the branch acts");
    }
}
