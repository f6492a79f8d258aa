use inkan_client::Error;
use inkan_client::profile::{ChangePc, LoginMethod, PasswordKind, Profile, Role, RoleClass, RoleId};

use crate::answers::Answers;
use crate::arguments::{ChangePcOptions, Method, OldPc, ThisPc, YesNo};
use crate::bank_terms;
use crate::failure::Failure;
use crate::streams;
use crate::words::Words;

/// Refuses the combination that the old PC is gone and that this PC is the old one.
pub(super) fn possible(options: &ChangePcOptions, words: &Words) -> Result<(), Failure> {
    if options.old_pc == Some(OldPc::Gone) && options.this_pc == Some(ThisPc::Old) {
        let both = [("argument", "--old-pc gone"), ("prior", "--this-pc old")];
        let why = words.with("usage-argument-conflict", &both);
        return Err(Error::Usage { why, command: "inkan change-pc".to_owned() }.into());
    }
    Ok(())
}

/// Returns the facts that the steps depend on (S0-3, S0-4), from the command line or from the user.
pub(super) fn asked(
    options: &ChangePcOptions,
    profile: &Profile,
    answers: &Answers,
    words: &Words,
) -> Result<ChangePc, Failure> {
    let id = words.within(&bank_terms::login_id(profile, words));
    let password = words.within(&bank_terms::password(PasswordKind::Login, profile, words));
    let needed = [("id", id.as_str()), ("password", &password)];
    let methods = [words.with("choice-certificate", &needed), words.with("choice-id-password", &needed)];
    let method = match options.method {
        Some(method) => method,
        None if profile.entrances.iter().all(|one| !one.methods.contains(&LoginMethod::IdPassword)) => {
            Method::Certificate
        }
        None => [Method::Certificate, Method::IdPassword]
            [answers.choice(&words.text("ask-method"), &methods, None, "--method")?],
    };
    let role = match &options.role {
        Some(role) => profile.roles.iter().find(|one| one.id.0 == *role),
        None => {
            if answers.can_ask() {
                streams::tell(&role_is_shown(profile, words));
            }
            let named = |role: &Role| {
                let facts = [("role", words.local(&role.name)), ("badge", words.local(&role.badge))];
                words.with("choice-role", &facts)
            };
            let names: Vec<String> = profile.roles.iter().map(named).collect();
            profile.roles.get(answers.choice(&words.text("ask-role"), &names, None, "--role")?)
        }
    };
    let role: RoleId = role.ok_or_else(|| no_such_role(options, profile, words))?.id.clone();
    let yes_no = |question: &str, option| -> Result<bool, Failure> {
        let both = [words.text("answer-yes"), words.text("answer-no")];
        Ok(answers.choice(question, &both, None, option)? == 0)
    };
    let (old_pc_works, another_administrator) = match method {
        // S0-3: the user has nothing on the old PC and needs no help.
        Method::IdPassword => (true, true),
        Method::Certificate => (
            match options.old_pc {
                Some(old_pc) => old_pc == OldPc::Works,
                None => yes_no(&words.text("ask-old-pc"), "--old-pc")?,
            },
            match options.other_administrator {
                Some(other) => other == YesNo::Yes,
                None => {
                    let question = words.with("ask-other-administrator", &[("roles", &helpers(&role, profile, words))]);
                    yes_no(&question, "--other-administrator")?
                }
            },
        ),
    };
    let method = match method {
        Method::Certificate => LoginMethod::Certificate,
        Method::IdPassword => LoginMethod::IdPassword,
    };
    Ok(ChangePc { method, role, old_pc_works, another_administrator })
}

/// Returns the sentence that says where users see their role (S0-4, S0-5).
fn role_is_shown(profile: &Profile, words: &Words) -> String {
    let badges: Vec<&str> = profile.roles.iter().map(|role| words.local(&role.badge)).collect();
    let facts = [("bank", words.local(&profile.name)), ("badges", &badges.join(&words.text("word-and")))];
    words.with("role-is-shown", &facts)
}

/// Returns the roles whose users can act for a user of `role`, or else the roles of all administrators.
fn helpers(role: &RoleId, profile: &Profile, words: &Words) -> String {
    let mut helpers = profile.helpers_of(role);
    if helpers.is_empty() {
        helpers = profile.roles.iter().filter(|one| one.class != RoleClass::General).collect();
    }
    let names: Vec<String> = helpers.into_iter().map(|one| words.in_text(&one.name)).collect();
    names.join(&words.text("word-or"))
}

/// Returns the error for a role that the bank does not have, with the roles that it has.
fn no_such_role(options: &ChangePcOptions, profile: &Profile, words: &Words) -> Failure {
    let named = |role: &Role| format!("{} ({})", role.id.0, words.local(&role.name));
    let roles: Vec<String> = profile.roles.iter().map(named).collect();
    let facts =
        [("value", options.role.as_deref().unwrap_or_default()), ("argument", "--role"), ("valid", &roles.join(", "))];
    let why = words.with("usage-value-one-of", &facts);
    Error::Usage { why, command: "inkan change-pc".to_owned() }.into()
}
