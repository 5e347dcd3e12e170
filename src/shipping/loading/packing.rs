//! Packing list 装箱单: cartons, weights and volume of each line, in totals. Written until the goods are on board.

use super::sql::{self, Packed};
use super::sums::Sums;
use crate::base::{By, T, typed};
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::shipping::shipment::goods_sql::{self, Good};
use crate::shipping::shipment::plan::crumbs;
use crate::shipping::shipment::reading::{self, Seen, said, told};
use crate::shipping::shipment::record::{Refusal, Shipment};
use crate::shipping::shipment::stage::Stage;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;

const COLUMNS: [&str; 4] = ["cartons", "gross_weight", "net_weight", "volume"];

#[derive(Template)]
#[template(path = "shipping/packing.html")]
struct PackingPage {
    page: Page,
    shipment: Shipment,
    crumbs: Vec<(String, String)>,
    rows: Vec<Row>,
    sums: Sums,
    faults: Faults,
}

struct Row {
    good: Good,
    /// In the order of `COLUMNS`.
    cells: Vec<(String, String)>,
}

impl PackingPage {
    #[expect(clippy::unused_self, reason = "the template asks its page")]
    fn cell(&self, row: &Row, column: &str) -> (String, String) {
        COLUMNS
            .iter()
            .position(|own| *own == column)
            .and_then(|place| row.cells.get(place).cloned())
            .unwrap_or_default()
    }

    fn column_word(&self, column: &str) -> &'static str {
        match column {
            "cartons" => self.page.t.shipping_cartons(),
            "gross_weight" => self.page.t.shipping_gross_kg(),
            "net_weight" => self.page.t.shipping_net_kg(),
            _ => self.page.t.shipping_cbm(),
        }
    }
}

/// The goods are on board: what left is what the papers say.
pub(in crate::shipping) fn still_open(shipment: &Shipment) -> Result<(), Refusal> {
    if shipment.has_left() || shipment.stage == Stage::Cancelled {
        return Err(Refusal::NotFromHere {
            shipment: shipment.number.clone(),
            stage: shipment.stage,
        });
    }
    Ok(())
}

pub(in crate::shipping) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    draw(&mut db, page, seen, (None, Faults::default())).await
}

pub(super) async fn draw(
    db: &mut sqlx::PgConnection,
    page: Page,
    seen: Seen,
    (fields, faults): (Option<Fields>, Faults),
) -> Result<Response> {
    seen.must(Deed::PrepareShippingPapers)?;
    let shipment = seen.shipment;
    still_open(&shipment)?;
    let reach = InReach::of(&seen.by);
    let goods = goods_sql::goods(db, &reach, shipment.id).await?;
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let drawn = PackingPage {
        crumbs: crumbs(&page, &shipment),
        sums: Sums::of(&goods, &[]),
        rows: goods
            .into_iter()
            .enumerate()
            .map(|(place, good)| Row {
                cells: cells(&good, place, fields.as_ref(), &faults, page.t),
                good,
            })
            .collect(),
        shipment,
        faults,
        page,
    };
    Ok((status, Html(drawn.render()?)).into_response())
}

fn cells(
    good: &Good,
    place: usize,
    fields: Option<&Fields>,
    faults: &Faults,
    t: T,
) -> Vec<(String, String)> {
    let figure = |value: Option<Decimal>| {
        value
            .map(|figure| figure.normalize().to_string())
            .unwrap_or_default()
    };
    let stored = [
        figure(good.cartons.or(good.line_cartons).map(Decimal::from)),
        figure(good.gross_kg.or(good.line_gross_kg)),
        figure(good.net_kg.or(good.line_net_kg)),
        figure(good.cbm.or(good.line_cbm)),
    ];
    COLUMNS
        .iter()
        .zip(stored)
        .map(|(column, stored)| {
            let value = fields.map_or(stored, |fields| {
                fields.cell("lines", place, column).to_owned()
            });
            let error = faults
                .of(&format!("lines[{place}][{column}]"))
                .map_or_else(String::new, |fault| fault.text(t));
            (value, error)
        })
        .collect()
}

#[expect(clippy::too_many_lines, reason = "one form, field by field")]
fn read(fields: &Fields, goods: &[Good]) -> Result<Vec<Packed>, Faults> {
    let mut faults = Faults::default();
    let mut all = Vec::new();
    for place in 0..fields.rows("lines") {
        let id = fields.cell("lines", place, "id");
        let Some(good) = goods.iter().find(|good| good.id.to_string() == id) else {
            continue;
        };
        let mut figure = |column: &str, scale: u32| {
            let read = typed::figure(fields.cell("lines", place, column)).filter(|figure| {
                *figure > Decimal::ZERO
                    && *figure <= Decimal::from(9_999_999)
                    && figure.normalize().scale() <= scale
            });
            if read.is_none() {
                faults.add(
                    &format!("lines[{place}][{column}]"),
                    T::shipping_packing_unread,
                );
            }
            read
        };
        let cartons = figure("cartons", 0);
        let (gross, net, cbm) = (
            figure("gross_weight", 3),
            figure("net_weight", 3),
            figure("volume", 3),
        );
        if let (Some(gross), Some(net)) = (gross, net)
            && net > gross
        {
            faults.add(
                &format!("lines[{place}][net_weight]"),
                T::shipping_net_above_gross,
            );
        }
        if let (Some(cartons), Some(gross_kg), Some(net_kg), Some(cbm)) = (cartons, gross, net, cbm)
        {
            all.push(Packed {
                line: good.id,
                cartons: cartons.try_into().unwrap_or(i32::MAX),
                gross_kg,
                net_kg,
                cbm,
            });
        }
    }
    if faults.is_empty() {
        Ok(all)
    } else {
        Err(faults)
    }
}

pub(in crate::shipping) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["lines[]"])?;
    let (mut act, shipment) = reading::begin(&app, by.clone(), &number, &form.key).await?;
    act.must(Deed::PrepareShippingPapers)?;
    act.must_move()?;
    still_open(&shipment)?;
    if form.rev()? != shipment.version {
        return Err(Error::Stale(Box::default()));
    }
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    let packed = match read(&form.fields, &goods) {
        Ok(packed) => packed,
        Err(faults) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let seen = reading::find(&mut db, &by, &number).await?;
            return draw(&mut db, page, seen, (Some(form.fields), faults)).await;
        }
    };
    write(&mut act, shipment.clone(), &packed).await?;
    let answer = Answer::to(shipment.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the figures of each line; a checked packing list that changes is to be checked again.
pub(in crate::shipping) async fn write(
    act: &mut crate::orders::JointAct,
    mut shipment: Shipment,
    packed: &[Packed],
) -> Result<()> {
    sql::pack(act.tx(), shipment.id, packed).await?;
    shipment
        .stored
        .customs_set
        .retain(|piece| piece != "packing_list");
    let stage = shipment.stage;
    crate::shipping::shipment::sql::save(act, &shipment, stage).await?;
    let cartons: i64 = packed.iter().map(|one| i64::from(one.cartons)).sum();
    let gross: Decimal = packed.iter().map(|one| one.gross_kg).sum();
    let cbm: Decimal = packed.iter().map(|one| one.cbm).sum();
    let words = format!(
        "{cartons} ctns · {} kg · {} m³",
        gross.normalize(),
        cbm.normalize()
    );
    told(act, &shipment, said!(shipment, PackingListWritten, words)).await
}
