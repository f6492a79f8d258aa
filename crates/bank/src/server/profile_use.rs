//! Checks that a changed profile still has everything that the data uses.

use inkan_profile::{ContractNumber, LoginMethod, PasswordKind, Profile, RoleId, TokenRules};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::in_use_by_data::InUseByData;
use super::start_error::StartError;
use crate::database::{Connection, contract, profile_use};

/// Checks that the profile has everything that the data uses.
pub(crate) async fn check(connection: &mut Connection, profile: &Profile) -> Result<(), StartError> {
    for (role, users, example) in profile_use::roles(connection).await? {
        let id = RoleId(role.clone());
        if profile.roles.iter().all(|one| one.id != id) {
            return Err(InUseByData::Role { role, users, example }.into());
        }
        if profile.entrances.iter().all(|entrance| !entrance.roles.contains(&id)) {
            return Err(InUseByData::Entrance { role, users, example }.into());
        }
    }
    for (role, der) in profile_use::certificates(connection).await? {
        check_certificate(profile, role, &der)?;
    }
    for kind in PasswordKind::ALL.into_iter().filter(|kind| profile.passwords.rule(*kind).is_none()) {
        if let Some((users, example)) = profile_use::passwords(connection, kind).await? {
            return Err(InUseByData::Password { kind, users, example }.into());
        }
    }
    check_tokens(connection, &profile.token).await?;
    check_numbers(connection, profile.contract_number.as_ref()).await
}

fn check_certificate(profile: &Profile, role: String, der: &[u8]) -> Result<(), InUseByData> {
    let parsed = X509Certificate::from_der(der).ok();
    let name = parsed.as_ref().and_then(|(_, parsed)| parsed.subject().iter_common_name().next()?.as_str().ok());
    let certificate = name.unwrap_or_default();
    let id = RoleId(role);
    let admitted = profile.entrances.iter().any(|entrance| {
        entrance.roles.contains(&id)
            && entrance.methods.contains(&LoginMethod::Certificate)
            && entrance.admits_certificate(certificate)
    });
    if admitted { Ok(()) } else { Err(InUseByData::Certificates { role: id.0, certificate: certificate.to_owned() }) }
}

/// Checks that tokens compute their one-time passwords as at the last start.
async fn check_tokens(connection: &mut Connection, rules: &TokenRules) -> Result<(), StartError> {
    // Data of an earlier version holds no document.
    let document = contract::document(connection).await?.unwrap_or_default();
    let Ok(before) = serde_json::from_str::<Profile>(&document) else { return Ok(()) };
    if before.token.computes_as(rules) {
        return Ok(());
    }
    match profile_use::token(connection).await? {
        Some(serial) => Err(InUseByData::Tokens { serial, rules: Box::new(before.token) }.into()),
        None => Ok(()),
    }
}

async fn check_numbers(connection: &mut Connection, number: Option<&ContractNumber>) -> Result<(), StartError> {
    if let Some(user) = profile_use::user_known(connection, number.is_none()).await? {
        return Err(InUseByData::UserKeys { user, numbered: number.is_none() }.into());
    }
    let Some(number) = number else { return Ok(()) };
    match contract::all(connection).await?.into_iter().find(|contract| !number.is_one(&contract.id)) {
        Some(contract) => Err(InUseByData::ContractNumber(contract.id).into()),
        None => Ok(()),
    }
}
