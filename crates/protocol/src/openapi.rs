//! Describes the HTTP interface as an OpenAPI 3.1 document: every path, what it takes and answers, and each problem's
//! code.

use utoipa::OpenApi;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, Ref, RefOr, Required, ResponseBuilder, ResponsesBuilder, Schema};

use crate::endpoints::{Auth, Body, ENDPOINTS, Endpoint, Listener, Method};
use crate::{Code, MEDIA_TYPE};

#[derive(OpenApi)]
#[openapi(
    info(title = "inkan-bank", description = "The reference bank's HTTP interface."),
    tags(
        (name = "portal", description = "The listener without a client certificate."),
        (name = "certificate-login", description = "The listener that demands the client certificate."),
        (name = "plain", description = "The listener without TLS: CRL, OCSP, the CA's certificate, health and metrics.")
    ),
    components(schemas(
        crate::BankDocument,
        crate::CertificateChange,
        crate::ChosenPasswords,
        crate::EnrolmentCode,
        crate::EnrolmentCodeRequest,
        crate::Freeze,
        crate::Health,
        crate::LogIn,
        crate::LogInWithCertificate,
        crate::Notice,
        crate::OwnToken,
        crate::PasswordChange,
        crate::PasswordsChanged,
        crate::ProblemDocument,
        crate::SessionGranted,
        crate::SessionLine,
        crate::TokenActivation,
        crate::TokenLine,
        crate::TokenResync,
        crate::TokenRevocation,
        crate::TokenStep,
        crate::TokenUnlock,
        crate::TokensRevoked,
        crate::Top,
        crate::Unlock,
        crate::UserEdit,
        crate::UserRecord,
        crate::UserSettings,
    ))
)]
struct Schemas;

/// Returns the OpenAPI document of the HTTP interface.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = Schemas::openapi();
    let components = document.components.get_or_insert_with(Components::new);
    for (name, scheme) in [("session", HttpAuthScheme::Bearer), ("enrolmentCode", HttpAuthScheme::Basic)] {
        components.add_security_scheme(name, SecurityScheme::Http(HttpBuilder::new().scheme(scheme).build()));
    }
    let certificate = Some("A live certificate of the bank's CA, presented in the handshake.".to_owned());
    components.add_security_scheme(
        "certificate",
        SecurityScheme::MutualTls { description: certificate, deprecated: None, extensions: None },
    );
    for endpoint in ENDPOINTS {
        document.paths.add_path_operation(endpoint.path, vec![endpoint.method.into()], operation(endpoint));
    }
    document
}

impl From<Method> for HttpMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::Get,
            Method::Post => Self::Post,
            Method::Patch => Self::Patch,
            Method::Delete => Self::Delete,
        }
    }
}

fn operation(endpoint: &Endpoint) -> OperationBuilder {
    let mut operation = OperationBuilder::new().summary(Some(endpoint.summary)).responses(responses(endpoint).build());
    for listener in endpoint.listeners {
        operation = operation.tag(listener.tag());
    }
    for name in endpoint.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        let text = ObjectBuilder::new().schema_type(Type::String).build();
        operation = operation.parameter(
            ParameterBuilder::new()
                .name(name.trim_start_matches('*'))
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(Schema::Object(text))),
        );
    }
    if let Some((media, schema)) = content(&endpoint.takes) {
        let content = ContentBuilder::new().schema(Some(schema)).build();
        operation = operation.request_body(Some(
            RequestBodyBuilder::new().content(media, content).required(Some(Required::True)).build(),
        ));
    }
    let none: [&str; 0] = [];
    match endpoint.auth {
        Auth::Nobody => operation,
        Auth::Session => operation.security(SecurityRequirement::new("session", none)),
        Auth::EnrolmentCode => operation.security(SecurityRequirement::new("enrolmentCode", none)),
        Auth::Certificate => operation.security(SecurityRequirement::new("certificate", none)),
    }
}

