use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use inkan_protocol::Code;

use crate::audit::AuditContext;
use crate::database::certificates::Certificate;
use crate::database::users;
use crate::listeners::peer::Peer;
use crate::rules::certificate_validity::alive_under;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::standing::in_good_standing;

/// The certificate of the connection, checked for this request.
#[derive(Debug, Clone)]
pub(super) struct GuardedCertificate(pub(super) Certificate);

/// Checks the certificate of the connection before each request, so that a certificate revoked a moment ago is refused
/// on an open connection.
pub(super) async fn guard(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    context: AuditContext,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let fingerprint = peer.fingerprint().ok_or_else(|| Refusal::new(Code::CertificateUnknown))?;
    context.shows_certificate(fingerprint);
    let mut connection = service.database.read().await?;
    let known = users::with_certificate(&mut connection, fingerprint).await?;
    drop(connection);
    let (certificate, user) = known.ok_or_else(|| Refusal::new(Code::CertificateUnknown))?;
    context.knows(&user);
    alive_under(&service.authority, &certificate, service.now())?;
    in_good_standing(&service.profile, &user)?;
    request.extensions_mut().insert(GuardedCertificate(certificate));
    Ok(next.run(request).await)
}
