//! Leaving 发出: how the bytes of a file go out, whoever asked for them.

use crate::web::headers::Keep;
use crate::web::routes::percent;
use axum::Extension;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};

/// A file leaves with its name in both forms, in a sandbox of its own, and is kept by nobody on the way.
pub fn send(how: &str, media: &str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(how, name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            header::CONTENT_SECURITY_POLICY,
            policy(how, media).to_owned(),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin".to_owned(),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (Extension(Keep::Never), headers, bytes).into_response()
}

/// Nothing in a file may run or load anything. A browser's own reader of PDFs refuses to work in a sandbox, so what is
/// shown by it goes without; its bytes have been looked at when they came.
fn policy(how: &str, media: &str) -> &'static str {
    if how == "inline" && media == "application/pdf" {
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    } else {
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    }
}

/// RFC 6266: a plain name for old readers, the real one in UTF-8 (RFC 5987) for all others.
fn disposition(how: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || "-._ ()".contains(sign) {
                sign
            } else {
                '_'
            }
        })
        .collect();
    let real = percent(name);
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{real}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_out_in_both_forms_and_cannot_break_the_header() {
        assert_eq!(
            disposition("attachment", "水单 1.pdf"),
            "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E6%B0%B4%E5%8D%95%201.pdf"
        );
        let bad = disposition("attachment", "a\"; x=\"\r\n/b.pdf");
        assert!(!bad.contains('\n') && !bad.contains("x=\""), "{bad}");
        assert!(bad.ends_with("%2Fb.pdf"));
    }
}
