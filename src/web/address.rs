//! Addresses that name nothing: a NUL is in no name and no search of ours, and no column of the database holds one.

use super::Error;
use axum::http::Uri;

/// Why this address is not looked up: it names nothing, or what is asked of it cannot be read.
pub fn objection(uri: &Uri) -> Option<Error> {
    if uri.path().contains("%00") {
        return Some(Error::NotFound);
    }
    let asked = uri.query().unwrap_or("");
    asked.contains("%00").then_some(Error::Garbled("query"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_in_no_address() {
        let told =
            |uri: &str| objection(&uri.parse().unwrap()).map(|error| error.status().as_u16());
        assert_eq!(told("/customers/a%00b"), Some(404));
        assert_eq!(told("/orders?q=%00"), Some(400));
        assert_eq!(told("/orders?q=100%25"), None);
    }
}
