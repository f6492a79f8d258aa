//! Tests properties of every profile, every password and every moment.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use inkan_profile::{
    Actor, CertificateName, CertificateRules, ChangePc, Location, LoginMethod, Moment, PasswordCharacters,
    PasswordContext, PasswordFault, PasswordRule, Permission, Profile, RoleId, StepKind, TokenWait,
};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use time::macros::{datetime, time};
use time::{Duration, OffsetDateTime};

const PROFILES: [&str; 3] = [
    include_str!("../../../profiles/okmate.toml"),
    include_str!("../../../profiles/keiyaku.toml"),
    include_str!("../../../profiles/shinkin.toml"),
];
const ACTS: [Permission; 9] = [
    Permission::RevokeOwnCertificate,
    Permission::RevokeOthersCertificate,
    Permission::ReissueOthersCertificate,
    Permission::ListUsers,
    Permission::EditUsers,
    Permission::UnlockUsers,
    Permission::RevokeTokens,
    Permission::ActivateOwnToken,
    Permission::FreezeContract,
];

/// Returns one of the three profiles, with the permissions of its roles shuffled.
fn profile() -> impl Strategy<Value = Profile> {
    let role = || (subsequence(ACTS.to_vec(), 0..=ACTS.len()), any::<Option<[bool; 3]>>());
    (select(PROFILES.to_vec()), proptest::collection::vec(role(), 3)).prop_map(|(text, roles)| {
        let mut profile = Profile::from_toml(text).unwrap();
        let ids: Vec<RoleId> = profile.roles.iter().map(|role| role.id.clone()).collect();
        for (role, (may, looks_after)) in profile.roles.iter_mut().zip(roles) {
            role.may = may;
            role.looks_after = looks_after
                .map(|chosen| ids.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(id, _)| id.clone()).collect());
        }
        profile.check().unwrap();
        profile
    })
}

fn moment() -> impl Strategy<Value = OffsetDateTime> {
    (0i64..8 * 366 * 86_400).prop_map(|seconds| datetime!(2026-01-01 00:00 UTC) + Duration::seconds(seconds))
}

fn rules() -> impl Strategy<Value = CertificateRules> {
    (1u32..3660, 0u32..366, 0u32..366, 0u32..744).prop_map(|(validity_days, acquisition_days, grace_days, hours)| {
        CertificateRules {
            validity_days,
            renewal_days: validity_days / 12,
            acquisition_days,
            grace_days,
            cooldown_hours: hours,
            ..Profile::from_toml(PROFILES[0]).unwrap().certificate
        }
    })
}

fn password_rule() -> impl Strategy<Value = PasswordRule> {
    (1u32..12, 0u32..8, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(min, more, mixed, unlike_user_id, unlike_login_password)| PasswordRule {
            min,
            max: min + more,
            mixed,
            characters: PasswordCharacters::default(),
            unlike_user_id,
            unlike_login_password,
            name: None,
            software_keyboard: false,
        },
    )
}

