//! Who may come in: only pages that this server served itself, by its loopback address.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Shown;

/// What the browser lets the page do: nothing but talk to where it came from. `sim` is where files are shown from.
pub(super) fn policy(sim: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' {sim}; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// Refuses whoever came by another name (a foreign site that resolves to loopback) or, when something is to change,
/// from another origin.
pub(super) async fn guard(State(shown): State<Arc<Shown>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !text(headers, header::HOST).is_some_and(|host| shown.hosts.iter().any(|own| own == host)) {
        return (StatusCode::FORBIDDEN, "This page answers only by its own loopback address.").into_response();
    }
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    if !reads && !is_our_own(headers, &shown.hosts) {
        return (StatusCode::FORBIDDEN, "Only the page itself may do this.").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&shown.policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    response
}

/// The browser names the origin with every POST.
fn is_our_own(headers: &HeaderMap, hosts: &[String]) -> bool {
    let origin = text(headers, header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    let host = text(headers, header::HOST);
    origin.is_some() && origin == host && hosts.iter().any(|own| Some(own.as_str()) == origin)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
