//! Offer: products a form may take into an order, as the picker asks for them while somebody types.

use super::product;
use crate::base::{By, CustomerId};
use crate::web::{App, Error, Result};
use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    customer: String,
}

pub(super) async fn choices(
    State(app): State<App>,
    by: By,
    Query(asked): Query<Asked>,
) -> Result<Json<Vec<(String, String)>>> {
    if by.staff().is_none() {
        return Err(Error::Forbidden);
    }
    let q: String = asked.q.trim().chars().take(100).collect();
    if q.is_empty() {
        return Ok(Json(Vec::new()));
    }
    let customer: Option<CustomerId> = asked.customer.parse().ok();
    let mut db = app.db.acquire().await?;
    Ok(Json(product::offered(&mut db, &q, customer).await?))
}
