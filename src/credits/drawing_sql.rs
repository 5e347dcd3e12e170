//! The statements of drawings, and of the shipments a credit may be drawn for.

use crate::orders::OrderAct;
use crate::web::{Error, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// One drawing as the page lists it.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub shipment: String,
    pub amount: Decimal,
    pub drawn_on: NaiveDate,
    pub name_zh: String,
    pub name_en: String,
}

pub(super) async fn drawings(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Drawing>> {
    Ok(sqlx::query_as!(
        Drawing,
        "select s.number as shipment, d.amount, d.drawn_on, p.name_zh, p.name_en
         from credit_drawing d join shipment s on s.id = d.shipment join person p on p.id = d.recorded_by
         where d.letter_of_credit = $1 order by d.drawn_on, d.id limit 200",
        credit
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn draw(
    act: &mut OrderAct,
    credit: Uuid,
    shipment: Uuid,
    amount: Decimal,
    day: NaiveDate,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into credit_drawing (id, letter_of_credit, shipment, amount, drawn_on, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        crate::base::fresh(at),
        credit,
        shipment,
        amount,
        day,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// A shipment that carries goods of the credit's orders.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    pub id: Uuid,
    pub number: String,
    pub on_board_on: Option<NaiveDate>,
}

pub(super) async fn shipments(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Carried>> {
    Ok(sqlx::query_as!(
        Carried,
        "select s.id, s.number, s.on_board_on from shipment s where s.stage <> 'cancelled' and exists (
             select from shipment_line i join order_line l on l.id = i.order_line
                 join letter_of_credit_order x on x.order_id = l.order_id
             where i.shipment = s.id and x.letter_of_credit = $1)
         order by s.number limit 100",
        credit
    )
    .fetch_all(db)
    .await?)
}
