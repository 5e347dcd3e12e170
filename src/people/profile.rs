//! Profile 个人设置: language, look, password, sessions.

use crate::base::{By, Lang};
use crate::web::posted::Posted;
use crate::web::{Answer, App, Error, Fields, Result, cookie};
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The switch in the top bar: for who is signed in her own setting, before that a cookie.
pub(super) async fn language(
    State(app): State<App>,
    by: Result<By, Error>,
    posted: Extension<Arc<Posted>>,
) -> Result<Response> {
    let fields: &Fields = &posted.fields;
    let lang = Lang::parse(fields.get("lang")).ok_or(Error::Garbled("lang"))?;
    if let Some(person) = by.ok().and_then(|by| by.person()) {
        sqlx::query!(
            "update person set lang = $2 where id = $1",
            person.0,
            lang.code()
        )
        .execute(&app.db)
        .await?;
    }
    let mut response = Answer::to(super::sign_in::ours(fields.get("next"))).into_response();
    super::session::append(response.headers_mut(), &cookie::lang(lang.code()));
    Ok(response)
}
