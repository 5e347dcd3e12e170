//! Routes and doors: who may stand at an address. A route without a door does not compile.
//!
//! From this one list come the router, the doors test and the role matrix. Three questions are asked of every
//! request: may you be at this door (here), may you know this order (`orders`), may you do this deed (`act.must`).

use super::barred::Barred;
use super::headers::Keep;
use super::posted::{self, Load, Posted};
use super::{App, Error};
use crate::base::role::Role;
use crate::base::{Roles, hex};
use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::uri::PathAndQuery;
use axum::http::{Method, header};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;

/// Who may be at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anybody: sign-in, set-up, assets, health.
    Open,
    /// Every colleague who is signed in; what she may know and do is asked further in.
    Staff,
    /// Colleagues who hold one of these roles.
    Only(&'static [Role]),
}

/// Who stands at the door, as the session found it.
#[derive(Clone, Debug)]
pub enum Visitor {
    Stranger,
    Staff(Roles),
}

#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub door: Door,
}

/// The addresses of one desk.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    list: Vec<Route>,
}

#[derive(Clone, Copy)]
struct Entry {
    door: Door,
    load: Load,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn get<H, X>(self, path: &'static str, door: Door, handler: H) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.with(Method::GET, path, door, get(handler), Load::Nothing)
    }

    /// A form: its token and key are checked before the handler sees it, and it runs to its end.
    #[must_use]
    pub fn post<H, X>(self, path: &'static str, door: Door, handler: H) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.with(Method::POST, path, door, post(handler), Load::Form)
    }

    /// A form that may carry files.
    #[must_use]
    pub fn upload<H, X>(self, path: &'static str, door: Door, handler: H) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.with(Method::POST, path, door, post(handler), Load::Files)
    }

    fn with(
        mut self,
        method: Method,
        path: &'static str,
        door: Door,
        handler: MethodRouter<App>,
        load: Load,
    ) -> Self {
        let entry = Entry { door, load };
        self.router = self.router.route(
            path,
            handler.route_layer(from_fn_with_state(entry, stand_at_the_door)),
        );
        self.list.push(Route { method, path, door });
        self
    }

    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.list.extend(other.list);
        self
    }

    /// Answers of these addresses are never kept by a browser: what they say must be gone with the session.
    #[must_use]
    pub fn never_kept(mut self) -> Self {
        self.router = self.router.route_layer(map_response(never));
        self
    }

    pub fn list(&self) -> &[Route] {
        &self.list
    }

    pub fn into_router(self) -> Router<App> {
        self.router
    }
}

async fn never(mut response: Response) -> Response {
    response.extensions_mut().insert(Keep::Never);
    response
}

async fn stand_at_the_door(State(entry): State<Entry>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>();
    match (entry.door, visitor) {
        (Door::Open, _) | (Door::Staff, Some(Visitor::Staff(_))) => {}
        (Door::Only(roles), Some(Visitor::Staff(held))) if held.any_of(roles) => {}
        (Door::Only(roles), Some(Visitor::Staff(_))) => {
            return Error::Barred(Box::new(Barred::of(roles))).into_response();
        }
        (_, Some(Visitor::Stranger) | None) => return sign_in(&request),
    }
    match entry.load {
        Load::Nothing => next.run(request).await,
        load => match posted::receive(load, request).await {
            Ok(request) => {
                let typed = request.extensions().get::<Arc<Posted>>().cloned();
                let mut response = run_to_the_end(request, next).await;
                // A refusal shows what was typed, so that nobody writes it twice.
                if let Some(typed) = typed.filter(|_| !response.status().is_success()) {
                    response.extensions_mut().insert(typed);
                }
                response
            }
            Err(error) => error.into_response(),
        },
    }
}

/// A client that goes away stops nothing half-way: what changes data runs in a task of its own.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where a POST is given a task of its own"
)]
async fn run_to_the_end(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => {
            Error::Broken(anyhow::anyhow!("the act's task ended: {error}")).into_response()
        }
    }
}

fn sign_in(request: &Request) -> Response {
    let back = if request.method() == Method::GET {
        request.uri().path_and_query().map(PathAndQuery::as_str)
    } else {
        // The form cannot be sent again from here; the page it stood on can be opened again.
        request
            .headers()
            .get(header::REFERER)
            .and_then(|value| value.to_str().ok())
            .and_then(path_of)
    };
    match back {
        None | Some("/") => Redirect::to("/sign-in").into_response(),
        Some(back) => Redirect::to(&format!("/sign-in?next={}", percent(back))).into_response(),
    }
}

/// Path and query of an address of ours; `//` would lead to another house.
fn path_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let path = rest.get(rest.find('/')?..)?;
    (!path.starts_with("//")).then_some(path)
}

/// Percent-encodes everything but letters, digits and `-._~`: what stands for one part of a path or of a query stays one,
/// also where it holds a slash, as the number of a shipment's later leg does.
pub fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex(&[byte]).to_ascii_uppercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_of_an_address_stays_one_part() {
        assert_eq!(
            percent("HY26-0001:roll:S26-0001/1"),
            "HY26-0001%3Aroll%3AS26-0001%2F1"
        );
        assert_eq!(percent("瓷 a_b~c"), "%E7%93%B7%20a_b~c");
    }

    #[test]
    fn a_form_leads_back_to_the_page_it_stood_on() {
        for (address, path) in [
            (
                "http://127.0.0.1:8026/orders/HY26-0001/edit?a=b",
                Some("/orders/HY26-0001/edit?a=b"),
            ),
            ("https://gendan.example/", Some("/")),
            ("https://gendan.example//elsewhere.example/", None),
            ("https://gendan.example", None),
            ("nonsense", None),
        ] {
            assert_eq!(path_of(address), path, "{address}");
        }
    }
}
