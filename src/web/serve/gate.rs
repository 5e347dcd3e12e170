//! The gate every request passes: its method, its address, the time its answer may take.

use std::{net::IpAddr, pin::pin, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    response::Response,
};
use hyper::body::Incoming;
use tokio::time::{Instant, sleep_until};
use tower::ServiceExt;

use super::{
    Client, Front, Limits,
    pace::{Pace, Paced},
};

pub(super) struct Gate {
    front: Front,
    rooms: Router,
}

impl Gate {
    pub(super) fn new(front: Front, rooms: Router) -> Gate {
        Gate { front, rooms }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.front.limits
    }

    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        self.front.trusted.contains(&address.to_canonical())
    }

    pub(super) async fn pass(&self, request: Request<Incoming>, from: IpAddr) -> Response {
        if let Some(status) = self.objection(&request) {
            return self.refuse(status, request.headers());
        }
        let headers = request.headers().clone();
        let pace = Arc::new(Pace::begin(self.limits()));
        let (mut parts, body) = request.into_parts();
        parts
            .extensions
            .insert(Client::of(from, &headers, &self.front.trusted));
        let body = Body::new(Paced::new(body, Arc::clone(&pace)));
        match self.answer(Request::from_parts(parts, body), &pace).await {
            // The room saw a broken body and called it a bad request; the client shall hear why.
            _ if pace.was_slow() => self.refuse(StatusCode::REQUEST_TIMEOUT, &headers),
            Some(response) => response,
            None if pace.is_waiting() => self.refuse(StatusCode::REQUEST_TIMEOUT, &headers),
            None => self.refuse(StatusCode::SERVICE_UNAVAILABLE, &headers),
        }
    }

    // The clock stands still while the client sends, because for that there is the body's own rate.
    async fn answer(&self, request: Request<Body>, pace: &Pace) -> Option<Response> {
        let mut answer = pin!(self.rooms.clone().oneshot(request));
        let mut deadline = pace.last_byte() + self.limits().request;
        loop {
            tokio::select! {
                response = &mut answer => return response.ok(),
                () = sleep_until(deadline) => {
                    deadline = pace.last_byte() + self.limits().request;
                    if deadline <= Instant::now() {
                        return None;
                    }
                }
            }
        }
    }

    fn objection(&self, request: &Request<Incoming>) -> Option<StatusCode> {
        if [Method::TRACE, Method::CONNECT].contains(request.method()) {
            return Some(StatusCode::METHOD_NOT_ALLOWED);
        }
        let limits = self.limits();
        let url = request.uri();
        let length = url.path().len() + url.query().map_or(0, |query| query.len() + 1);
        if length > limits.url_bytes {
            return Some(StatusCode::URI_TOO_LONG);
        }
        let fields = request.headers().iter();
        let bytes: usize = fields
            .map(|(name, value)| name.as_str().len() + value.len() + 4)
            .sum();
        let many = request.headers().len() > limits.header_fields;
        (many || length + bytes > limits.header_bytes)
            .then_some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)
    }

    fn refuse(&self, status: StatusCode, asked: &HeaderMap) -> Response {
        let mut response = (self.front.refuse)(status, asked);
        let headers = response.headers_mut();
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("3"));
        }
        // What the client still sends of this request must not be read as its next one.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    }
}
