use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRef, FromRequest, Request};
use inkan_protocol::{Code, Malformed, Typed};
use serde::de::DeserializeOwned;

use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// The JSON body of a request, with typed text in normal form. Text that can never be right is refused before anything
/// is looked up or counted.
#[derive(Debug)]
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Typed> FromRequest<S> for Body<T>
where
    Arc<Service>: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body.received(&Arc::<Service>::from_ref(state).profile.passwords)?)),
            // The text may contain a password, and the message of the parser may quote it.
            Err(rejection) => Err(match rejection {
                JsonRejection::JsonDataError(_) => {
                    Refusal::because(Code::RequestInvalid, "JSON of other fields than the path takes")
                }
                JsonRejection::JsonSyntaxError(_) => Refusal::because(Code::RequestInvalid, "no JSON"),
                JsonRejection::MissingJsonContentType(_) => Refusal::unreadable(415, "not sent as application/json"),
                other => Refusal::unreadable(other.status().as_u16(), "the body could not be read"),
            }),
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(what: Malformed) -> Self {
        what.facts().into_iter().fold(Self::new(what.code()), |refusal, (name, value)| refusal.with(name, value))
    }
}
