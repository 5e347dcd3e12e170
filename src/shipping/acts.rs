//! The acts of this desk without HTTP: for the demo, and for the links of forwarders to come. What an act needs is given
//! as its form has it, so that it is read by the same rules.

use super::loading::sql::Packed;
use super::loading::{containers_page, packing};
use super::shipment::reading::{self, Seen};
use super::shipment::{acting, goods_sql, planning};
use super::{customs, shipment, transport};
use crate::base::{By, OrderNumber};
use crate::orders;
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::web::{Answer, App, Keyed, Result};
use rust_decimal::Decimal;

/// Fields of a form with what is typed into them.
pub type Typed<'a> = &'a [(&'a str, &'a str)];

/// Cartons, gross and net weight, volume of one line.
pub type Figures = (i32, Decimal, Decimal, Decimal);

async fn seen(app: &App, by: &By, number: &str) -> Result<Seen> {
    reading::find(&mut *app.db.acquire().await?, by, number).await
}

/// Plans a shipment of all that is left of an order; answers its number.
pub async fn plan(app: &App, by: By, number: &OrderNumber, mode: shipment::Mode) -> Result<String> {
    let form = Keyed::inside(by.at, &[]);
    let mut act = orders::begin_joint(app, by.clone(), &form.key).await?;
    let order = orders::find(act.tx(), &by, number).await?;
    act.hold(&[order.id()]).await?;
    let rest = planning::rest(&mut act).await?;
    let shipment = planning::begin_shipment(&mut act, &rest, mode).await?;
    act.finish(Answer::to(format!("/shipments/{shipment}")))
        .await?;
    Ok(shipment)
}

/// One move of a shipment.
pub async fn step(
    app: &App,
    by: By,
    (number, step): (&str, shipment::Move),
    typed: Typed<'_>,
) -> Result<()> {
    let mut form = Keyed::inside(by.at, typed);
    form.rev = Some(seen(app, &by, number).await?.shipment.version);
    acting::attempt(step, app, by, number, &form).await?;
    Ok(())
}

/// Writes the packing list, line by line in the order of the goods.
pub async fn pack(app: &App, by: By, number: &str, figures: &[Figures]) -> Result<()> {
    let form = Keyed::inside(by.at, &[]);
    let (mut act, shipment) = reading::begin(app, by, number, &form.key).await?;
    act.must(Deed::PrepareShippingPapers)?;
    act.must_move()?;
    packing::still_open(&shipment)?;
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    let packed: Vec<Packed> = goods
        .iter()
        .zip(figures)
        .map(|(good, (cartons, gross_kg, net_kg, cbm))| Packed {
            line: good.id,
            cartons: *cartons,
            gross_kg: *gross_kg,
            net_kg: *net_kg,
            cbm: *cbm,
        })
        .collect();
    packing::write(&mut act, shipment, &packed).await?;
    act.finish(Answer::to("/shipments")).await?;
    Ok(())
}

/// The pieces of the customs set are looked through.
pub async fn check_set(app: &App, by: By, number: &str, typed: Typed<'_>) -> Result<()> {
    let mut form = Keyed::inside(by.at, typed);
    form.rev = Some(seen(app, &by, number).await?.shipment.version);
    acting::attempt_set(app, by, number, &form).await?;
    Ok(())
}

/// One container is loaded.
pub async fn load(app: &App, by: By, number: &str, typed: Typed<'_>) -> Result<()> {
    let form = Keyed::inside(by.at, typed);
    containers_page::record(app, by, (number, ""), &form).await?;
    Ok(())
}

/// One move of a declaration; a draft has no sequence yet.
pub async fn declare(
    app: &App,
    by: By,
    (number, sequence, step): (&str, Option<i32>, customs::Move),
    typed: Typed<'_>,
) -> Result<()> {
    let mut form = Keyed::inside(by.at, typed);
    if let Some(sequence) = sequence {
        let shipment = seen(app, &by, number).await?.shipment;
        let all = customs::sql::declarations(&mut *app.db.acquire().await?, shipment.id).await?;
        let own = all.iter().find(|one| one.sequence == sequence);
        form.rev = own.map(|one| one.version);
    }
    customs::pages::attempt(step, app, by, (number, sequence), &form).await?;
    Ok(())
}

/// One move of the transport document.
pub async fn document(
    app: &App,
    by: By,
    (number, step): (&str, transport::Move),
    typed: Typed<'_>,
) -> Result<()> {
    let mut form = Keyed::inside(by.at, typed);
    let shipment = seen(app, &by, number).await?.shipment;
    let held = transport::sql::find(&mut *app.db.acquire().await?, shipment.id).await?;
    form.rev = Some(held.map_or(shipment.version, |held| held.version));
    transport::pages::attempt(step, app, by, number, &form).await?;
    Ok(())
}
