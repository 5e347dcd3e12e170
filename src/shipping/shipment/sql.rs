//! The statements of the shipment itself.

use super::mode::Mode;
use super::record::{Shipment, Stored};
use super::stage::Stage;
use crate::base::{Currency, OrderId};
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::web::{Error, Result};
use anyhow::anyhow;
use sqlx::PgConnection;
use uuid::Uuid;

impl Stored {
    /// A word in the row that we do not know is an error with the row's number in it, never a guess.
    fn shipment(self) -> Result<Shipment> {
        let bad =
            |what: &str| Error::Broken(anyhow!("shipment {}: unreadable {what}", self.number));
        Ok(Shipment {
            mode: Mode::parse(&self.mode).ok_or_else(|| bad("mode"))?,
            stage: Stage::parse(&self.stage).ok_or_else(|| bad("stage"))?,
            currency: Currency::parse(&self.currency).ok_or_else(|| bad("currency"))?,
            stored: self,
        })
    }
}

/// The shipment with this number, where one of its orders is in reach.
pub(in crate::shipping) async fn find(
    db: &mut PgConnection,
    reach: &InReach,
    number: &str,
) -> Result<Option<Shipment>> {
    sqlx::query_as!(
        Stored,
        r#"select s.id, s.number, s.customer, s.department, s.mode, s.stage,
               coalesce(s.stage_since, s.created_at) as "stage_since!", s.currency::text as "currency!", s.forwarder,
               coalesce((select name_zh from forwarder where id = s.forwarder), '') as "forwarder_name!",
               s.equipment, s.ready_on, s.wanted_on, s.loading_port, s.discharge_port, s.loading_code, s.discharge_code,
               coalesce((select name_zh from port where code = s.loading_code), '') as "loading_zh!",
               coalesce((select name_zh from port where code = s.discharge_code), '') as "discharge_zh!",
               coalesce((select zone from port where code = s.loading_code), '') as "loading_zone!", s.destination,
               s.booking_no, s.carrier, s.vessel, s.voyage, s.imo, s.etd, s.eta, s.si_cutoff,
               s.vgm_cutoff, s.cy_cutoff, s.customs_cutoff, s.old_cutoffs, s.customs_set, s.documents_sent_at,
               s.documents_sent_to, s.documents_late, s.gated_in_on, s.gated_in_early, s.undeclared, s.left_behind_at,
               s.cutoff_zone, s.released_on, s.on_board_on, s.arrived_on, s.reason, s.rolled, s.created_by, s.version
           from shipment s
           where s.number = $1 and exists (
               select from shipment_line l join order_line g on g.id = l.order_line join export_order o on o.id = g.order_id
               where l.shipment = s.id and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator))"#,
        number,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_optional(db)
    .await?
    .map(Stored::shipment)
    .transpose()
}

/// Locks the row until the act ends; its orders are locked before it.
pub(in crate::shipping) async fn lock(db: &mut PgConnection, id: Uuid) -> Result<()> {
    sqlx::query!("select id from shipment where id = $1 for update", id)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// The orders whose goods it carries.
pub(in crate::shipping) async fn orders(
    db: &mut PgConnection,
    shipment: Uuid,
) -> Result<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        "select distinct g.order_id from shipment_line l join order_line g on g.id = l.order_line where l.shipment = $1",
        shipment,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OrderId).collect())
}

/// Numbers of those orders, in their order.
pub(in crate::shipping) async fn order_numbers(
    db: &mut PgConnection,
    reach: &InReach,
    shipment: Uuid,
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select o.number from export_order o where order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)
             and o.id in (select g.order_id from shipment_line l join order_line g on g.id = l.order_line where l.shipment = $1)
         order by o.number",
        shipment,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_all(db)
    .await?)
}

/// Draws the next number of the year; the row lock makes two plans wait for each other.
pub(super) async fn draw_number(db: &mut PgConnection, year: i32) -> Result<String> {
    let last = sqlx::query_scalar!(
        "insert into shipment_counter (year, last) values ($1, 1)
         on conflict (year) do update set last = shipment_counter.last + 1 returning last",
        year,
    )
    .fetch_one(db)
    .await?;
    Ok(format!("S{:02}-{last:04}", year.rem_euclid(100)))
}

/// A shipment that is planned just now, for the customer and department of the first order held.
pub(super) async fn insert(
    act: &mut JointAct,
    (id, number): (Uuid, &str),
    mode: Mode,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let order = act.orders.first().cloned().ok_or(Error::NotFound)?;
    sqlx::query!(
        "insert into shipment (id, number, customer, department, mode, stage, stage_since, currency, ready_on, wanted_on,
             created_by, created_at)
         values ($1, $2, $3, $4, $5, 'planned', $6, $7, $8, $8, $9, $6)",
        id,
        number,
        order.customer.0,
        order.keepers.department.0,
        mode.code(),
        at,
        order.terms.currency.as_str(),
        order.terms.delivery_on,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Saves everything that changes where the version is still the one read; the stage's moment follows the stage.
#[expect(clippy::too_many_lines, reason = "one statement and its columns")]
pub(in crate::shipping) async fn save(
    act: &mut JointAct,
    shipment: &Shipment,
    stage: Stage,
) -> Result<()> {
    let at = act.by.at;
    let s = &shipment.stored;
    let saved = sqlx::query!(
        "update shipment set stage = $3, stage_since = case when stage = $3 then stage_since else $4 end, mode = $5,
             forwarder = $6, equipment = $7, ready_on = $8, wanted_on = $9, loading_port = $10, discharge_port = $11,
             destination = $12, booking_no = $13, carrier = $14, vessel = $15, voyage = $16, etd = $17, eta = $18,
             si_cutoff = $19, vgm_cutoff = $20, cy_cutoff = $21, customs_cutoff = $22, old_cutoffs = $23,
             customs_set = $24, documents_sent_at = $25, documents_sent_to = $26, documents_late = $27,
             gated_in_on = $28, gated_in_early = $29, released_on = $30, on_board_on = $31, arrived_on = $32,
             reason = $33, rolled = $34, loading_code = $35, discharge_code = $36, imo = $37, undeclared = $38,
             left_behind_at = $39, cutoff_zone = $40, version = version + 1
         where id = $1 and version = $2",
        s.id,
        s.version,
        stage.code(),
        at,
        shipment.mode.code(),
        s.forwarder,
        s.equipment,
        s.ready_on,
        s.wanted_on,
        s.loading_port,
        s.discharge_port,
        s.destination,
        s.booking_no,
        s.carrier,
        s.vessel,
        s.voyage,
        s.etd,
        s.eta,
        s.si_cutoff,
        s.vgm_cutoff,
        s.cy_cutoff,
        s.customs_cutoff,
        s.old_cutoffs,
        &s.customs_set,
        s.documents_sent_at,
        s.documents_sent_to,
        s.documents_late,
        s.gated_in_on,
        s.gated_in_early,
        s.released_on,
        s.on_board_on,
        s.arrived_on,
        s.reason,
        s.rolled,
        s.loading_code,
        s.discharge_code,
        s.imo,
        s.undeclared,
        s.left_behind_at,
        s.cutoff_zone,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}
