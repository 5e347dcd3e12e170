//! Pages of the declarations: the list of a shipment, and the form of each act.

use super::acts::{apply, draft};
use super::declaration::Declaration;
use super::questions::{as_typed, first_values, path, question, title};
use super::sql;
use super::stage::Move;
use crate::base::{By, T};
use crate::shipping::asked::Setting;
use crate::shipping::shipment::acting::keep;
use crate::shipping::shipment::plan::crumbs;
use crate::shipping::shipment::reading;
use crate::shipping::shipment::record::{Refusal as NotHere, Shipment};
use crate::web::{Answer, App, Door, Error, Faults, Fields, Keyed, Page, Result, Routes};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "shipping/declarations.html")]
struct ListPage {
    page: Page,
    shipment: Shipment,
    crumbs: Vec<(String, String)>,
    rows: Vec<Row>,
    may_draft: bool,
    prices: bool,
}

impl ListPage {
    fn declared(&self, row: &Row, amount: &rust_decimal::Decimal) -> String {
        format!(
            "{} {}",
            row.one.currency,
            self.page.number(amount.normalize())
        )
    }
}

struct Row {
    one: Declaration,
    acts: Vec<(&'static str, String)>,
}

pub(in crate::shipping) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    let shipment = seen.shipment.clone();
    let rows = sql::declarations(&mut db, shipment.id)
        .await?
        .into_iter()
        .map(|one| Row {
            acts: Move::ALL
                .into_iter()
                .filter(|step| {
                    one.stage.after(*step).is_some() && seen.may(step.deed().of(one.hands()))
                })
                .map(|step| {
                    let at = format!("{}/declarations/{}", shipment.url(), one.sequence);
                    (title(step)(page.t), format!("{at}/{}", path(step)))
                })
                .collect(),
            one,
        })
        .collect();
    let drawn = ListPage {
        may_draft: seen.may(Move::Draft.deed()) && shipment.is_booked(),
        prices: seen.sees(crate::people::Deed::SeeCustomerPrices),
        crumbs: crumbs(&page, &shipment),
        rows,
        shipment,
        page,
    };
    Ok(Html(drawn.render()?))
}

/// The two addresses of an act on a declaration.
pub(in crate::shipping) fn routes(routes: Routes, path: &'static str, step: Move) -> Routes {
    routes
        .get(path, Door::Staff, move |app, by, page, path| {
            ask(step, app, by, page, path)
        })
        .upload(path, Door::Staff, move |app, by, page, path, form| {
            perform(step, app, by, page, path, form)
        })
}

async fn ask(
    step: Move,
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, &by, (&number, Some(sequence), step), None).await
}

pub(in crate::shipping) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, &by, (&number, None, Move::Draft), None).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (number, sequence, step): (&str, Option<i32>, Move),
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let seen = reading::find(db, by, number).await?;
    let shipment = &seen.shipment;
    let list = format!("{}/declarations", shipment.url());
    let (fields, rev, action) = match sequence {
        None => {
            seen.must(step.deed())?;
            if !shipment.is_booked() {
                return Err(NotHere::NotBooked.into());
            }
            (
                first_values(db, by, shipment).await?,
                shipment.version,
                format!("{list}/new"),
            )
        }
        Some(sequence) => {
            let one = pick(sql::declarations(db, shipment.id).await?, sequence)?;
            seen.must(step.deed().of(one.hands()))?;
            one.after(step)?;
            let action = format!("{list}/{sequence}/{}", path(step));
            (as_typed(&one, &page), one.version, action)
        }
    };
    let (fields, faults) = typed.unwrap_or_else(|| (fields, Faults::default()));
    let setting = Setting {
        crumbs: crumbs(&page, shipment),
        action,
        back: list,
        rev,
        fields,
        choices: Vec::new(),
        warnings: Vec::new(),
    };
    question(step).draw(page, setting, faults)
}

fn pick(all: Vec<Declaration>, sequence: i32) -> Result<Declaration> {
    all.into_iter()
        .find(|one| one.sequence == sequence)
        .ok_or(Error::NotFound)
}

async fn perform(
    step: Move,
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    answer(step, &app, by, page, (&number, Some(sequence)), form).await
}

pub(in crate::shipping) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    answer(Move::Draft, &app, by, page, (&number, None), form).await
}

async fn answer(
    step: Move,
    app: &App,
    by: By,
    page: Page,
    (number, sequence): (&str, Option<i32>),
    form: Keyed,
) -> Result<Response> {
    match attempt(step, app, by.clone(), (number, sequence), &form).await {
        Ok(answer) => Ok(answer.tell(page.t, T::web_saved).into_response()),
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let typed = Some((form.fields, faults));
            draw(&mut db, page, &by, (number, sequence, step), typed).await
        }
        Err(error) => Err(error),
    }
}

/// The act with its form, whoever filled it in.
pub(in crate::shipping) async fn attempt(
    step: Move,
    app: &App,
    by: By,
    (number, sequence): (&str, Option<i32>),
    form: &Keyed,
) -> Result<Answer> {
    let (mut act, shipment) = reading::begin(app, by, number, &form.key).await?;
    let all = sql::declarations(act.tx(), shipment.id).await?;
    let last = all.last().map_or(0, |one| one.sequence);
    let one = match sequence {
        Some(sequence) => Some(pick(all, sequence)?),
        None => None,
    };
    let hands = one.as_ref().map(Declaration::hands).unwrap_or_default();
    act.must(step.deed().of(hands))?;
    act.must_move()?;
    let forward = matches!(step, Move::Draft | Move::SendToBroker | Move::Declare);
    if forward && !shipment.is_booked() {
        return Err(NotHere::NotBooked.into());
    }
    if let Some(one) = &one {
        one.after(step)?;
    }
    let typed = question(step).read(form, act.by.at, act.zone())?;
    keep(app, &mut act, &typed).await?;
    match one {
        None => draft(&mut act, &shipment, last + 1, &typed).await?,
        Some(one) => {
            if form.rev()? != one.version {
                return Err(Error::Stale(Box::default()));
            }
            apply(&mut act, &shipment, one, step, &typed).await?;
        }
    }
    act.finish(Answer::to(format!("{}/declarations", shipment.url())))
        .await
}
