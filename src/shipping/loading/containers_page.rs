//! Pages of the loading: what was loaded against the packing list, and the form of one container.

use super::container::{self, Container};
use super::sql;
use super::sums::Sums;
use crate::base::{By, T, id};
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::shipping::advice;
use crate::shipping::asked::{Input, Setting};
use crate::shipping::shipment::acting::keep;
use crate::shipping::shipment::goods_sql;
use crate::shipping::shipment::plan::crumbs;
use crate::shipping::shipment::reading::{self, said, told};
use crate::shipping::shipment::record::{Refusal, Shipment};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "shipping/loading.html")]
struct LoadingPage {
    page: Page,
    shipment: Shipment,
    crumbs: Vec<(String, String)>,
    containers: Vec<Container>,
    checks: Vec<Check>,
    may: bool,
    may_correct: bool,
    may_remove: bool,
    inputs: Vec<Input>,
    action: String,
    faults: Faults,
}

/// One figure of the packing list beside what was loaded.
pub(in crate::shipping) struct Check {
    pub name: &'static str,
    pub packed: String,
    pub loaded: String,
    pub agrees: bool,
    /// `少 0.20`
    pub word: String,
}

/// The figures side by side; empty before anything is packed or loaded.
pub(in crate::shipping) fn checks(page: &Page, sums: &Sums) -> Vec<Check> {
    [
        (page.t.shipping_cartons(), sums.cartons),
        (page.t.shipping_gross_kg(), sums.gross_kg),
        (page.t.shipping_cbm(), sums.cbm),
    ]
    .into_iter()
    .map(|(name, figure)| {
        let difference = figure.difference();
        let size = page.quantity(difference.abs());
        Check {
            name,
            packed: page.quantity(figure.packed),
            loaded: page.quantity(figure.loaded),
            agrees: figure.agrees(),
            word: if figure.agrees() {
                page.t.shipping_agrees().to_owned()
            } else if difference.is_sign_negative() {
                page.t.shipping_less(size)
            } else {
                page.t.shipping_more(size)
            },
        }
    })
    .collect()
}

pub(in crate::shipping) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    draw(
        &mut db,
        page,
        &by,
        &number,
        (Fields::default(), Faults::default()),
    )
    .await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    number: &str,
    (fields, faults): (Fields, Faults),
) -> Result<Response> {
    let seen = reading::find(db, by, number).await?;
    let may = seen.may(Deed::RecordLoading) && seen.shipment.is_booked();
    let shipment = seen.shipment;
    let goods = goods_sql::goods(db, &InReach::of(by), shipment.id).await?;
    let containers = sql::containers(db, shipment.id).await?;
    let sums = Sums::of(&goods, &containers);
    let asked = container::question(shipment.mode, true);
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let drawn = LoadingPage {
        inputs: asked.inputs(&page, &fields, &container::choices(page.t), &faults),
        crumbs: crumbs(&page, &shipment),
        checks: checks(&page, &sums),
        action: format!("{}/loading", shipment.url()),
        containers,
        may_correct: may,
        may_remove: may && !shipment.has_left(),
        may,
        shipment,
        faults,
        page,
    };
    Ok((status, Html(drawn.render()?)).into_response())
}

pub(in crate::shipping) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    match record(&app, by.clone(), (&number, ""), &form).await {
        Ok(answer) => Ok(answer.tell(page.t, T::web_saved).into_response()),
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            draw(&mut db, page, &by, &number, (form.fields, faults)).await
        }
        Err(error) => Err(error),
    }
}

