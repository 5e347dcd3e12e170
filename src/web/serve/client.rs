//! Who is calling: the address of the connection, or what a trusted proxy says about it.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// The client's address, in the extensions of every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl Client {
    /// The last address in `X-Forwarded-For` that is not one of our proxies. What stands further left was
    /// written by the client itself and is worth nothing.
    pub(super) fn of(from: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Client {
        let mut client = from.to_canonical();
        let told = headers.get_all("x-forwarded-for").iter();
        let told: Vec<&str> = told
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        for hop in told.into_iter().rev() {
            if !trusted.contains(&client) {
                break;
            }
            let Ok(address) = hop.trim().parse::<IpAddr>() else {
                break;
            };
            client = address.to_canonical();
        }
        Client(client)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(from: &str, told: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in told {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|one| one.parse().unwrap()).collect();
        Client::of(from.parse().unwrap(), &headers, &trusted)
            .0
            .to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_the_address_it_is_seen_under() {
        assert_eq!(
            seen("203.0.113.9", &["10.0.0.1"], &["10.0.0.1"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn a_trusted_proxy_names_its_client_and_no_more() {
        let proxies = ["10.0.0.1", "10.0.0.2"];
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1, 203.0.113.9"], &proxies),
            "203.0.113.9"
        );
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1", "203.0.113.9, 10.0.0.2"], &proxies),
            "203.0.113.9"
        );
        assert_eq!(
            seen("::ffff:10.0.0.1", &["203.0.113.9"], &proxies),
            "203.0.113.9"
        );
    }

    #[test]
    fn what_is_not_an_address_leaves_the_proxy_as_the_client() {
        assert_eq!(seen("10.0.0.1", &["unknown"], &["10.0.0.1"]), "10.0.0.1");
    }
}
