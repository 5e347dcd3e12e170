//! Plan 出运计划: which lines go, how many of each, and how they travel. Changed while the shipment is planned.

use super::goods_sql::{self, Shippable};
use super::mode::Mode;
use super::planning::{begin_shipment, write};
use super::reading::{self, said, told};
use super::record::Shipment;
use super::sql;
use super::stage::{Move, Stage};
use crate::base::{By, OrderId, OrderNumber, T, typed};
use crate::orders::{self, Order};
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

const FIELDS: [&str; 2] = ["mode", "lines[]"];

#[derive(Template)]
#[template(path = "shipping/plan.html")]
struct PlanPage {
    page: Page,
    title: String,
    crumbs: Vec<(String, String)>,
    action: String,
    back: String,
    rev: String,
    mode: String,
    modes: Vec<(String, String)>,
    rows: Vec<Row>,
    /// Other orders whose goods may go along, with their address.
    others: Vec<(String, String)>,
    faults: Faults,
}

struct Row {
    good: Shippable,
    typed: String,
    error: String,
}

/// What was typed, read: the mode and a quantity for each line that goes.
struct Plan {
    mode: Mode,
    lines: Vec<(Uuid, Decimal)>,
}

fn read(fields: &Fields) -> Result<Plan, Faults> {
    let mut faults = Faults::default();
    let mode = Mode::parse(fields.get("mode"));
    if mode.is_none() {
        faults.add("mode", T::shipping_mode_missing);
    }
    let mut lines = Vec::new();
    for row in 0..fields.rows("lines") {
        let text = fields.cell("lines", row, "quantity");
        if text.is_empty() {
            continue;
        }
        let line = Uuid::parse_str(fields.cell("lines", row, "id"));
        let quantity = typed::figure(text)
            .filter(|figure| *figure >= Decimal::ZERO && figure.normalize().scale() <= 4);
        match (line, quantity) {
            (Ok(_), Some(quantity)) if quantity.is_zero() => {}
            (Ok(line), Some(quantity)) => lines.push((line, quantity)),
            _ => faults.add(
                &format!("lines[{row}][quantity]"),
                T::shipping_quantity_unread,
            ),
        }
    }
    match mode {
        Some(mode) if faults.is_empty() => Ok(Plan { mode, lines }),
        _ => Err(faults),
    }
}

async fn rows(
    db: &mut PgConnection,
    all: &[Order],
    shipment: Option<Uuid>,
    (fields, faults, t): (Option<&Fields>, &Faults, T),
) -> Result<Vec<Row>> {
    let mut found = Vec::new();
    for order in all {
        for good in goods_sql::shippable(db, order, shipment).await? {
            let place = typed_at(fields, good.line).unwrap_or(usize::MAX);
            let offered = if shipment.is_some() {
                good.here.unwrap_or_default()
            } else {
                good.offered()
            };
            let typed = fields.map_or_else(
                || {
                    if offered.is_zero() {
                        String::new()
                    } else {
                        offered.normalize().to_string()
                    }
                },
                |fields| fields.cell("lines", place, "quantity").to_owned(),
            );
            let error = faults
                .of(&format!("lines[{place}][quantity]"))
                .map_or_else(String::new, |fault| fault.text(t));
            found.push(Row { good, typed, error });
        }
    }
    Ok(found)
}

/// The row of the form that was typed for this line; orders may stand otherwise now than when it was drawn.
fn typed_at(fields: Option<&Fields>, line: Uuid) -> Option<usize> {
    let fields = fields?;
    let line = line.to_string();
    (0..fields.rows("lines")).find(|row| fields.cell("lines", *row, "id") == line)
}

/// The order, and the others whose lines stand in the form.
async fn of_form(
    db: &mut PgConnection,
    by: &By,
    first: Order,
    fields: &Fields,
) -> Result<Vec<Order>> {
    let lines: Vec<(Uuid, Decimal)> = (0..fields.rows("lines"))
        .filter_map(|row| Uuid::parse_str(fields.cell("lines", row, "id")).ok())
        .map(|line| (line, Decimal::ZERO))
        .collect();
    let mut all = vec![first];
    for order in sql_orders_of(db, &lines).await? {
        if all.iter().all(|known| known.id() != order)
            && let Some(number) = super::list_sql::number_of(db, order).await?
            && let Some(number) = OrderNumber::parse(&number)
        {
            all.push(orders::find(db, by, &number).await?);
        }
    }
    Ok(all)
}

/// The order, and those named in the address that may go along with it.
async fn together(
    db: &mut PgConnection,
    by: &By,
    number: &str,
    query: Option<&str>,
) -> Result<Vec<Order>> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut all = vec![orders::find(db, by, &number).await?];
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(query.unwrap_or("")).unwrap_or_default();
    for (_, with) in pairs.iter().filter(|(name, _)| name == "with").take(10) {
        let Some(other) = OrderNumber::parse(with) else {
            continue;
        };
        if all.iter().all(|order| order.number != other) {
            all.push(orders::find(db, by, &other).await?);
        }
    }
    Ok(all)
}

pub(in crate::shipping) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let all = together(&mut db, &by, &number, query.as_deref()).await?;
    draw_new(&mut db, page, &by, all, (None, Faults::default())).await
}

