//! Views 视图: a query of the list kept under a name, for oneself or for the department.

use super::filter::Filter;
use super::{show, views_sql};
use crate::base::{By, T};
use crate::history::{self, Act};
use crate::web::error::on_constraint;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

/// Signs of a name that fits on a tab.
const LONGEST: usize = 30;

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&["name", "query", "shared"])?;
    match keep(&app, &by, &page, &form).await {
        Ok(answer) => Ok(answer.into_response()),
        Err(Error::Invalid(faults)) => show::refused(&app, &by, page, form.fields, faults).await,
        Err(error) => Err(error),
    }
}

async fn keep(app: &App, by: &By, page: &Page, form: &Keyed) -> Result<Answer> {
    let (act, query) = write(app, by, form).await?;
    let answer = Answer::to(format!("/orders?{query}"));
    act.finish(answer.tell(page.t, T::desk_view_kept)).await
}

/// The same without a page.
pub(in crate::desk) async fn keep_typed(app: &App, by: &By, form: &Keyed) -> Result<()> {
    let (act, _) = write(app, by, form).await?;
    act.finish(Answer::to("/orders")).await?;
    Ok(())
}

/// The act; with the query as it is kept.
async fn write(app: &App, by: &By, form: &Keyed) -> Result<(Act, String)> {
    let name = form.fields.get("name");
    if name.is_empty() {
        return Err(Faults::one("name", T::desk_view_needs_name).into());
    }
    if name.chars().count() > LONGEST {
        return Err(Faults::one("name", T::desk_view_name_long).into());
    }
    // Read and written again: what is kept is a filter, not what somebody typed.
    let query = Filter::read(form.fields.get("query"), by).query();
    let shared = form.fields.get("shared") == "yes";
    let mut act = history::begin(app, by.clone(), &form.key).await?;
    views_sql::keep_view(act.tx(), by, name, (&query, shared))
        .await
        .map_err(|error| {
            on_constraint(
                error,
                &[("saved_view_name_key", "name", T::desk_view_name_taken)],
            )
        })?;
    Ok((act, query))
}

pub(super) async fn remove(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    if !views_sql::drop_view(act.tx(), &by, id).await? {
        return Err(Error::NotFound);
    }
    act.finish(Answer::to("/orders").tell(page.t, T::desk_view_removed))
        .await
}
