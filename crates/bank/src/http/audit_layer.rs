use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use inkan_protocol::Code;

use super::answer::refusal_of;
use crate::audit::{self, AuditContext};
use crate::listeners::peer::Source;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// Records each refusal of a handler or an extractor in the audit log, with the address of the request. If that fails,
/// the request fails.
pub(super) async fn record_refusals(State(service): State<Arc<Service>>, mut request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let context = AuditContext::new(&service.refusal_counts, request.method().as_str(), path);
    let address = request.extensions().get::<Source>().map(|source| source.0);
    request.extensions_mut().insert(context.clone());
    audit::from_address(address, async {
        let response = next.run(request).await;
        match refusal_of(&response).filter(|code| noteworthy(*code) && !context.is_recorded()) {
            None => response,
            Some(code) => match record(&service, &context, code).await {
                Ok(()) => response,
                Err(error) => Refusal::from(error).into_response(),
            },
        }
    })
    .await
}

async fn record(service: &Service, context: &AuditContext, code: Code) -> Result<(), sqlx::Error> {
    if !context.records(code) {
        return Ok(());
    }
    let mut change = service.database.write().await?;
    audit::record(&mut change, service.now(), context.refused(code)).await?;
    change.commit().await
}

/// Returns whether a refusal is recorded. A refusal is not recorded if no user or no action is known: a request that
/// cannot be read, a token without a session, a bank whose database does not answer.
fn noteworthy(code: Code) -> bool {
    !matches!(
        code,
        Code::BankUnavailable | Code::BankFault | Code::NotFound | Code::RequestInvalid | Code::SessionEnded
    )
}

impl FromRequestParts<Arc<Service>> for AuditContext {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Service>) -> Result<Self, Refusal> {
        let context = parts.extensions.get::<Self>().cloned();
        context.ok_or_else(|| Refusal::because(Code::BankFault, "a request without its audit context"))
    }
}