async fn draw_new(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    all: Vec<Order>,
    (fields, faults): (Option<Fields>, Faults),
) -> Result<Response> {
    let first = all.first().cloned().ok_or(Error::NotFound)?;
    first.must(by, Deed::PlanShipment)?;
    let rows = rows(db, &all, None, (fields.as_ref(), &faults, page.t)).await?;
    let others = sql_others(db, by, &all).await?;
    let drawn = PlanPage {
        title: page.t.shipping_plan().to_owned(),
        crumbs: vec![
            ("/orders".to_owned(), page.t.web_nav_orders().to_owned()),
            (first.url(), first.number.to_string()),
        ],
        action: format!("{}/shipments", first.url()),
        back: format!("{}/shipments", first.url()),
        rev: String::new(),
        mode: fields.map_or_else(
            || "sea_fcl".to_owned(),
            |fields| fields.get("mode").to_owned(),
        ),
        modes: Mode::choices(page.t),
        rows,
        others,
        faults,
        page,
    };
    answer(&drawn)
}

fn answer(drawn: &PlanPage) -> Result<Response> {
    let status = if drawn.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, Html(drawn.render()?)).into_response())
}

/// Orders of the same customer, department and currency that are open and not among these yet.
async fn sql_others(
    db: &mut PgConnection,
    by: &By,
    all: &[Order],
) -> Result<Vec<(String, String)>> {
    let Some(first) = all.first() else {
        return Ok(Vec::new());
    };
    let numbers = super::list_sql::companions(db, by, first).await?;
    let with = all.iter().skip(1).fold(String::new(), |mut with, order| {
        with.push_str("with=");
        with.push_str(order.number.as_str());
        with.push('&');
        with
    });
    Ok(numbers
        .into_iter()
        .filter(|number| all.iter().all(|order| order.number.as_str() != number))
        .map(|number| {
            let href = format!("{}/shipments/new?{with}with={number}", first.url());
            (number, href)
        })
        .collect())
}

pub(in crate::shipping) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let mut act = orders::begin_joint(&app, by.clone(), &form.key).await?;
    let first = {
        let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
        orders::find(act.tx(), &by, &number).await?
    };
    first.must(&by, Deed::PlanShipment)?;
    let plan = match read(&form.fields) {
        Ok(plan) => plan,
        Err(faults) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let all = of_form(&mut db, &by, first, &form.fields).await?;
            return draw_new(&mut db, page, &by, all, (Some(form.fields), faults)).await;
        }
    };
    let mut held = sql_orders_of(act.tx(), &plan.lines).await?;
    held.push(first.id());
    act.hold(&held).await?;
    let number = begin_shipment(&mut act, &plan.lines, plan.mode).await?;
    let answer = Answer::to(format!("/shipments/{number}")).tell(page.t, T::shipping_planned);
    Ok(act.finish(answer).await?.into_response())
}

async fn sql_orders_of(db: &mut PgConnection, lines: &[(Uuid, Decimal)]) -> Result<Vec<OrderId>> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    super::list_sql::orders_of(db, &ids).await
}

pub(in crate::shipping) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    draw_edit(&mut db, page, &by, &number, (None, Faults::default())).await
}

async fn draw_edit(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    number: &str,
    (fields, faults): (Option<Fields>, Faults),
) -> Result<Response> {
    let seen = reading::find(db, by, number).await?;
    seen.must(Deed::PlanShipment)?;
    let shipment = &seen.shipment;
    shipment.after(Move::Edit)?;
    let typed = (fields.as_ref(), &faults, page.t);
    let drawn = PlanPage {
        title: page.t.shipping_edit_plan(shipment.number.clone()),
        crumbs: crumbs(&page, shipment),
        action: format!("{}/edit", shipment.url()),
        back: shipment.url(),
        rev: shipment.version.to_string(),
        rows: rows(db, &seen.orders, Some(shipment.id), typed).await?,
        mode: fields.as_ref().map_or_else(
            || shipment.mode.code().to_owned(),
            |fields| fields.get("mode").to_owned(),
        ),
        modes: Mode::choices(page.t),
        others: Vec::new(),
        faults,
        page,
    };
    answer(&drawn)
}

/// The way above a page of a shipment.
pub(in crate::shipping) fn crumbs(page: &Page, shipment: &Shipment) -> Vec<(String, String)> {
    vec![
        ("/shipments".to_owned(), page.t.shipping_title().to_owned()),
        (shipment.url(), shipment.number.clone()),
    ]
}

pub(in crate::shipping) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let plan = match read(&form.fields) {
        Ok(plan) => plan,
        Err(faults) => {
            let mut db = app.db.acquire().await?;
            return draw_edit(&mut db, page, &by, &number, (Some(form.fields), faults)).await;
        }
    };
    let (mut act, mut shipment) = reading::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::PlanShipment)?;
    act.must_move()?;
    shipment.after(Move::Edit)?;
    if form.rev()? != shipment.version {
        return Err(Error::Stale(Box::default()));
    }
    let mode = shipment.mode;
    shipment.mode = plan.mode;
    let count = write(&mut act, shipment.id, &plan.lines).await?;
    // What was checked was checked for the goods as they were.
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    if !goods.iter().all(goods_sql::Good::is_packed) {
        let stale = ["invoice", "packing_list", "elements"];
        shipment
            .stored
            .customs_set
            .retain(|piece| !stale.contains(&piece.as_str()));
    }
    sql::save(&mut act, &shipment, Stage::Planned).await?;
    let changed = reading::changes(&[("mode", mode.code().into(), plan.mode.code().into())]);
    told(
        &mut act,
        &shipment,
        said!(shipment, ShipmentEdited, count, changed),
    )
    .await?;
    let answer = Answer::to(shipment.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}
