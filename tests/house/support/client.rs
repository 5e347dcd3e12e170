//! Client: goes through the router as a browser does, keeps its cookies, opens no socket.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, header};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use gendan::web::serve::Client as Caller;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;
use tower::ServiceExt;

/// Name of the cookie that carries the secret of a session on plain loopback.
const COOKIE: &str = "gendan";

pub struct Client {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    address: IpAddr,
}

/// Fields of a form in their order.
#[derive(Clone, Debug, Default)]
pub struct Form(pub Vec<(String, String)>);

impl<const N: usize> From<[(&str, &str); N]> for Form {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }
}

impl Form {
    /// Sets a field, in place of one with the same name.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }
}

/// The token the forms of this session carry.
pub fn token(secret: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("form:{secret}")))
}

/// A key that says that one act is meant.
pub fn fresh_key() -> String {
    format!("{:032x}", rand::random::<u128>())
}

impl Client {
    pub(super) fn new(router: Router) -> Self {
        Self {
            router,
            cookies: Mutex::default(),
            address: IpAddr::from([127, 0, 0, 1]),
        }
    }

    /// The same browser at another address of the network.
    pub fn seen_from(mut self, address: [u8; 4]) -> Self {
        self.address = IpAddr::from(address);
        self
    }

    /// The same browser in front of another replica.
    pub fn at(&self, router: &Router) -> Self {
        Self {
            router: router.clone(),
            cookies: Mutex::new(self.cookies.lock().unwrap().clone()),
            address: self.address,
        }
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
    }

    pub fn set_secret(&self, secret: &str) {
        self.set_cookie(COOKIE, secret);
    }

    /// What the browser holds; empty before the first page.
    pub fn secret(&self) -> String {
        self.cookies
            .lock()
            .unwrap()
            .get(COOKIE)
            .cloned()
            .unwrap_or_default()
    }

    pub async fn get(&self, url: &str) -> Reply {
        self.send(self.request(Method::GET, url, Body::empty()))
            .await
    }

    /// A form of one of our pages: token, a fresh key, from our own site.
    pub async fn post(&self, url: &str, fields: impl Into<Form>) -> Reply {
        self.post_keyed(url, fields, &fresh_key()).await
    }

    /// The same under a key the test chooses.
    pub async fn post_keyed(&self, url: &str, fields: impl Into<Form>, key: &str) -> Reply {
        let fields = fields
            .into()
            .with("csrf", token(&self.secret()))
            .with("key", key);
        self.post_raw(url, fields).await
    }

    /// Exactly these fields, nothing added but that they come from our own site.
    pub async fn post_raw(&self, url: &str, fields: impl Into<Form>) -> Reply {
        self.send(self.form(url, fields)).await
    }

    /// A form as a request, for a test that changes its headers.
    pub fn form(&self, url: &str, fields: impl Into<Form>) -> Request<Body> {
        let body = serde_html_form::to_string(&fields.into().0).unwrap();
        let mut request = self.request(Method::POST, url, Body::from(body));
        let headers = request.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded".parse().unwrap(),
        );
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        request
    }

    pub fn request(&self, method: Method, url: &str, body: Body) -> Request<Body> {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(header::HOST, "127.0.0.1:8026");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(Caller(self.address));
        request
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        Reply {
            asked,
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    fn keep(&self, line: &str) {
        let (name, rest) = line.split_once('=').unwrap();
        let value = rest.split(';').next().unwrap_or("");
        let mut cookies = self.cookies.lock().unwrap();
        if line.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn has(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The status, or the test fails with the beginning of the page.
    pub fn is(self, status: u16) -> Self {
        assert_eq!(
            self.status,
            status,
            "{} → {}\n{}",
            self.asked,
            self.location(),
            self.told()
        );
        self
    }

    /// Done, and on to this page.
    pub fn leads_to(self, url: &str) -> Self {
        let reply = self.is(303);
        assert_eq!(reply.location(), url, "{}", reply.asked);
        reply
    }

    /// The page's own words, without its frame.
    fn told(&self) -> String {
        let main = self.texts("main").join(" ");
        let text = if main.is_empty() { self.text() } else { main };
        text.chars().take(800).collect()
    }
}
