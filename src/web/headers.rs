//! Headers on every answer, errors too (P26, P27): strict content policy, no sniffing, no framing, no referrer leak.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;

/// The policy of all pages: only our own files, no inline script or style, no frame, no foreign form target.
pub const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How long a browser may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Order pages and lists: the browser may show them again on Back, nobody else may keep them.
    Private,
    /// Sign-in, passwords, finance, users, files: said at the door, see `Routes::never_kept`.
    Never,
    /// Assets whose address changes with their content.
    Forever,
}

impl Keep {
    const fn value(self) -> &'static str {
        match self {
            Self::Private => "private, no-cache",
            Self::Never => "no-store",
            Self::Forever => "public, max-age=31536000, immutable",
        }
    }
}

/// Puts the headers on; what a handler has set itself stays.
pub fn put(response: &mut Response, behind_tls: bool) {
    let keep = response.extensions().get::<Keep>().copied();
    let keep = keep.unwrap_or(Keep::Private);
    let headers = response.headers_mut();
    set(headers, header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(
        headers,
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        headers,
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(
        headers,
        HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    );
    set(headers, header::CACHE_CONTROL, keep.value());
    if behind_tls {
        set(
            headers,
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    headers.remove(header::SERVER);
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}