fn responses(endpoint: &Endpoint) -> ResponsesBuilder {
    let done = match content(&endpoint.gives) {
        None => ("204", ResponseBuilder::new().description("Done.")),
        Some((media, schema)) => {
            let content = ContentBuilder::new().schema(Some(schema)).build();
            ("200", ResponseBuilder::new().description("Done.").content(media, content))
        }
    };
    let mut responses = ResponsesBuilder::new().response(done.0, done.1);
    if let Body::Cacheable(_) = endpoint.gives {
        responses = responses.response("304", ResponseBuilder::new().description("Not modified."));
    }
    let codes = endpoint.codes.iter().chain(endpoint.auth.codes()).chain(guarded(endpoint)).chain(typed(endpoint));
    let codes = codes.chain(&[Code::RequestInvalid, Code::BankUnavailable, Code::BankFault]);
    let mut answers: Vec<(u16, &str)> = codes.map(|code| (code.status(), code.name())).collect();
    answers.extend(unreadable(endpoint).into_iter().map(|status| (status, Code::RequestInvalid.name())));
    answers.sort_unstable();
    answers.dedup();
    for alike in answers.chunk_by(|one, other| one.0 == other.0) {
        let names: Vec<_> = alike.iter().map(|(_, name)| *name).collect();
        let content = ContentBuilder::new().schema(Some(named("ProblemDocument"))).build();
        let mut problem = ResponseBuilder::new().description(names.join(", ")).content(MEDIA_TYPE, content);
        let status = alike.first().map_or(0, |(status, _)| *status);
        if says_when(status) {
            problem = problem.header("Retry-After", retry_after());
        }
        responses = responses.response(status.to_string(), problem);
    }
    responses
}

/// Returns whether answers with that status say when the client may try again.
fn says_when(status: u16) -> bool {
    matches!(status, 429 | 503)
}

fn retry_after() -> Header {
    let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build();
    let description = Some("After how many seconds the client may try again (RFC 9110 §10.2.3).");
    HeaderBuilder::new().schema(Some(Schema::Object(seconds))).description(description).build()
}

/// Returns the codes of a request on a connection whose certificate is no longer accepted.
fn guarded(endpoint: &Endpoint) -> &'static [Code] {
    if endpoint.listeners.contains(&Listener::CertificateLogin) { Auth::Certificate.codes() } else { &[] }
}

/// Returns the codes of typed values that can never be right ([`crate::Malformed`]).
fn typed(endpoint: &Endpoint) -> &'static [Code] {
    match endpoint.takes {
        Body::Json(_) | Body::JsonOneOf(..) => &[Code::LoginIdMalformed, Code::PasswordMalformed, Code::OtpMalformed],
        _ => &[],
    }
}

/// Returns the statuses, besides 400, of a request that cannot be read: its body is late or too long, or of another
/// media type.
fn unreadable(endpoint: &Endpoint) -> Vec<u16> {
    match endpoint.takes {
        Body::Nothing => vec![408, 413],
        _ => vec![408, 413, 415],
    }
}

/// Returns the media type and the schema of `body`, or none if the body is empty.
fn content(body: &Body) -> Option<(&'static str, RefOr<Schema>)> {
    let text =
        |format| Schema::Object(ObjectBuilder::new().schema_type(Type::String).content_media_type(format).build());
    Some(match *body {
        Body::Nothing => return None,
        Body::Json(name) => ("application/json", named(name)),
        Body::JsonArray(name) => {
            ("application/json", RefOr::T(Schema::Array(ArrayBuilder::new().items(named(name)).build())))
        }
        Body::JsonOneOf(first, second) => {
            let either = OneOfBuilder::new().item(named(first)).item(named(second)).build();
            ("application/json", RefOr::T(Schema::OneOf(either)))
        }
        Body::JsonObject => {
            ("application/json", Schema::Object(ObjectBuilder::new().schema_type(Type::Object).build()).into())
        }
        Body::Bytes(media) | Body::Cacheable(media) => (media, RefOr::T(text(media.to_owned()))),
    })
}

fn named(schema: &str) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(schema))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_path_is_in_the_document_and_nothing_else() {
        let constants = include_str!("path.rs").lines().filter_map(|line| {
            let (_, text) = line.strip_prefix("pub const ")?.split_once(": &str = \"")?;
            text.strip_suffix("\";")
        });
        let expected: BTreeSet<String> = constants.map(str::to_owned).collect();
        let found: BTreeSet<String> = openapi().paths.paths.keys().cloned().collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_answer_that_the_bank_cannot_serve_now_says_when_to_try_again() {
        let json = serde_json::to_value(openapi()).unwrap();
        let operations =
            json["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
        for (status, answer) in operations.flat_map(|operation| operation["responses"].as_object().unwrap()) {
            let header = &answer["headers"]["Retry-After"];
            assert_eq!(header["schema"]["type"] == "integer", status == "503" || status == "429", "{status}: {answer}");
        }
    }

    #[test]
    fn every_schema_that_is_named_is_there() {
        let json = serde_json::to_value(openapi()).unwrap();
        assert_eq!(json["openapi"], "3.1.0");
        let text = json.to_string();
        for name in text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(!json["components"]["schemas"][name].is_null(), "{name}");
        }
    }
}