proptest! {
    #[test]
    fn s1_9_s1_10_a_password_has_a_fault_if_it_breaks_a_rule(
        rule in password_rule(),
        candidate in "[a-zA-Z0-9]{0,20}|[a-c1-3あ -]{0,8}",
        user_id in "[a-z]{1,3}[0-9]{0,3}",
        at in any::<Index>(),
    ) {
        // As likely as anything else, it is one of those that it must not be.
        let candidate = [candidate.clone(), candidate, user_id.clone(), "Login123".to_owned()][at.index(4)].clone();
        let context = PasswordContext { user_id: &user_id, login_password: Some("Login123") };
        let faults = rule.faults(&candidate, context);
        let count = candidate.chars().count();
        let has = |fault| faults.contains(&fault);
        prop_assert_eq!(has(PasswordFault::TooShort), count < rule.min as usize);
        prop_assert_eq!(has(PasswordFault::TooLong), count > rule.max as usize);
        let usable = |c: char| matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9');
        prop_assert_eq!(has(PasswordFault::Character), candidate.chars().any(|c| !usable(c)));
        let both = candidate.contains(|c: char| c.is_ascii_digit()) && candidate.contains(|c: char| c.is_ascii_alphabetic());
        prop_assert_eq!(has(PasswordFault::NotMixed), rule.mixed && !both);
        prop_assert_eq!(has(PasswordFault::LikeUserId), rule.unlike_user_id && candidate == user_id);
        prop_assert_eq!(has(PasswordFault::LikeLoginPassword), rule.unlike_login_password && candidate == "Login123");
    }

    #[test]
    fn s4_2_s4_3_nobody_acts_upon_a_role_that_they_do_not_look_after(profile in profile()) {
        for operator in &profile.roles {
            for subject in &profile.roles {
                let reached = operator.looks_after.as_ref().is_none_or(|roles| roles.contains(&subject.id));
                for act in ACTS {
                    let may = profile.may_upon(&operator.id, act, &subject.id);
                    prop_assert_eq!(may, operator.may.contains(&act) && reached);
                }
            }
            for act in ACTS {
                prop_assert!(!profile.may_upon(&RoleId("nobody".into()), act, &operator.id));
                prop_assert_eq!(profile.may(&operator.id, act), operator.may.contains(&act));
            }
        }
    }

    #[test]
    fn s1_2_s3_15_s3_16_a_certificate_name_reads_back(
        pattern in select(vec!["{user}", "{contract} {user} 1635", "{user}@{contract}", "CN-{contract} / {user}"]),
        contract in "[0-9]{1,20}",
        user in "[!-~]{1,24}",
    ) {
        let name = CertificateName(pattern.into());
        let common_name = name.of(&contract, &user);
        let parts = name.read(&common_name).unwrap();
        // An ID that holds the sign between the two may read as another pair, never as a broken one.
        prop_assert_eq!(name.of(parts.contract.unwrap_or(""), parts.user.unwrap()), common_name.clone());
        if !user.contains('@') {
            prop_assert_eq!(parts.user, Some(user.as_str()));
            prop_assert_eq!(parts.contract, pattern.contains("{contract}").then_some(contract.as_str()));
        }
        let users = format!("{contract} {user} 1635");
        prop_assert_eq!(CertificateName("{contract} 1635".into()).read(&users), None);
    }

    #[test]
    fn s0_4_s0_8_q9_every_way_to_a_new_pc_ends_at_the_top_page(
        profile in profile(),
        role in any::<Index>(),
        by_certificate: bool,
        old_pc_works: bool,
        another_administrator: bool,
    ) {
        let role = profile.roles[role.index(profile.roles.len())].clone();
        let method = if by_certificate { LoginMethod::Certificate } else { LoginMethod::IdPassword };
        let plan = profile.migration_plan(&ChangePc { method, role: role.id.clone(), old_pc_works, another_administrator });
        let kinds: Vec<StepKind> = plan.steps.iter().map(|step| step.kind).collect();
        let at = |kind| kinds.iter().position(|found| *found == kind);
        prop_assert_eq!(kinds[0], StepKind::CheckPc);
        let log_in = at(StepKind::LogIn).unwrap();
        prop_assert!(kinds[log_in + 1..].iter().all(|kind| *kind == StepKind::DeleteOld));
        prop_assert_eq!(at(StepKind::DeleteOld).is_some(), by_certificate && old_pc_works);
        let revokes = plan.steps.iter().position(|step| step.actor == Actor::You && step.kind == StepKind::Revoke);
        let may = role.may.contains(&Permission::RevokeOwnCertificate);
        prop_assert_eq!(revokes.is_some(), by_certificate && old_pc_works && may);
        prop_assert!(plan.steps.iter().all(|step| old_pc_works || step.location != Location::OldPc));
        // A user is warned only if they give up their own certificate and no other user could help.
        prop_assert!(!plan.alone || (revokes.is_some() && !another_administrator));
        if by_certificate {
            let given_up = [StepKind::Revoke, StepKind::Reissue, StepKind::RevokeAndReport, StepKind::ReissueAndReport];
            let first = kinds.iter().position(|kind| given_up.contains(kind)).unwrap();
            let acquired = at(StepKind::Acquire).unwrap();
            prop_assert!(first < acquired && acquired < log_in);
        }
    }

    #[test]
    fn m3_s4_11_a_deadline_is_the_last_second_of_its_day_in_japan(rules in rules(), issued in moment()) {
        match rules.acquisition_deadline(issued) {
            None => prop_assert_eq!(rules.acquisition_days, 0),
            Some(deadline) => {
                let local = deadline.in_tokyo();
                prop_assert_eq!(local.time(), time!(23:59:59));
                let days = local.date() - issued.in_tokyo().date();
                prop_assert_eq!(days, Duration::days(i64::from(rules.acquisition_days)));
            }
        }
    }

    #[test]
    fn m1_one_renews_before_expiry_and_acquires_again_in_the_grace_after(
        rules in rules(),
        not_after in moment(),
        seconds in -400 * 86_400i64..400 * 86_400,
    ) {
        let now = not_after + Duration::seconds(seconds);
        let grace = rules.in_grace(not_after, now);
        prop_assert_eq!(grace, seconds > 0 && seconds <= i64::from(rules.grace_days) * 86_400);
        let renewable = now >= rules.renewal_opens(not_after) && now <= not_after;
        prop_assert_eq!(renewable, (-i64::from(rules.renewal_days) * 86_400..=0).contains(&seconds));
        prop_assert!(!(renewable && grace));
    }

    #[test]
    fn m7_a_certificate_cools_down_for_its_hours_and_no_longer(rules in rules(), acquired in moment(), later in 0i64..800 * 3600) {
        let until = rules.cooling_down(acquired, acquired + Duration::seconds(later));
        let hours = i64::from(rules.cooldown_hours);
        prop_assert_eq!(until, (later < hours * 3600).then(|| acquired + Duration::hours(hours)));
    }

    #[test]
    fn s2_6_s2_7_the_next_token_waits_half_an_hour_by_day_and_for_the_morning_by_night(revoked in moment()) {
        let wait = okmates_wait();
        let opens = wait.activation_opens(revoked);
        let by_day = (time!(08:10:01)..time!(20:50)).contains(&revoked.in_tokyo().time());
        if by_day {
            prop_assert_eq!(opens, revoked + Duration::minutes(30));
        } else {
            prop_assert_eq!(opens.in_tokyo().time(), time!(08:40));
            prop_assert!(opens - revoked < Duration::hours(12));
        }
    }

    #[test]
    fn q3_where_nights_are_closed_no_wait_ends_in_one(revoked in moment()) {
        let closed = TokenWait { activation_by_night: false, ..okmates_wait() };
        let opens = closed.activation_opens(revoked);
        prop_assert_eq!(closed.closed_until(opens), None);
        prop_assert!((time!(08:40)..time!(20:50)).contains(&opens.in_tokyo().time()));
        prop_assert!(opens >= okmates_wait().activation_opens(revoked));
    }
}

fn okmates_wait() -> TokenWait {
    Profile::from_toml(PROFILES[0]).unwrap().token.wait.unwrap()
}