/// The act: one container, new or corrected; the shipping advice follows when it is the last that was missing.
#[expect(
    clippy::too_many_lines,
    reason = "one form is read, kept and told in one act"
)]
pub(in crate::shipping) async fn record(
    app: &App,
    by: By,
    (number, own): (&str, &str),
    form: &Keyed,
) -> Result<Answer> {
    let (mut act, shipment) = reading::begin(app, by, number, &form.key).await?;
    act.must(Deed::RecordLoading)?;
    act.must_move()?;
    if !shipment.is_booked() {
        return Err(Refusal::NotBooked.into());
    }
    let known = sql::containers(act.tx(), shipment.id).await?;
    let old = known.iter().find(|one| one.is_named(own));
    if old.is_none() && !own.is_empty() {
        return Err(Error::NotFound);
    }
    let (at, zone) = (act.by.at, act.zone());
    let asked = container::question(shipment.mode, old.is_none());
    let (typed, faults) = asked.gather(form, at, zone)?;
    let key = match old {
        Some(old) => (old.id, form.rev()?),
        None => (id::fresh(at), 1),
    };
    let one = Container::read(&typed, shipment.mode, key, &known, faults)?;
    sql::save(act.tx(), shipment.id, &one).await?;
    keep(app, &mut act, &typed).await?;
    let words = format!("{} · {} ctns", one.number, one.cartons);
    let event = match old {
        None => said!(shipment, CargoLoaded, words),
        Some(old) => {
            let changed = reading::changes(&[
                ("number", old.number.clone(), one.number.clone()),
                ("seal", old.seal.clone(), one.seal.clone()),
                ("cartons", old.cartons.to_string(), one.cartons.to_string()),
                (
                    "gross_kg",
                    old.gross_kg.normalize().to_string(),
                    one.gross_kg.normalize().to_string(),
                ),
                (
                    "cbm",
                    old.cbm.normalize().to_string(),
                    one.cbm.normalize().to_string(),
                ),
            ]);
            said!(shipment, LoadingCorrected, words, changed)
        }
    };
    told(&mut act, &shipment, event).await?;
    advice::sailed(&mut act, &shipment).await?;
    act.finish(Answer::to(format!("{}/loading", shipment.url())))
        .await
}

pub(in crate::shipping) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, own)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    redraw(&mut db, page, &by, (&number, &own), None).await
}

async fn redraw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (number, own): (&str, &str),
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let seen = reading::find(db, by, number).await?;
    seen.must(Deed::RecordLoading)?;
    let shipment = &seen.shipment;
    let known = sql::containers(db, shipment.id).await?;
    let one = known
        .into_iter()
        .find(|one| one.is_named(own))
        .ok_or(Error::NotFound)?;
    let (fields, faults) = typed.unwrap_or_else(|| (one.fields(), Faults::default()));
    let setting = Setting {
        crumbs: crumbs(&page, shipment),
        action: format!("{}/loading/{}", shipment.url(), one.id),
        back: format!("{}/loading", shipment.url()),
        rev: one.version,
        fields,
        choices: container::choices(page.t),
        warnings: Vec::new(),
    };
    container::question(shipment.mode, false).draw(page, setting, faults)
}

pub(in crate::shipping) async fn correct(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, own)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    match record(&app, by.clone(), (&number, &own), &form).await {
        Ok(answer) => Ok(answer.tell(page.t, T::web_saved).into_response()),
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let typed = Some((form.fields, faults));
            redraw(&mut db, page, &by, (&number, &own), typed).await
        }
        Err(error) => Err(error),
    }
}

/// The act: a container that was entered by mistake is taken out again, as long as the goods have not left.
pub(in crate::shipping) async fn remove(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, own)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, shipment) = reading::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::RecordLoading)?;
    act.must_move()?;
    let known = sql::containers(act.tx(), shipment.id).await?;
    let one = known
        .into_iter()
        .find(|one| one.is_named(&own))
        .ok_or(Error::NotFound)?;
    if shipment.has_left() {
        return Err(Refusal::NotFromHere {
            shipment: shipment.number.clone(),
            stage: shipment.stage,
        }
        .into());
    }
    sql::remove(act.tx(), shipment.id, one.id).await?;
    let words = format!("{} · {} ctns", one.number, one.cartons);
    told(
        &mut act,
        &shipment,
        said!(shipment, ContainerRemoved, words),
    )
    .await?;
    let answer = Answer::to(format!("{}/loading", shipment.url()));
    act.finish(answer.tell(page.t, T::shipping_container_removed))
        .await
}
