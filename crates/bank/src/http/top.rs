use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use inkan_protocol::{Code, Notice, Top};

use super::session::Session;
use crate::database::{certificates, logins, notices, operations, transactions, user_settings};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// Answers `GET` [`inkan_protocol::path::TOP`] (S1-14 … S1-19).
pub(super) async fn page(State(service): State<Arc<Service>>, session: Session) -> Result<Json<Top>, Refusal> {
    let user = session.user();
    let id = &user.key;
    let mut connection = service.database.read().await?;
    let certificate = certificates::last_of_user(&mut connection, id).await?;
    let settings = user_settings::of_user(&mut connection, id).await?;
    Ok(Json(Top {
        person: user.person.clone(),
        company: user.company.clone(),
        contract: service.profile.contract_number.as_ref().map(|_| user.contract.clone()),
        method: session.method(),
        certificate: certificate.map(|certificate| certificate.record(service.now())),
        password_change_due: settings.change_announced(service.now()),
        logins: logins::last_three(&mut connection, id).await?,
        operations: operations::last_five(&mut connection, id).await?,
        transactions: transactions::of_contract(&mut connection, &user.contract).await?,
        notices: notices::lines(&mut connection, &user.contract, id).await?,
    }))
}

/// Answers `GET` [`inkan_protocol::path::NOTICE`] (S1-19).
pub(super) async fn notice(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<Notice>, Refusal> {
    let user = session.user();
    let mut connection = service.database.read().await?;
    let found = notices::find(&mut connection, &user.contract, &user.key, &id).await?;
    let notice = found.ok_or_else(|| Refusal::new(Code::NotFound))?;
    notices::mark_read(&mut connection, &id, &user.key).await?;
    Ok(Json(notice))
}
